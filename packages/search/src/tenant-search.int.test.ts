import { scopeOfLogGroups } from '@akashi/policy';
import { parseQuery, type QueryTree } from '@akashi/query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bulkBody,
  createTestTenant,
  serverIsThere,
  serverUrl,
  testDocument,
  type TestTenant,
} from './real-server.fixtures.ts';
import type { StoredDocument } from './tenant-stream.ts';

/** Real server; nothing is faked. Two tenants, so that every call can be tried across. */

const everything = scopeOfLogGroups(['*']);
const all: QueryTree = { kind: 'all' };
const start = 1_790_000_001_000;

function query(text: string): QueryTree {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.code);
  return parsed.tree;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(serverUrl + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const isThere = await serverIsThere();

describe.runIf(isThere)('TenantSearch', () => {
  let mine: TestTenant;
  let other: TestTenant;

  beforeAll(async () => {
    mine = await createTestTenant();
    other = await createTestTenant();
    const documents = Array.from({ length: 250 }, (_, leaf) =>
      testDocument(1, leaf, {
        'log.group': leaf % 5 === 0 ? 'db' : 'web',
        'event.outcome': leaf % 10 === 0 ? 'failure' : 'success',
        'user.name': leaf % 2 === 0 ? 'root' : `user${leaf % 7}`,
        '@timestamp': start + leaf * 1000,
        labels: { order: String(leaf) },
      }),
    );
    await mine.tenant.bulkCreate([bulkBody(documents)]);
    await other.tenant.bulkCreate([bulkBody([testDocument(1, 0, { record: 'secret of another tenant' })])]);
    await Promise.all([mine.tenant.refresh(), other.tenant.refresh()]);
  });

  afterAll(async () => {
    await mine.remove();
    await other.remove();
  });

  describe('bulkCreate', () => {
    it('counts a replay as existing and changes nothing', async () => {
      const replay = [bulkBody([testDocument(1, 0, { record: 'changed' }), testDocument(2, 0)])];
      expect(await mine.tenant.bulkCreate(replay)).toEqual({ created: 1, existing: 1, rejected: [], retries: 0 });
      expect((await mine.tenant.get('1-0', everything))?.document['record']).toBe('event 0 of block 1');
    });

    it('rejects only the document that the mapping refuses', async () => {
      const body = bulkBody([testDocument(3, 0), testDocument(3, 1, { 'source.ip': 'nowhere' }), testDocument(3, 2)]);
      const outcome = await mine.tenant.bulkCreate([body]);
      expect(outcome).toMatchObject({ created: 2, rejected: [{ id: '3-1' }] });
      expect(JSON.stringify(outcome)).not.toContain('nowhere');
    });

    it('leaves no way to change or delete a document', async () => {
      const found = await call('POST', `/test-search-events-${mine.tenantId}/_search?size=1`, {
        query: { ids: { values: ['1-3'] } },
      });
      const hits = (found.body['hits'] as { hits: { _index: string }[] }).hits;
      const path = `/${hits[0]?._index}`;
      expect((await call('DELETE', `${path}/_doc/1-3`)).status).toBe(400);
      expect((await call('POST', `${path}/_update/1-3`, { doc: { record: 'x' } })).status).toBe(400);
      expect((await call('PUT', `${path}/_doc/1-3`, testDocument(1, 3))).status).toBe(400);
    });
  });

  describe('search', () => {
    it.each(['newest', 'oldest'] as const)('pages through everything exactly once, %s first', async (sort) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await mine.tenant.search({
          tree: query('NOT akashi.block>=2'),
          scope: everything,
          sort,
          limit: 60,
          ...(cursor === undefined ? {} : { cursor }),
        });
        if (!page.ok) throw new Error(page.code);
        expect(page.total).toEqual({ value: 250, relation: 'eq' });
        seen.push(...page.items.map((item) => item.id));
        cursor = page.next;
      } while (cursor !== undefined);
      const leaves = Array.from({ length: 250 }, (_, leaf) => `1-${leaf}`);
      expect(seen).toEqual(sort === 'oldest' ? leaves : leaves.toReversed());
    });

    it('refuses cursors of other queries, scopes and tenants, and says when one is too old', async () => {
      const request = { tree: query('event'), scope: everything, limit: 10 };
      const page = await mine.tenant.search(request);
      if (!page.ok || page.next === undefined) throw new Error('no next page');
      const cursor = page.next;
      const otherQuery = { ok: false, code: 'cursor-of-other-query' };
      expect(await mine.tenant.search({ ...request, tree: all, cursor })).toEqual(otherQuery);
      expect(await mine.tenant.search({ ...request, scope: scopeOfLogGroups(['web']), cursor })).toEqual(otherQuery);
      expect(await other.tenant.search({ ...request, cursor })).toEqual(otherQuery);
      expect(await mine.tenant.search({ ...request, cursor: 'x' })).toEqual({ ok: false, code: 'cursor-unreadable' });
      const second = await mine.tenant.search({ ...request, cursor });
      if (!second.ok || second.next === undefined) throw new Error('no third page');
      const content = JSON.parse(Buffer.from(second.next, 'base64url').toString('utf8')) as { p: string };
      await call('DELETE', '/_search/point_in_time', { pit_id: [content.p] });
      expect(await mine.tenant.search({ ...request, cursor: second.next })).toEqual({
        ok: false,
        code: 'cursor-expired',
      });
      const garbled = Buffer.from(JSON.stringify({ ...content, p: 'AAAA' })).toString('base64url');
      expect(await mine.tenant.search({ ...request, cursor: garbled })).toEqual({ ok: false, code: 'cursor-expired' });
    });

    it('reads nothing of another tenant through a point in time', async () => {
      const request = { tree: all, scope: everything, limit: 10 };
      const page = await mine.tenant.search(request);
      if (!page.ok || page.next === undefined) throw new Error('no next page');
      const stolen = await call('POST', `/test-search-events-${other.tenantId}/_search/point_in_time?keep_alive=1m`);
      const content = JSON.parse(Buffer.from(page.next, 'base64url').toString('utf8')) as object;
      const cursor = Buffer.from(
        JSON.stringify({ ...content, a: [9e15, 9e15, 9e8], p: stolen.body['pit_id'] }),
      ).toString('base64url');
      expect(await mine.tenant.search({ ...request, cursor })).toMatchObject({
        ok: true,
        items: [],
        total: { value: 0 },
      });
    });

    it('stays inside scope, chosen log groups and time', async () => {
      const count = async (request: object): Promise<number> => {
        const page = await mine.tenant.search({ tree: query('akashi.block:1'), scope: everything, ...request });
        return page.ok ? page.total.value : -1;
      };
      expect(await count({ scope: scopeOfLogGroups(['db']) })).toBe(50);
      expect(await count({ scope: scopeOfLogGroups(['w*', 'x']) })).toBe(200);
      expect(await count({ scope: scopeOfLogGroups([]) })).toBe(0);
      expect(await count({ scope: scopeOfLogGroups(['?eb']) })).toBe(0);
      expect(await count({ scope: scopeOfLogGroups(['db']), logGroups: ['web'] })).toBe(0);
      expect(await count({ from: start, to: start + 10_000 })).toBe(10);
      expect(await count({ from: start, to: start + 10, timeField: 'received_at' })).toBe(10);
    });

    it('stops when it is told to', async () => {
      const signal = AbortSignal.abort();
      await expect(mine.tenant.search({ tree: all, scope: everything, signal })).rejects.toMatchObject({
        code: 'search-aborted',
      });
    });
  });

  it('counts the same in table, chart and facets', async () => {
    const tree = query('akashi.block:1 user.name:root');
    const range = { from: start, to: start + 250_000, scope: everything };
    const page = await mine.tenant.search({ tree, ...range });
    const chart = await mine.tenant.histogram({ tree, ...range, timeZone: 'Asia/Tokyo', stackBy: 'event.outcome' });
    const total = page.ok ? page.total.value : -1;
    expect(total).toBe(125);
    expect(chart.total).toBe(total);
    expect(chart.buckets.length).toBeLessThanOrEqual(120);
    expect(chart.buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(total);
    expect(chart.buckets.reduce((sum, bucket) => sum + (bucket.stacks['failure'] ?? 0), 0)).toBe(25);
    expect(chart.buckets.every((bucket) => bucket.start % chart.interval.ms === 0)).toBe(true);
    const [users, outcomes] = await mine.tenant.facets({
      tree,
      ...range,
      fields: ['user.name', 'event.outcome', 'record'],
    });
    expect(users?.values[0]).toEqual({ value: 'root', count: 125 });
    expect(users?.values.length).toBeGreaterThan(1);
    expect(outcomes).toMatchObject({
      values: [
        { value: 'success', count: 100 },
        { value: 'failure', count: 25 },
      ],
      others: 0,
      missing: 0,
      error: 0,
    });
    const completion = await mine.tenant.facets({ tree: all, ...range, fields: ['user.name'], valuePrefix: 'ro' });
    expect(completion[0]?.values.map(({ value }) => value)).toEqual(['root']);
  });

  it('aligns days with the zone', async () => {
    const chart = await mine.tenant.histogram({
      tree: all,
      scope: everything,
      from: start - 80 * 86_400_000,
      to: start + 86_400_000,
      timeZone: 'Asia/Tokyo',
    });
    expect(chart.interval.unit).toBe('day');
    expect(chart.buckets.every((bucket) => (bucket.start + 9 * 3_600_000) % 86_400_000 === 0)).toBe(true);
  });

  it('tells which fields and labels there are', async () => {
    const { fields, labels } = await mine.tenant.fieldStats({ tree: query('akashi.block:1'), scope: everything });
    expect(fields.find(({ field }) => field === 'user.name')).toEqual({ field: 'user.name', count: 250 });
    expect(fields.some(({ field }) => field === 'source.ip')).toBe(false);
    expect(labels).toEqual(['order']);
  });

  it('gives neighbours in the same source, inside the scope only', async () => {
    const ids = (documents: readonly StoredDocument[] = []): string[] => documents.map(({ id }) => id);
    const context = await mine.tenant.context({ id: '1-7', count: 3 }, everything);
    expect([ids(context?.before), context?.event.id, ids(context?.after)]).toEqual([
      ['1-3', '1-4', '1-6'],
      '1-7',
      ['1-8', '1-9', '1-11'],
    ]);
    expect(await mine.tenant.context({ id: '1-7', count: 3 }, scopeOfLogGroups(['db']))).toBeUndefined();
    expect(await mine.tenant.get('1-7', scopeOfLogGroups(['db']))).toBeUndefined();
    expect(await mine.tenant.get('9-9', everything)).toBeUndefined();
    expect((await other.tenant.get('1-0', everything))?.document['record']).toBe('secret of another tenant');
  });

  it('counts and lists the documents of a block', async () => {
    expect(await mine.tenant.countBlock(1)).toBe(250);
    const leaves: unknown[] = [];
    for await (const { document } of mine.tenant.scanBlock(1)) leaves.push(document['akashi.leaf']);
    expect(leaves).toEqual(Array.from({ length: 250 }, (_, leaf) => leaf));
  });

  it('shows a document within seconds without being asked to refresh', async () => {
    await mine.tenant.bulkCreate([bulkBody([testDocument(8, 0)])]);
    const deadline = performance.now() + 5_000;
    while ((await mine.tenant.countBlock(8)) === 0) expect(performance.now()).toBeLessThan(deadline);
  });
});

describe('a server that is away', () => {
  it('is a retryable fault', async () => {
    const { createSearch } = await import('./create-search.ts');
    const search = createSearch({ url: 'http://127.0.0.1:9' });
    await expect(search.platform.ping()).rejects.toMatchObject({ code: 'search-unavailable', retryable: true });
    await search.close();
  });
});
