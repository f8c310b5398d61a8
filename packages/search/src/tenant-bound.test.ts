import { createServer, type IncomingMessage } from 'node:http';
import { eventIdOf } from '@akashi/log-event';
import { createAccessScope } from '@akashi/policy';
import type { QueryTree } from '@akashi/query';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refusedSearch } from './allowed-requests.ts';
import { documentIdOf } from './document-id.ts';
import * as exported from './index.ts';
import { isInTenant } from './tenant-scope.ts';
import { createSearch, type TenantSearch } from './index.ts';

const tenant = '11111111-1111-4111-8111-111111111111';
const segmentId = '0199ddc0-0000-7000-8000-000000000001';
const read = 'akashi-events-*-from-*';
const written = 'akashi-events-90-from-20250925';

const set = { id: '33333333-3333-4333-8333-333333333333', logGroups: ['db', tenant], from: 0, to: 9 };
const setStream = `akashi-events-restored-${tenant}-${set.id}`;

const asked: { path: string; body: string }[] = [];
const server = createServer((request: IncomingMessage, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    asked.push({ path: request.url ?? '', body });
    response
      .writeHead(404, { 'content-type': 'application/json' })
      .end('{"error":{"type":"index_not_found_exception"}}');
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => void server.close());

const scope = createAccessScope([{ logGroups: ['*'], logStreams: [], sources: [], rowFilter: null, hiddenFields: [] }]);
const selection = { tree: { kind: 'all' }, scope, from: 0, to: 1, timeField: 'received_at', timeZone: 'UTC' } as const;

/** Every operation of a tenant's handle. A new one is a type error here until it is called. */
const operations: Record<
  Exclude<keyof TenantSearch, 'documentIdPrefix' | 'withRestored' | 'restoredSet'>,
  (search: TenantSearch) => Promise<unknown>
> = {
  bulkCreate: (search) =>
    search.bulkCreate(
      [Buffer.from(`{"create":{"_id":"${documentIdOf(tenant, eventIdOf({ segmentId, position: 1 }))}"}}\n{}\n`)],
      {
        retry: { maxAttempts: 1, firstDelayMs: 1, maxDelayMs: 1 },
      },
    ),
  search: (search) => search.search({ ...selection, sort: 'newest', limit: 1 }),
  readEvents: (search) => search.readEvents({ ...selection }),
  seen: (search) => search.seen({ ...selection }, [{ kind: 'exists', field: 'user.name' }]),
  histogram: (search) => search.histogram({ ...selection }),
  facets: (search) => search.facets({ ...selection, fields: ['user.name'], size: 1 }),
  coverage: (search) => search.coverage({ scope, from: 1, to: 2, since: 0 }),
  oldest: (search) => search.oldest({ scope, logGroups: ['db'] }),
  fieldStats: (search) => search.fieldStats(selection),
  get: (search) => search.get('S.1', scope),
  context: (search) => search.context({ id: 'S.1', count: 1 }, scope),
  listWithoutSegment: (search) => search.listWithoutSegment(),
  readBack: async (search) => {
    for await (const page of search.readBack({ segmentIds: [segmentId] })) expect(page).toBeDefined();
  },
  removeSegments: (search) => search.removeSegments([segmentId]),
  removeAll: (search) => search.removeAll(),
  expungeRemoved: (search) => search.expungeRemoved(),
  refresh: (search) => search.refresh(),
};

/** A search that its tenant's filter bounds from above, and that names the tenant nowhere else. */
function expectBounded(text: string): void {
  const body = JSON.parse(text) as Record<string, unknown>;
  expect(isInTenant(tenant, body), text).toBe(true);
  expect(text.split('akashi.tenant').length, text).toBe(2);
  expect(refusedSearch({ tenantId: tenant, body }), text).toBeUndefined();
}

const field = fc.constantFrom(
  'user.name',
  'source.ip',
  'message',
  'labels.a',
  'akashi.tenant',
  '_id',
  '_index',
  'received_at',
);
const value = fc.oneof(fc.string({ maxLength: 8 }), fc.constant(tenant), fc.constant('10.0.0.0/8'));
const leaf: fc.Arbitrary<QueryTree> = fc.oneof(
  fc.record({ kind: fc.constant('equals' as const), field, value }),
  fc.record({ kind: fc.constant('pattern' as const), field, pattern: value }),
  fc.record({ kind: fc.constant('exists' as const), field }),
  fc.record({ kind: fc.constant('words' as const), field: fc.constant('message'), text: value }),
  fc.record({ kind: fc.constant('word-pattern' as const), field: fc.constant('message'), pattern: value }),
  fc.record({ kind: fc.constant('range' as const), field: fc.constantFrom('user.name', 'akashi.tenant'), gte: value }),
);
const { tree: anyTree } = fc.letrec<{ tree: QueryTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), parts: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not' as const), part: tie('tree') }),
  ),
}));
const anyScope = fc
  .array(
    fc.record({
      logGroups: fc.array(fc.constantFrom('*', 'db', 'w*'), { maxLength: 2 }),
      logStreams: fc.array(fc.constantFrom('a', 'b*'), { maxLength: 1 }),
      sources: fc.array(fc.constantFrom('s'), { maxLength: 1 }),
      rowFilter: fc.option(anyTree),
      hiddenFields: fc.array(fc.constantFrom('user.name', 'labels.a'), { maxLength: 1 }),
    }),
    { maxLength: 2 },
  )
  .map(createAccessScope);

it('bounds every request to its tenant, whatever is asked in whatever scope', async () => {
  const search = createSearch({ url });
  const handle = search.forTenant(tenant);
  await fc.assert(
    fc.asyncProperty(anyScope, anyTree, fc.string({ maxLength: 5 }), async (seen, tree, text) => {
      asked.length = 0;
      const wanted = { ...selection, tree, scope: seen, logGroups: [text], valuePart: text };
      const calls = [
        handle.search({ ...wanted, sort: 'oldest' }),
        handle.seen(wanted, [tree, { kind: 'not', part: tree }]),
        handle.histogram({ ...wanted, stackBy: 'log.level' }),
        handle.facets({ ...wanted, fields: ['user.name', 'source.ip', 'akashi.tenant', text] }),
        handle.fieldStats(wanted),
        handle.get(text, seen),
        handle.context({ id: text, count: 2 }, seen),
      ];
      const outcomes = await Promise.allSettled(calls);
      for (const outcome of outcomes) {
        // The server of this test answers that there is no index: nothing was refused before it was sent.
        expect(outcome).toMatchObject({ status: 'rejected', reason: { errorType: 'index_not_found_exception' } });
      }
      for (const { path, body } of asked) {
        expect(path.startsWith(`/${read}/_search?`), path).toBe(true);
        expectBounded(body);
      }
    }),
    { numRuns: 150 },
  );
  await search.close();
}, 60_000);

it('bounds what is asked with restored sets in the same way, and names no index but its own', async () => {
  const search = createSearch({ url });
  const handle = search.forTenant(tenant).withRestored([set]);
  await fc.assert(
    fc.asyncProperty(anyScope, anyTree, fc.string({ maxLength: 5 }), async (seen, tree, text) => {
      asked.length = 0;
      const wanted = { ...selection, tree, scope: seen, logGroups: [text], valuePart: text };
      const outcomes = await Promise.allSettled([
        handle.search({ ...wanted, sort: 'oldest' }),
        handle.readEvents(wanted),
        handle.seen(wanted, [tree]),
        handle.histogram({ ...wanted, stackBy: 'log.level' }),
        handle.facets({ ...wanted, fields: ['user.name', 'akashi.tenant', text] }),
        handle.coverage({ scope: seen, from: 1, to: 2, since: 0 }),
        handle.fieldStats(wanted),
        handle.get(text, seen),
        handle.context({ id: text, count: 2 }, seen),
      ]);
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'search-unavailable' } });
      for (const { path, body } of asked) {
        expect(path.split('/')[1]).toBe(`${read},${setStream}`);
        if (path.includes('point_in_time')) continue;
        expect(isInTenant(tenant, JSON.parse(body) as Record<string, unknown>), body).toBe(true);
        expect(refusedSearch({ tenantId: tenant, body: JSON.parse(body) as Record<string, unknown> })).toBeUndefined();
        const indices = body.match(/\.ds-[a-z0-9-]+/g) ?? [];
        expect(indices.every((name) => name === `.ds-${setStream}-000001`)).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
  expect(() => search.forTenant(tenant).withRestored([{ ...set, id: '*' }])).toThrow(RangeError);
  expect(() => search.forTenant(tenant).restoredSet('x,y')).toThrow(RangeError);
  await search.close();
}, 60_000);

it('gives no way to the index but through a tenant or the platform’s few calls', async () => {
  const search = createSearch({ url });
  expect(Object.keys(search).toSorted()).toEqual(['close', 'forTenant', 'platform']);
  const clients = Object.entries(exported).filter(([name]) => /client|request|http/i.test(name));
  expect(clients).toEqual([]);
  for (const name of ['', '*', '_all', 'a,b', '../x', '-a', 'A']) expect(() => search.forTenant(name), name).toThrow();
  await search.close();
});

it.each(Object.entries(operations))('%s names its tenant’s stream and no other index', async (_name, operation) => {
  const search = createSearch({ url });
  asked.length = 0;
  await operation(search.forTenant(tenant)).catch(() => undefined);
  expect(asked.length).toBeGreaterThan(0);
  for (const { path, body } of asked) {
    const named = decodeURIComponent(path.split('?')[0] ?? '').split('/');
    expect(
      named.some((part) => part === read || part === written),
      path,
    ).toBe(true);
    expect(body).not.toMatch(/akashi-events/);
    if (path.split('?')[0]?.endsWith('/_search') === true) expectBounded(body);
  }
  await search.close();
});
