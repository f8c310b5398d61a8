import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { repositoryRoot, type DemoTenant } from '../installation/installation.ts';
import { sealOften } from '../installation/seal-often.ts';
import { eventually } from '../reading/eventually.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import { DrillInstallation } from './drill-installation.ts';
import {
  plantedGroup,
  readDecided,
  readPlanted,
  withDatabase,
  type Decided,
  type FoundAlert,
  type PlantedBlock,
} from './planted-log.ts';
import { figures, plantedRules } from './planted-rules.ts';
import { runCommand } from './run-command.ts';
import { SecondNode } from './second-node.ts';
import { SeededRandom } from './seeded-random.ts';
import { SignedInPerson } from './signed-in-person.ts';

/** Where a worker that matches and decides is killed. */
const points = [
  'index-after-bulk',
  'index-after-note',
  'decide-before-alerts',
  'decide-before-cursor',
  'decide-before-commit',
  'decide-after-commit',
];
const plantedWords = ['alfa', 'bravo', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'golf'];
const streams = 5;
const users = 5;
const diesWithinMs = 100_000;
const aloneAfterMs = 50_000;
const decidedWithinMs = 240_000;

/** What is decided, and of which lines. */
interface Settled extends Decided {
  readonly blocks: readonly PlantedBlock[];
  readonly lines: number;
}

/** One organisation that nobody else sends to, its rules, and two nodes that take its lines in. */
class PlantedOrganisation {
  readonly drill: DrillInstallation;
  readonly second: SecondNode;
  readonly #random = new SeededRandom(20_261_201);
  /** Names by rule id. */
  readonly rules = new Map<string, string>();
  offered = 0;

  constructor(drill: DrillInstallation, second: SecondNode) {
    this.drill = drill;
    this.second = second;
  }

  get tenant(): DemoTenant {
    const [, tenant] = this.drill.running.demo.tenants;
    if (tenant === undefined) throw new Error('the demonstration has one organisation only');
    return tenant;
  }

  get view(): { databaseUrl: string; opensearchUrl: string; tenantId: string } {
    const { databaseUrl, opensearchUrl } = this.drill;
    return { databaseUrl, opensearchUrl, tenantId: this.tenant.id };
  }

  async putRules(): Promise<void> {
    const admin = this.tenant.users.find(({ role }) => role === 'tenant-admin');
    const person = await SignedInPerson.of(this.drill.running.demo.apiUrl, admin);
    for (const [name, rule] of Object.entries(plantedRules())) {
      const wanted = { rule, enabled: true, reason: 'drill' };
      this.rules.set((await person.ask<{ id: string }>('POST', '/v1/rules', wanted)).id, name);
    }
  }

  /** Until each rule decides: lines that come from then on are theirs. */
  async untilInForce(): Promise<void> {
    const begun = async (): Promise<number> => {
      // A rule begins with a block; this line is for none of them.
      const line = JSON.stringify({ message: `hotel ${this.offered++}`, user: { name: 'u0' } });
      await this.#send(this.drill.running.demo.ingestUrl, 's0', [line]);
      await delay(2_000);
      return withDatabase(this.drill.databaseUrl, async (client) => {
        const { rowCount } = await client.query(
          'SELECT FROM rule_period WHERE rule_id = ANY ($1) AND first_entry IS NOT NULL',
          [[...this.rules.keys()]],
        );
        return rowCount ?? 0;
      });
    };
    const count = await eventually(begun, (found) => found === this.rules.size, decidedWithinMs);
    if (count !== this.rules.size) throw new Error(`${count} of ${this.rules.size} rules began`);
  }

  /** A few lines for some of the streams, each a request of its own. */
  async plant(ingestUrl: string): Promise<void> {
    for (let stream = 0; stream < streams; stream += 1) {
      if (this.#random.below(3) === 0) continue;
      const count = 1 + this.#random.below(2);
      const word = this.#random.pick(plantedWords);
      const lines = Array.from({ length: count }, () =>
        JSON.stringify({ message: `${word} ${this.offered++}`, user: { name: `u${this.#random.below(users)}` } }),
      );
      await this.#send(ingestUrl, `s${stream}`, lines);
      await delay(100 + this.#random.below(400));
    }
  }

  async #send(ingestUrl: string, stream: string, lines: readonly string[]): Promise<void> {
    const answer = await fetch(
      `${ingestUrl}/v1/log-groups/${encodeURIComponent(plantedGroup)}/log-streams/${stream}/records`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${this.tenant.ingestKey}`, 'content-type': 'text/plain' },
        body: lines.map((line) => `${line}\n`).join(''),
      },
    );
    if (answer.status !== 201) throw new Error(`the intake answered ${answer.status}`);
  }

  /** Lines at the first node until the worker that is armed there has died; answers whether it did. */
  async untilDead(armed: readonly number[]): Promise<boolean> {
    const begun = Date.now();
    const lives = (): boolean => this.drill.pids('worker').some((pid) => armed.includes(pid));
    while (lives() && Date.now() - begun < diesWithinMs) {
      // The other node's worker may be the one that decides, every time.
      if (Date.now() - begun > aloneAfterMs) await this.second.kill();
      await this.plant(this.drill.running.demo.ingestUrl);
    }
    return !lives();
  }

  /** Until every line that was taken in is in the index, in a block, and decided. */
  async settle(): Promise<Settled> {
    const look = async (): Promise<Settled> => {
      const decided = await readDecided(this.view, this.rules);
      // The index may be away, or being made again.
      const blocks = await readPlanted(this.view, decided.nextEntry).catch(() => []);
      return { ...decided, blocks, lines: blocks.reduce((sum, block) => sum + block.lines.length, 0) };
    };
    const settled = await eventually(look, ({ lines }) => lines === this.offered, decidedWithinMs);
    if (settled.lines !== this.offered)
      throw new Error(`${settled.lines} lines are decided, of ${this.offered} that were taken in`);
    return settled;
  }

  /** What the independent oracle says of the log up to there. */
  async expected({ blocks }: Settled): Promise<FoundAlert[]> {
    const script = join(repositoryRoot, 'e2e', 'drill', 'count_alerts.py');
    const python = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    python.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    python.stdin.end(JSON.stringify({ rules: figures, blocks }));
    const [code] = (await once(python, 'close')) as [number];
    if (code !== 0) throw new Error(`the oracle ended with ${code}`);
    return output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as FoundAlert);
  }

  /** Alerts of `match` whose incident is not exactly one, with the alert's count. */
  async wrongIncidents(alerts: Decided['alerts']): Promise<number> {
    return withDatabase(this.drill.databaseUrl, async (client) => {
      const { rows } = await client.query<{ place: string; count: number }>(
        `SELECT place, count::int AS count FROM incident WHERE tenant_id = $1 AND kind = 'rule-alert'`,
        [this.tenant.id],
      );
      const opening = alerts.filter(({ rule }) => rule === 'match');
      const right = opening.filter(({ id, count }) => {
        const own = rows.filter(({ place }) => place === `alert ${id}`);
        return own.length === 1 && own[0]?.count === count;
      });
      return opening.length - right.length + Math.abs(rows.length - opening.length);
    });
  }

  /** Forgets everything that was decided from the first block of the rules on; the workers decide it again, from the archive. */
  async decideAgain(): Promise<void> {
    await withDatabase(this.drill.databaseUrl, async (client) => {
      const ids = [...this.rules.keys()];
      await client.query('BEGIN');
      await client.query('SELECT FROM rule_cursor WHERE tenant_id = $1 FOR UPDATE', [this.tenant.id]);
      const from = `(SELECT max(first_entry) FROM rule_period WHERE rule_id = ANY ($2))`;
      for (const table of ['alert', 'rule_state'])
        await client.query(`DELETE FROM ${table} WHERE tenant_id = $1 AND rule_id = ANY ($2)`, [this.tenant.id, ids]);
      await client.query(
        `UPDATE landing_segment SET rules_revision = 0 WHERE tenant_id = $1 AND (block_number IS NULL OR block_number >= ${from})`,
        [this.tenant.id, ids],
      );
      await client.query(`UPDATE rule_cursor SET next_entry = ${from} WHERE tenant_id = $1`, [this.tenant.id, ids]);
      await client.query('COMMIT');
    });
  }

  rebuild(): ReturnType<typeof runCommand> {
    const { drill } = this;
    return runCommand(
      process.execPath,
      [join(repositoryRoot, 'apps', 'worker', 'dist', 'rebuild-now.js'), '--tenant', this.tenant.id],
      {
        AKASHI_HOME: drill.running.home,
        PORT_BASE: String(drill.running.portBase),
        DATABASE_URL: drill.databaseUrl,
        OPENSEARCH_URL: drill.opensearchUrl,
      },
    );
  }
}

/** Of a threshold of different values the oracle says which stream and when, not which of equal values stand for which. */
function nameOf({ rule, key, first, last, count, events, entry, opened }: FoundAlert): string {
  const exact = rule === 'distinct' ? [] : [first, last, count, ...events];
  return JSON.stringify([rule, key, entry, opened, ...exact]);
}

function compare(found: readonly FoundAlert[], expected: readonly FoundAlert[]): string[] {
  const rules = [...new Set([...figureNames, ...expected.map(({ rule }) => rule)])];
  return rules.flatMap((rule) => {
    const of = (alerts: readonly FoundAlert[]): string[] =>
      alerts
        .filter((alert) => alert.rule === rule)
        .map(nameOf)
        .toSorted();
    const [have, want] = [of(found), of(expected)];
    const extra = have.filter((name) => !want.includes(name));
    const missing = want.filter((name) => !have.includes(name));
    if (want.length === 0) return [`the oracle finds nothing for ${rule}: nothing is shown`];
    if (new Set(have).size !== have.length) return [`${rule}: an alert is there twice`];
    if (extra.length + missing.length === 0) return [];
    return [`${rule}: ${missing.length} missing, ${extra.length} too many: ${missing[0] ?? ''} / ${extra[0] ?? ''}`];
  });
}

const figureNames = Object.keys(plantedRules());

async function killAtPoints(planted: PlantedOrganisation, problems: string[]): Promise<number> {
  const { drill, second } = planted;
  const { ingestUrl } = drill.running.demo;
  let kills = 0;
  for (const [round, point] of points.entries()) {
    await planted.plant(ingestUrl);
    await planted.plant(second.ingestUrl);
    // Lines that it took in are in no block yet: they come into the log when it is back.
    const isAway = round % 2 === 1;
    if (isAway) await second.kill();
    drill.armCrashpoint('worker', point);
    drill.kill('worker');
    // The one that starts after the name was taken is the armed one; it may die before it is ready.
    const armed = await eventually(
      () => (drill.isArmed('worker') ? [] : drill.pids('worker')),
      (pids) => pids.length > 0,
    );
    if (await planted.untilDead(armed)) kills += 1;
    else problems.push(`no worker died at ${point}`);
    await second.kill();
    await second.startAgain();
    await drill.waitUntilReady('worker');
    await planted.plant(second.ingestUrl);
  }
  return kills;
}

/** The index server answers nobody while lines come in for several windows of every rule. */
async function withoutIndex(planted: PlantedOrganisation): Promise<void> {
  const { drill, second } = planted;
  const servers = drill.pids('opensearch');
  for (const pid of servers) process.kill(pid, 'SIGSTOP');
  try {
    for (let step = 0; step < 8; step += 1) {
      await planted.plant(drill.running.demo.ingestUrl);
      await planted.plant(second.ingestUrl);
    }
  } finally {
    for (const pid of servers) process.kill(pid, 'SIGCONT');
  }
}

async function rulesUnderKills(): Promise<DrillResult> {
  const drill = await DrillInstallation.start({ env: { AKASHI_DEMO_LINES: '0' } });
  const settings = { ARCHIVE_URL: pathToFileURL(drill.archiveFolder).href };
  let second: SecondNode | undefined;
  try {
    second = await SecondNode.start(drill, 'drill-second', settings);
    const planted = new PlantedOrganisation(drill, second);
    await sealOften(drill.databaseUrl, planted.tenant.id);
    await planted.putRules();
    await planted.untilInForce();
    const problems: string[] = [];
    const kills = await killAtPoints(planted, problems);
    await withoutIndex(planted);
    // Beyond every time that something is waited for; the lines of the last block end the waits.
    await delay(figures.absence.withinMs + 2_000);
    await planted.plant(drill.running.demo.ingestUrl);
    const live = await planted.settle();
    const expected = await planted.expected(live);
    problems.push(...compare(live.alerts, expected));
    const wrongIncidents = await planted.wrongIncidents(live.alerts);
    if (wrongIncidents > 0) problems.push(`${wrongIncidents} incidents are not one for each alert`);
    const rebuilt = await planted.rebuild();
    if (rebuilt.code !== 0) problems.push(`the index was not rebuilt: ${rebuilt.stderr.slice(-300)}`);
    const known = new Set(live.rows);
    const after = await planted.settle();
    if (after.rows.filter((row) => known.has(row)).length !== known.size) problems.push('a rebuild changed alerts');
    // Decided once more from the archive, with a worker that dies in the middle.
    const before = await planted.settle();
    drill.armCrashpoint('worker', 'match-again-before-note:3');
    drill.kill('worker');
    await drill.waitUntilReady('worker');
    await planted.decideAgain();
    const again = await planted.settle();
    const replayed = new Set(again.rows);
    const lost = before.rows.filter((row) => !replayed.has(row)).length;
    if (lost > 0) problems.push(`${lost} of ${before.rows.length} alerts are others when the log is decided again`);
    return {
      drill: 'W1',
      result: problems.length === 0 ? 'pass' : 'fail',
      lines: planted.offered,
      kills,
      alerts: live.alerts.length,
      expected: expected.length,
      replayed: again.rows.length,
      ...(problems.length === 0 ? {} : { detail: problems.join('; ') }),
    };
  } finally {
    await second?.stop();
    await drill.stop();
  }
}

/** Rules of every kind over real kills, judged by counting. */
export function ruleCases(): DrillCase[] {
  return [{ name: 'W1', about: 'rules of every kind decide over kills, absence and replays', run: rulesUnderKills }];
}
