import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { newUnmaskedId, type NewReportRun, type TenantDatabase } from '@akashi/database';
import { scopeOfLogGroups } from '@akashi/policy';
import { standardReports, usualHours, usualTags } from '@akashi/report';
import { waitUntil } from './b1-ingest-process.ts';
import { keepAlive, sendLines } from './bench-http.ts';
import { BenchInstallation, type BenchTenant } from './bench-installation.ts';
import { round, type Figure } from './figure.ts';

const usualMinutes = 10;
const usualEvents = 1_000_000;
const linesPerRequest = 1_000;
const logGroup = 'bench/linux';
const people = 200;
const lookEveryMs = 500;
/** Intake goes on beside the reports: a busy organisation's usual rate. */
const linesBesidePerSecond = 100;
const longestMs = 3 * 60 * 60_000;

/** As hosts write them: sign-ins and failures, elevations, what was done with them, files, accesses, and much that is in no report. */
const kinds: readonly ((n: number) => string)[] = [
  (n) => `sshd[${n % 30_000}]: Accepted publickey for user${n % people} from 10.1.${n % 8}.${n % 250} port 4022 ssh2`,
  (n) => `sshd[${n % 30_000}]: Failed password for user${n % people} from 10.2.${n % 8}.${n % 250} port 4022 ssh2`,
  (n) =>
    `sudo[${n % 30_000}]: user${n % people} : TTY=pts/${n % 9} ; PWD=/home ; USER=root ; COMMAND=/usr/bin/systemctl status app${n % 40}`,
  (n) => `passwd[${n % 30_000}]: pam_unix(passwd:chauthtok): password changed for user${n % people}`,
  ...Array.from(
    { length: 6 },
    (_, at) =>
      (n: number): string =>
        `app[${n % 30_000}]: request ${n} of shop ${at} took ${n % 900} ms and was answered`,
  ),
];

function lineOf(n: number, atMs: number): string {
  const time = new Date(atMs + 9 * 3_600_000).toISOString().slice(0, 19);
  const kind = kinds[n % kinds.length] ?? (() => '');
  return `<86>1 ${time}+09:00 web${String(n % 20).padStart(2, '0')} ${tagged(kind(n))}`;
}

/** `sshd[7]: text` as RFC 5424 has it. */
function tagged(text: string): string {
  const [, name = '-', pid = '-', message = ''] = /^(\w+)\[(\d+)\]: (.*)$/.exec(text) ?? [];
  return `${name} ${pid} - - ${message}`;
}

async function post(installation: BenchInstallation, tenant: BenchTenant, lines: readonly string[]): Promise<void> {
  const group = encodeURIComponent(logGroup);
  const url = `${installation.ingestUrl}/v1/log-groups/${group}/log-streams/bench/records`;
  for (;;) {
    const status = await sendLines(url, tenant.ingestKey, Buffer.from(`${lines.join('\n')}\n`));
    if (status === 201) return;
    if (status !== 429 && status !== 503) throw new Error(`the sender was answered ${status}`);
    await delay(200);
  }
}

async function plantPeople({ masters }: TenantDatabase): Promise<void> {
  const row = (master: string, values: Record<string, string>) => ({
    id: randomUUID(),
    master,
    values,
    validFromMs: null,
    validUntilMs: null,
  });
  const ids = Array.from({ length: people }, (_, n) => `user${n}`);
  const tables = {
    people: ids.map((id) => row('people', { person: id, name: `利用者 ${id}` })),
    'common-ids': ids.flatMap((id) =>
      Array.from({ length: 20 }, (_, host) =>
        row('common-ids', { system: `web${String(host).padStart(2, '0')}`, id, person: id }),
      ),
    ),
  };
  for (const [name, added] of Object.entries(tables))
    await masters.change(
      name,
      { kind: 'import', details: {}, by: 'bench', at: new Date() },
      {
        plan: () => Promise.resolve({ added, changed: [], ended: [], withdrawn: [], unchanged: 0 }),
        before: () => Promise.resolve(),
      },
    );
}

function runsOf(period: { from: Date; to: Date }): NewReportRun[] {
  const area = { id: randomUUID(), name: '全体', logGroups: ['*'], logStreams: [], sources: [], hosts: [] };
  return standardReports.map((definition) => ({
    id: newUnmaskedId(),
    definition,
    area,
    basis: {
      scope: scopeOfLogGroups(['*']).parts,
      timeZone: 'Asia/Tokyo',
      language: 'ja',
      organisation: { ja: '計測', en: 'Bench' },
      hours: usualHours,
      tags: usualTags,
    },
    ...period,
    day: period.to.toISOString().slice(0, 10),
    kind: 'duty',
    requestedBy: null,
    at: new Date(),
  }));
}

interface Made {
  readonly seconds: number;
  readonly rssMegabytes: number;
  readonly rows: number;
}

/** Plans the eleven and waits for all of them, with intake beside it, looking at the worker's memory all along. */
async function makeReports(
  {
    installation,
    tenant,
    database,
  }: { installation: BenchInstallation; tenant: BenchTenant; database: TenantDatabase },
  period: { from: Date; to: Date },
): Promise<Made> {
  const runs = runsOf(period);
  const begun = performance.now();
  await database.reportRuns.plan(runs);
  let rssMegabytes = 0;
  let sent = 0;
  const beside = new AbortController();
  const intake = (async () => {
    for (; !beside.signal.aborted; await delay(1_000)) {
      const lines = Array.from({ length: linesBesidePerSecond }, () => lineOf((sent += 1), Date.now()));
      await post(installation, tenant, lines);
    }
  })();
  try {
    for (;;) {
      rssMegabytes = Math.max(rssMegabytes, installation.rssMegabytes().worker);
      const all = await database.reportRuns.list({ kind: 'duty', limit: runs.length });
      const failed = all.find(({ state }) => state === 'failed');
      if (failed !== undefined) throw new Error(`${failed.report} failed: ${failed.errorCode ?? ''}`);
      if (all.length === runs.length && all.every(({ state }) => state === 'done')) {
        const seconds = (performance.now() - begun) / 1000;
        for (const { report, rows, files } of all)
          process.stderr.write(`  ${report}: ${rows} rows, ${files.map(({ bytes }) => bytes).join(' ')} bytes\n`);
        return { seconds, rssMegabytes, rows: all.reduce((sum, { rows }) => sum + rows, 0) };
      }
      if (performance.now() - begun > longestMs) throw new Error('the reports take too long');
      await delay(lookEveryMs);
    }
  } finally {
    beside.abort();
    await intake;
  }
}

/**
 * B15: the eleven reports of a day of 10^6 events, with people, in NDJSON, CSV and PDF, sealed, beside intake: how long until
 * the last one is done, and the most memory that the worker held meanwhile. Fewer minutes are fewer events.
 */
export async function run({ minutes = usualMinutes }: { minutes?: number | undefined } = {}): Promise<Figure[]> {
  const events = Math.max(
    linesPerRequest,
    Math.round((usualEvents * Math.min(1, minutes / usualMinutes)) / 1000) * 1000,
  );
  const installation = await BenchInstallation.start();
  try {
    const tenant = await installation.newTenant();
    const database = installation.databaseOf(tenant);
    await plantPeople(database);
    const from = new Date();
    process.stderr.write(`  taking in ${events} events …\n`);
    for (let n = 0; n < events; n += linesPerRequest)
      await post(
        installation,
        tenant,
        Array.from({ length: linesPerRequest }, (_, at) => lineOf(n + at, Date.now())),
      );
    await installation.untilSearchable(tenant, { logGroup, count: events });
    const to = new Date();
    await waitUntil(async () => (await database.segments.oldestUnindexed(to)) === null, 600_000);
    process.stderr.write('  making the reports …\n');
    const idle = installation.rssMegabytes().worker;
    const made = await makeReports({ installation, tenant, database }, { from, to });
    const figure = (name: string, value: number, [unit, peer]: [string, number]): Figure => ({
      bench: 'B15',
      figure: name,
      value: round(value),
      unit,
      peer,
      ours: round(value),
      n: events,
    });
    return [
      figure('seconds', made.seconds, [`s for eleven reports of ${made.rows} rows`, round(made.seconds)]),
      figure('rss-mb', made.rssMegabytes, ['MiB at most in the worker; peer: before', round(idle)]),
    ];
  } finally {
    keepAlive.destroy();
    await installation.stop();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
