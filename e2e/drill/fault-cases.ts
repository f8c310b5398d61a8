import { sharedStream } from './oracle.ts';
import { randomBytes } from 'node:crypto';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { DrillCase, DrillResult } from './drill-case.ts';
import type { DrillInstallation, Part } from './drill-installation.ts';

const landingPoints = ['landing-before-write', 'landing-after-write', 'landing-after-sync', 'landing-after-ack'];
const pipelinePoints = [
  'mask-before-read',
  'mask-after-ledger',
  'index-before-bulk',
  'index-after-bulk',
  // While a block is open, and at every step of its seal.
  'seal-before-mask',
  'archive-before-write',
  'archive-after-write',
  'seal-before-checkpoint',
  'seal-before-ledger',
  'seal-before-destroy',
];

/** Kills the part at every crash point in turn; the load goes on all the time. */
function crashEverywhere(
  installation: DrillInstallation,
  part: 'ingest' | 'worker',
  points: readonly string[],
): () => Promise<void> {
  return async () => {
    for (const point of points) {
      installation.armCrashpoint(part, point);
      installation.kill(part);
      // The armed start comes up, dies at the point, and the next start recovers. A block is sealed every ten seconds.
      await delay(point.startsWith('seal') || point.startsWith('archive') ? 14_000 : 3_000);
      await installation.waitUntilReady(part);
    }
  };
}

function killRepeatedly(installation: DrillInstallation, part: Part, times: number): () => Promise<void> {
  return async () => {
    for (let round = 0; round < times; round += 1) {
      installation.kill(part);
      await delay(1_200);
    }
    await installation.waitUntilReady('worker', 300_000);
    await installation.waitUntilReady('ingest', 300_000);
  };
}

async function loseQueue(installation: DrillInstallation): Promise<void> {
  const client = new Client({ connectionString: installation.databaseUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname = 'akashi_queue' AND tablename NOT LIKE '%migration%'`,
    );
    for (let round = 0; round < 3; round += 1) {
      await client.query(`TRUNCATE ${tables.rows.map(({ name }) => name).join(', ')}`);
      await delay(700);
    }
  } finally {
    await client.end();
  }
}

/** Open segments end in rubbish when the process dies in the middle of a write and the disk keeps half of it. */
function tearOpenSegments(installation: DrillInstallation): () => Promise<void> {
  return async () => {
    const inbox = join(installation.running.home, 'inbox', installation.tenant.id);
    for (let round = 0; round < 4; round += 1) {
      installation.kill('ingest');
      for (const name of readdirSync(inbox).filter((file) => file.endsWith('.open'))) {
        appendFileSync(join(inbox, name), randomBytes(1 + round * 700));
      }
      await delay(1_500);
      await installation.waitUntilReady('ingest');
    }
  };
}

/** A disk at its flood stage: the server makes indices read-only until somebody makes room. */
async function floodStage(installation: DrillInstallation): Promise<void> {
  const url = `${installation.opensearchUrl}/${sharedStream}/_settings`;
  const put = (blocked: boolean | null): Promise<Response> =>
    fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ 'index.blocks.read_only_allow_delete': blocked }),
    });
  await put(true);
  await delay(6_000);
  await put(null);
}

/** Records that break parsers, sent among ordinary ones: each is kept and searchable, its neighbours go on. */
async function sendPoison(installation: DrillInstallation): Promise<void> {
  const { demo } = installation.running;
  const url = `${demo.ingestUrl}/v1/log-groups/${encodeURIComponent('drill/F9')}/log-streams/poison/records`;
  const nested = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  const poison: Buffer[] = [
    Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28]),
    Buffer.from('nul\0in\0the\0middle'),
    Buffer.from(nested),
    Buffer.from(`{"timestamp":"99999-99-99","status":"not a number","source":{"ip":"999.1.1.1"}}`),
    Buffer.from(`<999>9 2026-13-45T99:99:99Z - - - [broken "sd] x`),
    Buffer.from('x'.repeat(900_000)),
    Buffer.from(`k=${'"'.repeat(5_000)}`),
    Buffer.from('4'.repeat(100_000)),
  ];
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${installation.tenant.ingestKey}`, 'content-type': 'text/plain' },
    body: Buffer.concat(poison.flatMap((line) => [line, Buffer.from('\n')])),
  });
  if (answer.status !== 201) throw new Error(`the poison was refused with ${answer.status}`);
}

async function conflictingReceipts(installation: DrillInstallation): Promise<DrillResult> {
  const { demo } = installation.running;
  const url = `${demo.ingestUrl}/v1/log-groups/drill/log-streams/idempotency/records`;
  const send = async (body: string): Promise<{ status: number; batchId: string }> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${installation.tenant.ingestKey}`,
        'content-type': 'text/plain',
        'idempotency-key': 'one',
      },
      body,
    });
    const { batchId = '' } = (await answer.json()) as { batchId?: string };
    return { status: answer.status, batchId };
  };
  const first = await send('a\n');
  installation.kill('ingest');
  await delay(500);
  await installation.waitUntilReady('ingest');
  const again = await send('a\n');
  const other = await send('b\n');
  const sound = first.status === 201 && again.batchId === first.batchId && other.status === 409;
  return {
    drill: 'F1b',
    result: sound ? 'pass' : 'fail',
    first: first.status,
    again: again.status,
    other: other.status,
  };
}

/** Faults of parts and stores, under load. */
export function faultCases(installation: DrillInstallation): DrillCase[] {
  const loaded = (name: string, about: string, disturb: () => Promise<void>): DrillCase => ({
    name,
    about,
    run: () => installation.underLoad(name, disturb),
  });
  return [
    loaded('F1', 'ingest dies at every point of landing', crashEverywhere(installation, 'ingest', landingPoints)),
    { name: 'F1b', about: 'receipts outlive the process that gave them', run: () => conflictingReceipts(installation) },
    loaded('F3', 'ingest dies and its open segments end in rubbish', tearOpenSegments(installation)),
    loaded('F5', 'the queue is emptied again and again', () => loseQueue(installation)),
    loaded(
      'F7',
      'the worker dies at every step of the pipeline',
      crashEverywhere(installation, 'worker', pipelinePoints),
    ),
    loaded('F7b', 'the worker is killed six times in a row', killRepeatedly(installation, 'worker', 6)),
    loaded('F9', 'poison records among ordinary ones', () => sendPoison(installation)),
    loaded('F11', 'the index goes read-only and comes back', () => floodStage(installation)),
    loaded('F12', 'OpenSearch is killed during bulk', killRepeatedly(installation, 'opensearch', 1)),
    loaded('F14', 'PostgreSQL is killed', killRepeatedly(installation, 'postgres', 2)),
  ];
}
