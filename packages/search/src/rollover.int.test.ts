import { randomUUID } from 'node:crypto';
import { scopeOfLogGroups } from '@akashi/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentIdOf } from './document-id.ts';
import {
  createTestTenant,
  serverIsThere,
  serverUrl,
  testDocument,
  testEventId,
  type TestTenant,
} from './real-server.fixtures.ts';

const prefix = `test-rollover-${randomUUID().slice(0, 8)}`;
const stream = `${prefix}-90`;
const dayMs = 86_400_000;

async function call(method: string, path: string): Promise<Record<string, unknown>> {
  return (await (await fetch(serverUrl + path, { method })).json()) as Record<string, unknown>;
}

async function indices(): Promise<string[]> {
  const { data_streams: streams } = (await call('GET', `/_data_stream/${stream}`)) as {
    data_streams: { indices: { index_name: string }[] }[];
  };
  return streams[0]?.indices.map(({ index_name: name }) => name) ?? [];
}

/** Real server: what happens to documents when their stream gets a new index. */
describe.runIf(await serverIsThere())('a stream that rolls over', () => {
  let mine: TestTenant;
  let other: TestTenant;
  beforeAll(async () => {
    mine = await createTestTenant(prefix);
    other = await createTestTenant(prefix);
  });
  afterAll(async () => {
    await call('DELETE', `/_data_stream/${stream}`);
    await call('DELETE', `/_index_template/${prefix}`);
    await mine.remove().catch(() => undefined);
    await other.remove().catch(() => undefined);
  });

  it('keeps equal ids of two tenants apart', async () => {
    const documents = [testDocument(1, 0), testDocument(1, 1)];
    expect(await mine.tenant.bulkCreate([mine.body(documents)])).toMatchObject({ created: 2, existing: 0 });
    expect(await other.tenant.bulkCreate([other.body(documents)])).toMatchObject({ created: 2, existing: 0 });
  });

  it('creates what is missing and nothing again when a body comes once more after it', async () => {
    await call('POST', `/${stream}/_rollover`);
    const documents = Array.from({ length: 5 }, (_, position) => testDocument(1, position));
    const replay = { isReplay: true };
    expect(await mine.tenant.bulkCreate([mine.body(documents)], replay)).toMatchObject({ created: 3, existing: 2 });
    expect(await mine.tenant.bulkCreate([mine.body(documents)], replay)).toMatchObject({ created: 0, existing: 5 });
    await mine.tenant.refresh();
    const everything = scopeOfLogGroups(['*']);
    const page = await mine.tenant.search({ tree: { kind: 'all' }, scope: everything, sort: 'oldest' });
    if (!page.ok) throw new Error(page.code);
    expect(page.items.map(({ id }) => id)).toEqual(documents.map((_, position) => testEventId(1, position)));
    expect((await mine.tenant.get(testEventId(1, 0), everything))?.document['record']).toBe('event 0 of segment 1');
  });

  it('has a tenant’s documents taken out of all of its indices, and nobody else’s', async () => {
    expect(await mine.tenant.removeSegments([String(testDocument(9, 0)['akashi.segment'])])).toBe(0);
    expect(await mine.tenant.removeAll()).toBe(5);
    const count = { tree: { kind: 'all' }, scope: scopeOfLogGroups(['*']), limit: 1 } as const;
    expect(await mine.tenant.search(count)).toMatchObject({ total: { value: 0 } });
    expect(await other.tenant.search(count)).toMatchObject({ total: { value: 2 } });
    expect((await other.tenant.get(testEventId(1, 0), count.scope))?.id).toBe(testEventId(1, 0));
    expect(documentIdOf(mine.tenantId, testEventId(1, 0))).not.toBe(documentIdOf(other.tenantId, testEventId(1, 0)));
  });

  it('rolls over by the age of its oldest record, and drops an index when its newest is past its days', async () => {
    const { platform } = mine.search;
    const begun = 1_790_000_001_000;
    expect(await platform.keepIndices(new Date(begun + dayMs))).toEqual({ rolledOver: [], removed: [] });
    await mine.tenant.bulkCreate([mine.body([testDocument(20, 0)])]);
    const before = await indices();
    expect(await platform.keepIndices(new Date(begun + 8 * dayMs))).toEqual({ rolledOver: [stream], removed: [] });
    expect(await platform.keepIndices(new Date(begun + 9 * dayMs))).toEqual({ rolledOver: [], removed: [] });
    expect(await indices()).toHaveLength(before.length + 1);
    const late = await platform.keepIndices(new Date(begun + 91 * dayMs));
    expect(late).toEqual({ rolledOver: [], removed: before });
    expect(await indices()).toHaveLength(1);
  });
});
