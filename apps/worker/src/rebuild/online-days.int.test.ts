import { scopeOfLogGroups } from '@akashi/policy';
import { createLogger, Registry } from '@akashi/server-kit';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepIndices } from '../keeping/keep-indices.ts';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { verifyTenant } from '../verification/verify-tenant.ts';
import { OutdatedDocuments } from './index-outdated.ts';

// Real: PostgreSQL, OpenSearch, disk. Days online of a log group are raised while its documents are in the index.
const searchUrl = process.env['OPENSEARCH_URL'] ?? '';
let pipeline: TestPipeline;
let outside: Client;

beforeAll(async () => {
  pipeline = await openTestPipeline();
  outside = new Client({ connectionString: pipeline.databaseUrl });
  await outside.connect();
});
afterAll(async () => {
  await outside.end();
  await pipeline.close();
});

const index = async (lines: string[]): Promise<string> => {
  const segmentId = await pipeline.land(lines);
  const job = {
    tenantId: pipeline.tenantId,
    segmentId,
    lane: 'ordinary',
    signal: AbortSignal.timeout(30_000),
  } as const;
  await processSegment(pipeline.parts, job);
  return segmentId;
};
const seal = async (): Promise<unknown> =>
  pipeline.parts.openBlocks.seal({ tenantId: pipeline.tenantId, retentionPolicy: 'default' });
const outdated = (parts = pipeline.parts): OutdatedDocuments =>
  new OutdatedDocuments({ parts, logger: createLogger({ name: 'test', level: 'silent' }), registry: new Registry() });
const run = (duty = outdated()): Promise<void> => duty.run(new AbortController().signal);

/** How many documents of the organisation are in the streams of so many days. */
async function countIn(days: number): Promise<number> {
  await pipeline.parts.search.forTenant(pipeline.tenantId).refresh();
  const answer = await fetch(`${searchUrl}/test-worker-events-${days}-from-*/_count`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: { term: { 'akashi.tenant': pipeline.tenantId } } }),
  });
  return ((await answer.json()) as { count: number }).count;
}
async function findable(): Promise<number> {
  const search = pipeline.parts.search.forTenant(pipeline.tenantId);
  const page = await search.search({ tree: { kind: 'all' }, scope: scopeOfLogGroups(['*']), limit: 1 });
  return page.ok ? page.total.value : -1;
}
const raises = (): Promise<unknown[]> => pipeline.parts.database.platform.findOnlineRaises();

it('makes what is online again for longer when the days of a policy are raised, also after a crash, and keeps it until then', async () => {
  const { parts, tenantId } = pipeline;
  await index(['one', 'two']);
  await seal();
  await index(['in no block yet']);
  expect([await countIn(90), await countIn(400)]).toEqual([3, 0]);
  await outside.query(`UPDATE retention_policy SET online_days = 400, kept_days = NULL WHERE name = 'default'`);
  expect(await raises()).toEqual([tenantId]);
  const now = parts.now();
  const removals: unknown[] = [];
  const search = {
    platform: {
      keepIndices: (_: Date, options: unknown) => {
        removals.push(options);
        return Promise.resolve({ rolledOver: [], removed: [] });
      },
    },
  };
  expect(await keepIndices({ database: parts.database, search, now: () => now })).toBe(false);
  const crashing = {
    ...parts,
    onStep: (step: string) => {
      if (step === 'index-after-bulk') throw new Error('crash');
    },
  };
  await run(outdated(crashing));
  expect(await raises()).toEqual([tenantId]);
  await run();
  expect([await countIn(90), await countIn(400)]).toEqual([1, 2]);
  expect(await findable()).toBe(3);
  // Sealed after the raise: its documents were made for fewer days.
  await seal();
  await run();
  expect([await countIn(90), await countIn(400)]).toEqual([0, 3]);
  expect(await raises()).toEqual([]);
  expect(await keepIndices({ database: parts.database, search, now: () => now })).toBe(true);
  expect(removals).toEqual([{ removesNothing: true }, { removesNothing: false }]);
  expect(await verifyTenant(parts, tenantId)).toMatchObject({ outcome: 'proven', findings: [] });
});

it('lowers for new records only, and moves a log group up with what it has', async () => {
  const { parts, tenantId } = pipeline;
  await outside.query(`UPDATE retention_policy SET online_days = 200 WHERE name = 'default'`);
  await run();
  await index(['after the lowering']);
  await seal();
  expect([await countIn(400), await countIn(200)]).toEqual([3, 1]);
  await parts.database.forTenant(tenantId).retentionPolicies.create({ name: 'long', onlineDays: 500, keptDays: null });
  await parts.database.forTenant(tenantId).retentionPolicies.assign('test', 'long');
  await run();
  expect([await countIn(200), await countIn(400), await countIn(500)]).toEqual([0, 0, 4]);
  expect(await findable()).toBe(4);
  expect(await verifyTenant(parts, tenantId)).toMatchObject({ outcome: 'proven', findings: [] });
});

it('leaves what is past its days online where it is: in the archive', async () => {
  const { tenantId, parts } = pipeline;
  await outside.query(`UPDATE landing_segment SET accepted_at = accepted_at - interval '532 days'`);
  await outside.query(`UPDATE retention_policy SET online_days = 900 WHERE name = 'long'`);
  await run();
  expect(await raises()).toEqual([]);
  expect(await countIn(900)).toBe(0);
  // As index keeping has removed them.
  await parts.search.forTenant(tenantId).removeAll();
  expect(await verifyTenant(parts, tenantId)).toMatchObject({ outcome: 'proven', findings: [] });
});
