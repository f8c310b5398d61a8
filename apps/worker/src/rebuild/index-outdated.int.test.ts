import { randomUUID } from 'node:crypto';
import type { TenantId } from '@akashi/database';
import { derivationOf, documentGeneration, type OwnFormat } from '@akashi/log-event';
import { scopeOfLogGroups } from '@akashi/policy';
import type { TenantSearch } from '@akashi/search';
import { createLogger, Registry } from '@akashi/server-kit';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { notedDerivation } from '../pipeline/noted-documents.ts';
import { verifyTenant } from '../verification/verify-tenant.ts';
import { OutdatedDocuments } from './index-outdated.ts';
import { rebuildIndex } from './rebuild-index.ts';

// Real: PostgreSQL, OpenSearch, disk. An installation as an earlier version left it: documents of another shape, or none.
const searchUrl = process.env['OPENSEARCH_URL'] ?? '';
let pipeline: TestPipeline;
let database: Client;

beforeAll(async () => {
  pipeline = await openTestPipeline();
  database = new Client({ connectionString: pipeline.databaseUrl });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await pipeline.close();
});

const count = async (): Promise<number> => {
  const tenant = pipeline.parts.search.forTenant(pipeline.tenantId);
  await tenant.refresh();
  const page = await tenant.search({ tree: { kind: 'all' }, scope: scopeOfLogGroups(['*']), limit: 1 });
  return page.ok ? page.total.value : -1;
};
const outdated = (): OutdatedDocuments =>
  new OutdatedDocuments({
    parts: pipeline.parts,
    logger: createLogger({ name: 'test', level: 'silent' }),
    registry: new Registry(),
  });
const run = (): Promise<void> => outdated().run(new AbortController().signal);

/** Other documents under the same ids, as an earlier shape was. */
async function alterRecords(): Promise<void> {
  const ask = async (path: string, type: string, body: string): Promise<Record<string, unknown>> => {
    const answer = await fetch(searchUrl + path, { method: 'POST', headers: { 'content-type': type }, body });
    return (await answer.json()) as Record<string, unknown>;
  };
  const query = JSON.stringify({ size: 100, query: { term: { 'akashi.tenant': pipeline.tenantId } } });
  const found = await ask('/test-worker-events-*-from-*/_search', 'application/json', query);
  const { hits } = found['hits'] as { hits: { _index: string; _id: string; _source: object }[] };
  const lines = hits.flatMap(({ _index, _id, _source }) => [
    { delete: { _index, _id } },
    { create: { _index: _index.replace(/^\.ds-/, '').replace(/-\d{6}$/, ''), _id } },
    { ..._source, 'parse.format': 'of an earlier shape' },
  ]);
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  expect(await ask('/_bulk?refresh=true', 'application/x-ndjson', body)).toMatchObject({ errors: false });
}

it('makes documents of an earlier shape again from the archive, and then removes the streams they were in', async () => {
  const { tenantId, parts } = pipeline;
  for (const line of ['one', 'two', 'three']) {
    const segmentId = await pipeline.land([line, `${line} again`]);
    await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(30_000) });
    await parts.openBlocks.seal({ tenantId, retentionPolicy: 'default' });
  }
  const former = `test-worker-events-${randomUUID()}`;
  expect((await fetch(`${searchUrl}/_data_stream/${former}`, { method: 'PUT' })).status).toBe(200);
  const [first] = (await database.query<{ id: string }>('SELECT segment_id AS id FROM landing_segment')).rows;
  expect(await parts.search.forTenant(tenantId).removeSegments([first?.id ?? ''])).toBe(2);
  await database.query('UPDATE landing_segment SET indexed_generation = 1');
  await alterRecords();
  expect(await count()).toBe(4);
  await run();
  expect(await count()).toBe(6);
  const { rows } = await database.query('SELECT DISTINCT indexed_generation AS generation FROM landing_segment');
  expect(rows).toEqual([{ generation: documentGeneration }]);
  expect((await fetch(`${searchUrl}/_data_stream/${former}`)).status).toBe(404);
  expect(await verifyTenant(parts, tenantId)).toMatchObject({ outcome: 'proven', findings: [] });
  const again = await parts.database.forTenant(tenantId).logGroups.list();
  expect(again).toMatchObject([{ name: 'test', records: 6 }]);
});

it('indexes what came back from the archive alone, of which no node has a job', async () => {
  await database.query(`UPDATE landing_segment SET ingest_node = '', indexed_at = NULL, indexed_generation = NULL`);
  await pipeline.parts.search.forTenant(pipeline.tenantId).removeAll();
  await run();
  expect(await count()).toBe(6);
});

it('makes documents of another derivation again while they stay searchable, and proves both', async () => {
  const { tenantId, parts } = pipeline;
  const zone = { ...parts, derivationOf: () => Promise.resolve(derivationOf({ timeZone: 'America/New_York' })) };
  const segmentId = await pipeline.land(['Nov 29 03:04:05 db01 sshd[7533]: Failed password for root']);
  await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(30_000) });
  await parts.openBlocks.seal({ tenantId, retentionPolicy: 'default' });
  const timeOf = async (): Promise<unknown> => {
    await parts.search.forTenant(tenantId).refresh();
    const [page] = await Array.fromAsync(parts.search.forTenant(tenantId).readBack({ segmentIds: [segmentId] }));
    expect(page).toHaveLength(1);
    return (JSON.parse(String(page?.[0]?.source)) as Record<string, unknown>)['@timestamp'];
  };
  const before = await timeOf();
  const duty = new OutdatedDocuments({
    parts: zone,
    logger: createLogger({ name: 'test', level: 'silent' }),
    registry: new Registry(),
  });
  await duty.run(new AbortController().signal);
  expect(await timeOf()).toBe(before);
  duty.look(tenantId);
  await duty.run(new AbortController().signal);
  expect(Number(await timeOf()) - Number(before)).toBe(14 * 3_600_000);
  expect(await count()).toBe(7);
  expect(await verifyTenant(zone, tenantId)).toMatchObject({ outcome: 'proven', findings: [] });
  const counted = await parts.database.forTenant(tenantId).derivations.countRecords(new Date());
  expect(counted).toEqual([{ id: notedDerivation(await zone.derivationOf()).id, records: 7 }]);
});

it('makes documents again by a format that an organisation has written since, and proves them', async () => {
  const { tenantId, parts } = pipeline;
  const segmentId = await pipeline.land(['2026-11-29 03:04:05|yamada|退室']);
  await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(30_000) });
  await parts.openBlocks.seal({ tenantId, retentionPolicy: 'default' });
  const format: OwnFormat = {
    name: 'door',
    reads: 'record',
    reading: { kind: 'grok', patterns: ['^%{TIMESTAMP_ISO8601:when}\\|%{DATA:user.name}\\|%{GREEDYDATA:act}$'] },
    time: { key: 'when', patterns: ['%Y-%m-%d %H:%M:%S'] },
    rules: [
      { when: [{ key: 'act', is: ['退室'] }], set: { 'event.action': 'door_left' }, classes: ['authentication-use'] },
    ],
  };
  const settings = { timeZone: 'Asia/Tokyo', ownFormats: [{ format, logGroups: ['test'] }] };
  const read = { ...parts, derivationOf: () => Promise.resolve(derivationOf(settings)) };
  const duty = new OutdatedDocuments({
    parts: read,
    logger: createLogger({ name: 'test', level: 'silent' }),
    registry: new Registry(),
  });
  duty.look(tenantId);
  await duty.run(new AbortController().signal);
  await parts.search.forTenant(tenantId).refresh();
  const [page] = await Array.fromAsync(parts.search.forTenant(tenantId).readBack({ segmentIds: [segmentId] }));
  expect(JSON.parse(String(page?.[0]?.source))).toMatchObject({
    'user.name': 'yamada',
    'event.action': 'door_left',
    'pci.class': ['authentication-use'],
    'parse.format': 'door',
  });
  expect(await verifyTenant(read, tenantId)).toMatchObject({ outcome: 'proven', findings: [] });
});

it('makes everything again by an operator’s word, and expects what it wrote', async () => {
  const { tenantId, parts } = pipeline;
  expect(await rebuildIndex(parts, tenantId, true)).toMatchObject({ created: 8, existing: 0 });
  expect(await verifyTenant(parts, tenantId)).toMatchObject({ outcome: 'proven', findings: [] });
});

it('makes again what was accepted while the former documents went', async () => {
  const { tenantId, parts } = pipeline;
  const forTenant = (id: TenantId): TenantSearch => {
    const tenant = parts.search.forTenant(id);
    const removeAll = async (): Promise<number> => {
      const segmentId = await pipeline.land(['accepted meanwhile']);
      await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(30_000) });
      return tenant.removeAll();
    };
    return { ...tenant, removeAll };
  };
  await rebuildIndex({ ...parts, search: { ...parts.search, forTenant } }, tenantId, true);
  expect(await count()).toBe(9);
  expect(await verifyTenant(parts, tenantId)).toMatchObject({ outcome: 'proven', findings: [] });
});
