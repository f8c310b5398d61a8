import { scopeOfLogGroups } from '@akashi/policy';
import { parseQuery, type QueryTree } from '@akashi/query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createTestTenant,
  serverIsThere,
  serverUrl,
  testDocument,
  testEventId,
  testSegment,
  type TestTenant,
} from './real-server.fixtures.ts';
import { pageBytes } from './page-bytes.ts';
import type { StoredDocument } from './tenant-stream.ts';

/** Real server; nothing is faked. Two tenants, so that every call can be tried across. */

/** Of this file alone: one test looks at what the server holds for its searches. */
const streamPrefix = 'test-paging-events';
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
    mine = await createTestTenant(streamPrefix);
    other = await createTestTenant(streamPrefix);
    const documents = Array.from({ length: 250 }, (_, leaf) =>
      testDocument(1, leaf, {
        'log.group': leaf % 5 === 0 ? 'db' : 'web',
        'event.outcome': leaf % 10 === 0 ? 'failure' : 'success',
        'user.name': leaf % 2 === 0 ? 'root' : `user${leaf % 7}`,
        '@timestamp': start + leaf * 1000,
        labels: { order: String(leaf) },
      }),
    );
    await mine.tenant.bulkCreate([mine.body(documents)]);
    await other.tenant.bulkCreate([other.body([testDocument(1, 0, { record: 'secret of another tenant' })])]);
    await Promise.all([mine.tenant.refresh(), other.tenant.refresh()]);
  });

  afterAll(async () => {
    await mine.remove();
    await other.remove();
  });

  describe('bulkCreate', () => {
    it('counts a replay as existing and changes nothing', async () => {
      const replay = [mine.body([testDocument(1, 0, { record: 'changed' }), testDocument(2, 0)])];
      expect(await mine.tenant.bulkCreate(replay)).toEqual({ created: 1, existing: 1, rejected: [], retries: 0 });
      expect((await mine.tenant.get(testEventId(1, 0), everything))?.document['record']).toBe('event 0 of segment 1');
    });

    it('rejects only the document that the mapping refuses', async () => {
      const body = mine.body([testDocument(3, 0), testDocument(3, 1, { 'source.ip': 'nowhere' }), testDocument(3, 2)]);
      const outcome = await mine.tenant.bulkCreate([body]);
      expect(outcome).toMatchObject({ created: 2, rejected: [{ id: testEventId(3, 1) }] });
      expect(JSON.stringify(outcome)).not.toContain('nowhere');
    });
  });

  describe('search', () => {
    it.each(['newest', 'oldest'] as const)('pages through everything exactly once, %s first', async (sort) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await mine.tenant.search({
          tree: query(`akashi.segment:${testSegment(1)}`),
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
      const leaves = Array.from({ length: 250 }, (_, leaf) => testEventId(1, leaf));
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
      const content = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as { a: number[] };
      const changed = (change: object): string =>
        Buffer.from(JSON.stringify({ ...content, ...change })).toString('base64url');
      const unreadable = { ok: false, code: 'cursor-unreadable' };
      for (const garbled of [
        'x',
        changed({ a: ['x', 's', 1] }),
        changed({ a: [1, 's'] }),
        changed({ a: [1, 1, 1] }),
        changed({ a: [1e300, 's', 1] }),
        changed({ u: 'now' }),
        changed({ v: 4 }),
      ])
        expect(await mine.tenant.search({ ...request, cursor: garbled })).toEqual(unreadable);
      const old = { ok: false, code: 'cursor-expired' };
      expect(await mine.tenant.search({ ...request, cursor: changed({ v: 2 }) })).toEqual(old);
    });

    it('holds nothing on the server, however often a page is asked for again', async () => {
      const open = async (): Promise<number> => {
        const { body } = await call('GET', `/${streamPrefix}-*-from-*/_stats/search`);
        const { search } = (body['_all'] as { total: { search: Record<string, number> } }).total;
        const points = search['point_in_time_total'] ?? Number.NaN;
        return points + (search['point_in_time_current'] ?? Number.NaN) + (search['scroll_total'] ?? Number.NaN);
      };
      const before = await open();
      const request = { tree: all, scope: everything, limit: 10 };
      const first = await mine.tenant.search(request);
      if (!first.ok || first.next === undefined) throw new Error('no next page');
      const cursor = first.next;
      const pages = await Promise.all(Array.from({ length: 400 }, () => mine.tenant.search({ ...request, cursor })));
      expect(new Set(pages.map((page) => page.ok && page.items.map(({ id }) => id).join())).size).toBe(1);
      expect(await open()).toBe(before);
    });

    it.each(['newest', 'oldest'] as const)(
      'has each event once and none that came later, while events come in, %s first',
      async (sort) => {
        const target = await createTestTenant(streamPrefix);
        const put = async (block: number, receivedMs: number): Promise<void> => {
          const times = { '@timestamp': start + 500, received_at: receivedMs };
          const lines = Array.from({ length: 30 }, (_, leaf) => testDocument(block, leaf, times));
          await target.tenant.bulkCreate([target.body(lines)]);
          await target.tenant.refresh();
        };
        await put(10, start);
        await put(12, start + 1_000);
        const seen: string[] = [];
        let cursor: string | undefined;
        for (let late = 0; ; late += 1) {
          const page = await target.tenant.search({
            tree: all,
            scope: everything,
            sort,
            limit: 7,
            ...(cursor === undefined ? {} : { cursor }),
          });
          if (!page.ok) throw new Error(page.code);
          if (cursor !== undefined) expect(page.total).toEqual({ value: 60, relation: 'eq' });
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.next;
          if (cursor === undefined) break;
          // Before, between and behind what was seen, by their place in the order.
          if (late < 3) await put([5, 11, 20][late] ?? 0, start + 60_000);
        }
        const kept = [10, 12].flatMap((block) => Array.from({ length: 30 }, (_, leaf) => testEventId(block, leaf)));
        expect(seen).toEqual(sort === 'oldest' ? kept : kept.toReversed());
        await target.remove();
      },
    );

    it('bounds a page in bytes, and goes on behind it without a hole', async () => {
      const target = await createTestTenant(streamPrefix);
      const record = 'あ'.repeat(80_000);
      const lines = Array.from({ length: 40 }, (_, leaf) => testDocument(1, leaf, { record }));
      for (const line of lines) await target.tenant.bulkCreate([target.body([line])]);
      await target.tenant.refresh();
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await target.tenant.search({
          tree: all,
          scope: everything,
          sort: 'oldest',
          limit: 1_000,
          ...(cursor === undefined ? {} : { cursor }),
        });
        if (!page.ok) throw new Error(page.code);
        expect(Buffer.byteLength(JSON.stringify(page.items))).toBeLessThan(pageBytes);
        expect(page.items.length).toBeGreaterThan(0);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(seen).toEqual(lines.map((_, leaf) => testEventId(1, leaf)));
      const around = await target.tenant.context({ id: testEventId(1, 20), count: 100 }, everything);
      expect(Buffer.byteLength(JSON.stringify(around))).toBeLessThan(2 * pageBytes);
      expect(around?.before.at(-1)?.id).toBe(testEventId(1, 19));
      expect(around?.after[0]?.id).toBe(testEventId(1, 21));
      await target.remove();
    }, 120_000);

    it('stays inside scope, chosen log groups and time', async () => {
      const count = async (request: object): Promise<number> => {
        const page = await mine.tenant.search({
          tree: query(`akashi.segment:${testSegment(1)}`),
          scope: everything,
          ...request,
        });
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
    const tree = query(`akashi.segment:${testSegment(1)} user.name:root`);
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
    const parts = await mine.tenant.facets({
      tree: all,
      ...range,
      fields: ['user.name', 'akashi.position'],
      valuePart: 'OO',
      size: 5,
    });
    expect(parts.map(({ values }) => values.map(({ value }) => value))).toEqual([['root'], []]);
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
    const { fields, labels } = await mine.tenant.fieldStats({
      tree: query(`akashi.segment:${testSegment(1)}`),
      scope: everything,
    });
    expect(fields.find(({ field }) => field === 'user.name')).toEqual({ field: 'user.name', count: 250 });
    expect(fields.some(({ field }) => field === 'source.ip')).toBe(false);
    expect(labels).toEqual(['order']);
  });

  it('gives neighbours in the same source, inside the scope only', async () => {
    const ids = (documents: readonly StoredDocument[] = []): string[] => documents.map(({ id }) => id);
    const context = await mine.tenant.context({ id: testEventId(1, 7), count: 3 }, everything);
    expect([ids(context?.before), context?.event.id, ids(context?.after)]).toEqual([
      [3, 4, 6].map((position) => testEventId(1, position)),
      testEventId(1, 7),
      [8, 9, 11].map((position) => testEventId(1, position)),
    ]);
    expect(await mine.tenant.context({ id: testEventId(1, 7), count: 3 }, scopeOfLogGroups(['db']))).toBeUndefined();
    expect(await mine.tenant.get(testEventId(1, 7), scopeOfLogGroups(['db']))).toBeUndefined();
    expect(await mine.tenant.get(testEventId(9, 9), everything)).toBeUndefined();
    expect((await other.tenant.get(testEventId(1, 0), everything))?.document['record']).toBe(
      'secret of another tenant',
    );
  });

  it('lists documents that name no segment', async () => {
    const target = await createTestTenant(streamPrefix);
    await target.tenant.bulkCreate([target.body([testDocument(7, 1)])]);
    await target.tenant.refresh();
    expect(await target.tenant.listWithoutSegment()).toEqual([]);
    const nowhere = target
      .body([testDocument(3, 9)])
      .toString('utf8')
      .replace('"akashi.segment"', '"nowhere"');
    await target.tenant.bulkCreate([Buffer.from(nowhere)]);
    await target.tenant.refresh();
    expect(await target.tenant.listWithoutSegment()).toHaveLength(1);
    await target.remove();
  });

  it('reads the documents of a segment back in the order of their positions', async () => {
    const ids: string[] = [];
    for await (const page of mine.tenant.readBack({ segmentIds: [testSegment(1)] }))
      ids.push(...page.map(({ id }) => id));
    expect(ids).toEqual(Array.from({ length: 250 }, (_, position) => testEventId(1, position)));
  });

  it('shows a document within seconds without being asked to refresh', async () => {
    await mine.tenant.bulkCreate([mine.body([testDocument(8, 0)])]);
    const deadline = performance.now() + 5_000;
    const find = async (): Promise<unknown> => mine.tenant.get(testEventId(8, 0), everything);
    while ((await find()) === undefined) expect(performance.now()).toBeLessThan(deadline);
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
