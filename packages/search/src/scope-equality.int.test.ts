import fc from 'fast-check';
import { createAccessScope, visibleDocument, type AccessScope, type ScopePart } from '@akashi/policy';
import { matches, type QueryTree } from '@akashi/query';
import { parseEventId, tenantField } from '@akashi/log-event';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  testEventId,
  createTestTenant,
  serverIsThere,
  testDocument,
  type TestDocument,
  type TestTenant,
} from './real-server.fixtures.ts';
import type { StoredDocument } from './tenant-stream.ts';

/** The index inside a scope and the events as `visibleDocument` shows them must mean the same: real server. */

const logGroups = ['db', 'net', 'akashi/audit'];
const users = ['root', 'yamada', 'suzuki'];
const outcomes = ['success', 'failure'];

const documents: TestDocument[] = Array.from({ length: 240 }, (_, leaf) =>
  testDocument(1, leaf, {
    'log.group': logGroups[leaf % 3],
    'log.stream': leaf % 2 === 0 ? 'a' : 'b1',
    'akashi.source': leaf % 5 === 0 ? 's1' : 's2',
    ...(leaf % 7 === 0 ? {} : { 'user.name': users[leaf % 4] ?? 'nobody' }),
    ...(leaf % 11 === 0 ? {} : { 'event.outcome': outcomes[(leaf >> 1) % 2] }),
    ...(leaf % 3 === 0 ? { 'pci.class': ['access-denied', 'authentication-use'] } : {}),
    ...(leaf % 9 === 0 ? { 'pci.missing': ['user', 'object'] } : {}),
    record: `${users[leaf % 4] ?? 'nobody'} ${leaf % 3 === 0 ? 'login' : 'logout'}`,
    labels: { shop: leaf % 4 === 0 ? 'x' : 'y', ...(leaf % 6 === 0 ? { 'card.owner': 'x', card: 'shop=x' } : {}) },
    ...(leaf % 8 === 0 ? { search_text: 'hidden login words' } : {}),
  }),
);
const from = 1_790_000_001_000;
const to = from + 1_000;

const leafNode: fc.Arbitrary<QueryTree> = fc.oneof(
  fc.constantFrom(...users).map((value) => ({ kind: 'equals' as const, field: 'user.name', value })),
  fc.constantFrom(...outcomes).map((value) => ({ kind: 'equals' as const, field: 'event.outcome', value })),
  fc.constantFrom('10.2.4', '10.2.3').map((value) => ({ kind: 'equals' as const, field: 'pci', value })),
  fc.constantFrom('pci', 'user.name', 'labels.shop', 'message').map((field) => ({ kind: 'exists' as const, field })),
  fc.constantFrom('root', 'login', 'words').map((text) => ({ kind: 'words' as const, field: 'message', text })),
  fc
    .record({
      field: fc.constantFrom(
        'labels.shop',
        'labels.card',
        'labels.card.owner',
        'labels._value',
        'labels._valueAndPath',
        'labels.card=shop',
        'labels.',
      ),
      value: fc.constantFrom('x', 'shop=x', 'labels.shop=x', 'labels.card.owner=x'),
    })
    .map(({ field, value }) => ({ kind: 'equals' as const, field, value })),
  fc
    .constantFrom('labels._value', 'labels._valueAndPath', 'labels.card')
    .map((field) => ({ kind: 'pattern' as const, field, pattern: '*x' })),
  fc.constantFrom('labels._value', 'labels.card').map((field) => ({ kind: 'exists' as const, field })),
  fc.constant({ kind: 'pattern' as const, field: 'user.name', pattern: '*a*' }),
);
const { tree } = fc.letrec<{ tree: QueryTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.constant({ kind: 'all' as const }),
    leafNode,
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((parts) => ({ kind: 'and' as const, parts })),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((parts) => ({ kind: 'or' as const, parts })),
    tie('tree').map((part) => ({ kind: 'not' as const, part })),
  ),
}));
const single = fc.record({
  logGroups: fc.subarray(['db', 'n*', '*', 'akashi/*'], { minLength: 1 }),
  logStreams: fc.subarray(['a', 'b*']),
  sources: fc.subarray(['s1']),
  rowFilter: fc.option(leafNode),
  hiddenFields: fc.subarray(['user.name', 'event.outcome', 'pci.class', 'labels', 'labels.shop', 'labels.card']),
});
const part: fc.Arbitrary<ScopePart> = fc
  .tuple(single, fc.option(single, { nil: undefined, freq: 2 }))
  .map(([own, within]) => ({ ...own, within }));
const anyScope = fc.array(part, { maxLength: 3 }).map(createAccessScope);

function shownDocuments(scope: AccessScope, query: QueryTree): TestDocument[] {
  return documents.flatMap((document) => {
    const shown = visibleDocument(scope, document);
    return shown !== null && matches(query, shown) ? [shown] : [];
  });
}

function countValues(shown: readonly TestDocument[], field: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const document of shown) {
    const value = document[field];
    if (typeof value === 'string') counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

function newestOf(shown: readonly TestDocument[]): number {
  return Math.max(...shown.map((document) => Number(document['received_at'])));
}

/** A document without the tenant, which the documents of this test get when they are written. */
function asWritten({ document }: StoredDocument): TestDocument {
  return Object.fromEntries(Object.entries(document).filter(([field]) => field !== tenantField));
}

describe.runIf(await serverIsThere())('a scope', () => {
  let place: TestTenant;
  beforeAll(async () => {
    place = await createTestTenant();
    await place.tenant.bulkCreate([place.body(documents)]);
    await place.tenant.refresh();
  });
  afterAll(() => place.remove());

  it('shows, counts and stacks exactly the events as the caller sees them', async () => {
    await fc.assert(
      fc.asyncProperty(anyScope, tree, async (scope, query) => {
        const shown = shownDocuments(scope, query);
        const selection = { tree: query, scope, from, to, timeField: 'received_at' as const };
        const [page, chart, facets, fields] = await Promise.all([
          place.tenant.search({ ...selection, limit: 1000, sort: 'oldest' }),
          place.tenant.histogram({ ...selection, timeZone: 'UTC', stackBy: 'event.outcome' }),
          place.tenant.facets({ ...selection, tree: { kind: 'and', parts: [query, query] }, fields: ['log.group'] }),
          place.tenant.fieldStats(selection),
        ]);
        if (!page.ok) throw new Error(page.code);
        expect(page.items.map(asWritten)).toEqual(shown);
        expect(page.total.value).toBe(shown.length);
        expect(chart.total).toBe(shown.length);
        const stacked: Record<string, number> = {};
        for (const { stacks } of chart.buckets) {
          for (const [value, count] of Object.entries(stacks)) stacked[value] = (stacked[value] ?? 0) + count;
        }
        expect(stacked).toEqual(countValues(shown, 'event.outcome'));
        const [groups] = facets;
        const counted = Object.fromEntries((groups?.values ?? []).map(({ value, count }) => [value, count]));
        expect(counted).toEqual(countValues(shown, 'log.group'));
        for (const field of ['user.name', 'event.outcome', 'log.stream']) {
          const present = fields.fields.find((each) => each.field === field)?.count ?? 0;
          expect(present, field).toBe(shown.filter((document) => document[field] !== undefined).length);
        }
        const names = new Set(shown.flatMap(({ labels }) => Object.keys(labels ?? {})));
        expect(fields.labels.toSorted()).toEqual([...names].toSorted());
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('counts classes by source, and what they lack, exactly as the caller sees them', async () => {
    const day = from + 100;
    await fc.assert(
      fc.asyncProperty(anyScope, async (scope) => {
        const found = await place.tenant.coverage({ scope, from: day, to, since: from });
        const shown = shownDocuments(scope, { kind: 'exists', field: 'pci.class' });
        const expected = new Map<string, object>();
        for (const source of ['s1', 's2'])
          for (const name of ['access-denied', 'authentication-use']) {
            const own = shown.filter((each) => each['akashi.source'] === source);
            const ofDay = own.filter((each) => Number(each['received_at']) >= day);
            if (own.length > 0) expected.set(`${source} ${name}`, { count: ofDay.length, lastMs: newestOf(own) });
          }
        const counted = found.map(({ source, class: name, count, lastMs }) => [`${source} ${name}`, { count, lastMs }]);
        expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(expected));
        for (const { missing, judged, count } of found) {
          expect(judged).toBeLessThanOrEqual(count);
          expect(missing.user ?? 0).toBe(missing.object ?? 0);
          expect(missing.user ?? 0).toBeLessThanOrEqual(judged);
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('tells the oldest of each log group and stream exactly as the caller sees them', async () => {
    await fc.assert(
      fc.asyncProperty(anyScope, async (scope) => {
        const shown = shownDocuments(scope, { kind: 'all' });
        const expected: Record<string, number> = {};
        for (const document of shown) {
          const { 'log.group': group, 'log.stream': stream, received_at: at } = document;
          for (const name of [String(group), `${String(group)} ${String(stream)}`])
            expected[name] = Math.min(expected[name] ?? Number.POSITIVE_INFINITY, Number(at));
        }
        const found: Record<string, number> = {};
        for (const { logGroup, oldestMs, streams, areAllStreams } of await place.tenant.oldest({ scope })) {
          found[logGroup] = oldestMs;
          for (const [name, at] of streams) found[`${logGroup} ${name}`] = at;
          expect(areAllStreams).toBe(true);
        }
        expect(found).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('answers no condition that the terms of another label fulfil', async () => {
    const hiding = { logGroups: ['*'], logStreams: [], sources: [], rowFilter: null, hiddenFields: ['labels.card'] };
    const scopes = [createAccessScope([hiding]), createAccessScope([{ ...hiding, hiddenFields: [] }])];
    for (const scope of scopes) {
      for (const [field, value] of [
        ['labels.card=shop', 'x'],
        ['labels._value', 'x'],
        ['labels._valueAndPath', 'labels.card.owner=x'],
      ] as const) {
        const tree: QueryTree = { kind: 'equals', field, value };
        for (const asked of [tree, { kind: 'or' as const, parts: [tree, tree] }]) {
          const page = await place.tenant.search({ tree: asked, scope, limit: 1 });
          expect(page).toMatchObject({ ok: true, total: { value: 0 } });
        }
      }
    }
  });

  it('gives facets of a field, and what is missing, only where the caller sees the field', async () => {
    await fc.assert(
      fc.asyncProperty(anyScope, fc.constantFrom('user.name', 'event.outcome'), async (scope, field) => {
        const shown = shownDocuments(scope, { kind: 'all' });
        const own: QueryTree = { kind: 'exists', field };
        const [facet] = await place.tenant.facets({
          tree: own,
          scope,
          from,
          to,
          timeField: 'received_at',
          fields: [field],
        });
        const values = Object.fromEntries((facet?.values ?? []).map(({ value, count }) => [value, count]));
        expect(values).toEqual(countValues(shown, field));
        expect(facet?.missing).toBe(shown.filter((document) => document[field] === undefined).length);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('gives single events and their neighbours as the caller sees them', async () => {
    await fc.assert(
      fc.asyncProperty(anyScope, fc.nat(239), async (scope, leaf) => {
        const document = documents[leaf];
        const shown = document === undefined ? null : visibleDocument(scope, document);
        const id = testEventId(1, leaf);
        const found = await place.tenant.get(id, scope);
        expect(found === undefined ? null : asWritten(found)).toEqual(shown);
        const context = await place.tenant.context({ id, count: 3 }, scope);
        expect(context === undefined ? null : asWritten(context.event)).toEqual(shown);
        for (const each of [...(context?.before ?? []), ...(context?.after ?? [])]) {
          const neighbour = documents[parseEventId(each.id)?.position ?? -1];
          expect(neighbour === undefined ? null : visibleDocument(scope, neighbour)).toEqual(asWritten(each));
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
