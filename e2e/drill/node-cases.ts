import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { repositoryRoot, type DemoTenant } from '../installation/installation.ts';
import { offeredNumbers, scanForCardNumbers } from './card-number-scan.ts';
import { NoObjectStore } from './drill-bucket.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import { DrillInstallation } from './drill-installation.ts';
import { LineLedger } from './line-ledger.ts';
import { startLoad } from './load.ts';
import { settleAccounts, type Account } from './oracle.ts';
import { runCommand } from './run-command.ts';
import { SecondNode } from './second-node.ts';

const logGroup = 'drill/S5';
const launcher = join(repositoryRoot, 'apps', 'verifier', 'bin', 'akashi-verify.mjs');
const sealedWithinMs = 400_000;

/** One sender: an organisation that sends to a node, with books of its own. */
interface Sending {
  readonly tenant: DemoTenant;
  readonly ledger: LineLedger;
  stop(): Promise<void>;
}

class TwoNodes {
  readonly first: DrillInstallation;
  readonly second: SecondNode;

  constructor(first: DrillInstallation, second: SecondNode) {
    this.first = first;
    this.second = second;
  }

  send(tenant: DemoTenant, node: 'a' | 'b', senders = 1): Sending {
    const ledger = new LineLedger(`S5${node}-${tenant.slug}-${Date.now()}`);
    const ingestUrl = node === 'a' ? this.first.running.demo.ingestUrl : this.second.ingestUrl;
    const load = startLoad({ ingestUrl, ingestKey: tenant.ingestKey, logGroup }, ledger, senders);
    return { tenant, ledger, stop: () => load.stop() };
  }

  settle({ tenant, ledger }: Sending): Promise<Account> {
    return settleAccounts({ opensearchUrl: this.first.opensearchUrl, tenantId: tenant.id, logGroup }, ledger);
  }

  async withLedger<T>(use: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.first.databaseUrl });
    await client.connect();
    try {
      return await use(client);
    } finally {
      await client.end();
    }
  }

  /** Segments of a node that came before then and are in no block. */
  unsealed(node: string, before: Date): Promise<number> {
    return this.withLedger(async (client) => {
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM landing_segment
         WHERE sealed_at IS NULL AND ingest_node = $1 AND accepted_at < $2`,
        [node, before],
      );
      return rows[0]?.count ?? 0;
    });
  }

  /** The installation's own records and the demonstration's go on all the time: only what came before counts. */
  async untilSealed(before: Date): Promise<void> {
    const deadline = Date.now() + sealedWithinMs;
    while ((await this.unsealed('a', before)) + (await this.unsealed('b', before)) > 0) {
      if (Date.now() > deadline) throw new Error('segments were not sealed in time');
      await delay(1_000);
    }
  }

  /** What is wrong with an organisation's log: one chain, with blocks of both nodes. */
  findBroken({ id, slug }: DemoTenant): Promise<string[]> {
    return this.withLedger(async (client) => {
      const { rows } = await client.query<{ blocks: number; next: number; size: number; nodes: string[] }>(
        `SELECT (SELECT count(*)::int FROM block WHERE tenant_id = $1) AS blocks,
                (SELECT coalesce(max(number) + 1, 0)::int FROM block WHERE tenant_id = $1) AS next,
                (SELECT size::int FROM tenant_log WHERE tenant_id = $1) AS size,
                (SELECT array_agg(DISTINCT ingest_node) FROM landing_segment
                 WHERE tenant_id = $1 AND sealed_at IS NOT NULL) AS nodes`,
        [id],
      );
      const [row] = rows;
      if (row === undefined) return [`${slug}: no log`];
      const { blocks, next, size, nodes } = row;
      const isChain = blocks === next && blocks === size;
      return [
        ...(isChain ? [] : [`${slug}: ${blocks} blocks up to ${next}, log of ${size}`]),
        ...(['a', 'b'].every((node) => nodes.includes(node)) ? [] : [`${slug}: sealed by ${nodes.join(', ')} alone`]),
      ];
    });
  }

  /** The verifier over the bucket with every record opened, and both checkers over a copied folder. */
  async verify({ id, slug, verifierKey }: DemoTenant): Promise<string[]> {
    const keys = join(this.first.running.home, 'keys', 'tenants', id, 'data');
    const dataKey = ['--data-key', join(keys, readdirSync(keys)[0] ?? '')];
    const url = new URL(String(this.first.archiveEnv['ARCHIVE_URL']));
    url.pathname = `${url.pathname}/${id}`;
    const inBucket = await runCommand(
      process.execPath,
      [launcher, url.href, '--key', verifierKey, ...dataKey],
      this.first.archiveEnv,
    );
    const work = mkdtempSync(join(tmpdir(), 'akashi-s5-'));
    try {
      cpSync(join(this.first.archiveFolder, id), work, { recursive: true });
      const copied = await runCommand(process.execPath, [launcher, work, '--key', verifierKey, ...dataKey]);
      const checker = join(repositoryRoot, 'e2e', 'verify', 'check_archive.py');
      const independent = await runCommand('python3', [checker, work, '--key', verifierKey]);
      const verdicts = { 'in the bucket': inBucket, copied, 'by the independent checker': independent };
      return Object.entries(verdicts)
        .filter(([, { code }]) => code !== 0)
        .map(
          ([how, { code, stdout, stderr }]) => `${slug} ${how}: ${code} ${stdout.slice(0, 300)}${stderr.slice(0, 300)}`,
        );
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }

  /** What each node's own verification says of archive, ledger and index. */
  async verifyOnline({ id, slug }: DemoTenant): Promise<string[]> {
    const script = join(repositoryRoot, 'apps', 'worker', 'dist', 'verify-now.js');
    const ofFirst = { ...this.second.env, AKASHI_HOME: this.first.running.home, AKASHI_NODE: 'a' };
    const wrong: string[] = [];
    for (const [node, env] of [['a', ofFirst] as const, ['b', this.second.env] as const]) {
      const { code, stdout, stderr } = await runCommand(process.execPath, [script, '--tenant', id], env);
      if (code !== 0) wrong.push(`${slug} verified on ${node}: ${stdout.slice(0, 400)}${stderr.slice(0, 400)}`);
    }
    return wrong;
  }
}

async function killNodeUnderLoad(nodes: TwoNodes): Promise<DrillResult> {
  const tenants = nodes.first.running.demo.tenants;
  const sendings = tenants.flatMap((tenant) => [nodes.send(tenant, 'a'), nodes.send(tenant, 'b')]);
  await delay(5_000);
  await nodes.second.kill();
  // The other node goes on meanwhile: what it takes in is searchable before the first comes back.
  const alone = tenants.map((tenant) => nodes.send(tenant, 'a'));
  await delay(4_000);
  await Promise.all(alone.map((each) => each.stop()));
  const meanwhile = await Promise.all(alone.map((each) => nodes.settle(each)));
  const waiting = await nodes.unsealed('b', new Date());
  await nodes.second.startAgain();
  await delay(4_000);
  await Promise.all(sendings.map((each) => each.stop()));
  const end = new Date();
  const accounts = [...meanwhile, ...(await Promise.all(sendings.map((each) => nodes.settle(each))))];
  await nodes.untilSealed(end);
  const wrong: string[] = [];
  for (const tenant of tenants) {
    wrong.push(
      ...(await nodes.findBroken(tenant)),
      ...(await nodes.verify(tenant)),
      ...(await nodes.verifyOnline(tenant)),
    );
  }
  const sum = (figure: keyof Account): number => accounts.reduce((total, account) => total + account[figure], 0);
  const mostOffered = Math.max(...[...sendings, ...alone].map(({ ledger }) => ledger.offered));
  const scan = await scanForCardNumbers({
    home: nodes.first.running.home,
    archiveFolder: nodes.first.archiveFolder,
    tenantIds: tenants.map(({ id }) => id),
    databaseUrl: nodes.first.databaseUrl,
    opensearchUrl: nodes.first.opensearchUrl,
    numbers: offeredNumbers(mostOffered),
  });
  wrong.push(...scan.places.slice(0, 5));
  const isSound =
    sum('lost') === 0 && sum('duplicated') === 0 && accounts.every(({ acknowledged }) => acknowledged > 0);
  return {
    drill: 'S5',
    result: isSound && wrong.length === 0 ? 'pass' : 'fail',
    acknowledged: sum('acknowledged'),
    lost: sum('lost'),
    duplicated: sum('duplicated'),
    cardNumbers: scan.places.length,
    waitedForTheirNode: waiting,
    ...(wrong.length > 0 ? { detail: wrong.join('; ') } : {}),
  };
}

/** The object store dies and comes back under load: nothing is sealed meanwhile, and nothing is lost. */
async function killObjectStore(first: DrillInstallation): Promise<DrillResult> {
  return first.underLoad('S5b', async () => {
    for (let round = 0; round < 2; round += 1) {
      await first.objectStore?.kill();
      await delay(4_000);
      await first.objectStore?.start();
      await delay(2_000);
    }
  });
}

async function onTwoNodes(): Promise<DrillResult> {
  const first = await DrillInstallation.start({ archive: 's3', env: { AKASHI_NODE: 'a' } });
  try {
    const second = await SecondNode.start(first, 'b');
    try {
      return await killNodeUnderLoad(new TwoNodes(first, second));
    } finally {
      await second.stop();
    }
  } finally {
    await first.stop();
  }
}

async function onOneNode(): Promise<DrillResult> {
  const first = await DrillInstallation.start({ archive: 's3' });
  try {
    return await killObjectStore(first);
  } finally {
    await first.stop();
  }
}

async function unlessMissing(drill: string, run: () => Promise<DrillResult>): Promise<DrillResult> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof NoObjectStore)) throw error;
    return { drill, result: 'skip', detail: error.message };
  }
}

/** Several nodes and an object store, on installations of their own. */
export function nodeCases(): DrillCase[] {
  return [
    { name: 'S5', about: 'one of two nodes is killed and comes back', run: () => unlessMissing('S5', onTwoNodes) },
    { name: 'S5b', about: 'the object store is killed twice', run: () => unlessMissing('S5b', onOneNode) },
  ];
}
