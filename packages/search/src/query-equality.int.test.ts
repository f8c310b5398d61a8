import { eventClasses } from '@akashi/log-event';
import { scopeOfLogGroups } from '@akashi/policy';
import fc from 'fast-check';
import { joinParts, matches, parseQuery, formatQuery, type QueryTree } from '@akashi/query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  testEventId,
  createTestTenant,
  serverIsThere,
  testDocument,
  type TestDocument,
  type TestTenant,
} from './real-server.fixtures.ts';

/** The index and the query package must mean the same: real server, nothing faked. */

const words = [
  'failed',
  'Failed',
  'password',
  'for',
  'root',
  'user_name',
  'a.b.c',
  '10.1.2.3',
  'ログイン',
  'ログイン失敗',
  '失敗',
  '失',
  '失 敗',
  'ﾛｸﾞ',
  'ＡＢＣ',
  'abc',
  '第１回',
  '第1回目',
  '人々',
  '한국어',
  'Ünï',
  'sshd(pam_unix)[19939]:',
  "it's",
  '👍',
  'x'.repeat(260),
  '10:20:30',
  'ー',
  'か\u3099',
  'がぎ',
  'cafe\u0301',
  'café',
  '１２.３４',
  'uid=0',
  '𠮷野家',
  'สวัสดี',
];
const keywords = [
  'root',
  'Root',
  'admin',
  '山田',
  'ガ',
  'カ\u3099',
  'a b',
  'r*t',
  '',
  'C:\\x',
  'ＡＤＭＩＮ',
  'user?',
  '"q"',
  '/etc/passwd',
  '/etc/shadow',
  'AND',
  '𠮷',
];
const ips = ['10.1.2.3', '10.200.0.1', '192.168.0.1', '2001:db8::1', '::1', 'fe80::abcd', '255.255.255.255', '0.0.0.0'];
const numbers = [0, 1, 200, 404, 500, 503, -5, 2 ** 40];
const times = [
  1_790_000_000_000,
  1_790_000_000_001,
  '2026-09-21T14:13:20.001500Z',
  5,
  -1000,
  4_102_444_800_000,
  '1999-12-31T23:59:59.999999Z',
];

const record = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 })
  .chain((list) => fc.constantFrom(' ', '', '/').map((separator) => list.join(separator)));

const randomDocument = fc.record(
  {
    '@timestamp': fc.constantFrom(...times),
    record,
    message: record,
    search_text: record,
    'user.name': fc.constantFrom(...keywords),
    'event.category': fc.uniqueArray(fc.constantFrom(...keywords), { minLength: 1, maxLength: 3 }),
    'pci.class': fc.subarray([...eventClasses], { minLength: 1, maxLength: 3 }),
    'source.ip': fc.constantFrom(...ips),
    'http.response.status_code': fc.constantFrom(...numbers),
    'ntp.offset_seconds': fc.constantFrom(0, -0.5, 1.25, 1e9),
    labels: fc.dictionary(fc.constantFrom('order', 'a.b', '名前', 'x-y'), fc.constantFrom(...keywords), { maxKeys: 3 }),
  },
  { requiredKeys: ['@timestamp', 'record'] },
);

const keywordField = fc.constantFrom(
  'user.name',
  'event.category',
  'labels.order',
  'labels.a.b',
  'labels.名前',
  'labels.none',
  'labels._value',
  'labels._valueAndPath',
  'labels.order=root',
);
const pattern = fc
  .array(fc.constantFrom('*', '?', 'r', 'o', 't', '/etc/', '山', '\\*', '\\\\', 'a', ' ', 'ＡＤ', '𠮷'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((list) => list.join(''));
const network = fc.oneof(
  fc.constantFrom(...ips),
  fc.constantFrom(
    '10.0.0.0/8',
    '10.1.0.0/16',
    '10.1.2.3/9',
    '0.0.0.0/0',
    '2001:db8::/32',
    '::/0',
    'fe80::/10',
    '::1/128',
    '192.168.0.0/31',
  ),
);

const leaf: fc.Arbitrary<QueryTree> = fc.oneof(
  fc.record({
    kind: fc.constant('words' as const),
    field: fc.constantFrom('message', 'message', 'record'),
    text: record,
  }),
  fc
    .constantFrom('fail*', '*word', 'f?iled', 'ab*', 'x*', '1?', 'user*', '*nï')
    .map((word) => ({ kind: 'word-pattern' as const, field: 'message', pattern: word })),
  fc.record({
    kind: fc.constant('equals' as const),
    field: fc.constant('pci'),
    value: fc.constantFrom('10.2.4', '10.2.1', '3.0:10.2.1', '4.0.1:10.2.1.5', '10.6', '10.9'),
  }),
  fc.record({ kind: fc.constant('equals' as const), field: keywordField, value: fc.constantFrom(...keywords) }),
  fc.record({ kind: fc.constant('pattern' as const), field: keywordField, pattern }),
  fc.record({ kind: fc.constant('equals' as const), field: fc.constant('source.ip'), value: network }),
  // Not every tree is made by the parser: what a field cannot hold no document has.
  fc.record({
    kind: fc.constant('equals' as const),
    field: fc.constantFrom('source.ip', 'source.port'),
    value: fc.constantFrom('public.card_holder', ''),
  }),
  fc.record({
    kind: fc.constant('range' as const),
    field: fc.constant('source.ip'),
    gte: fc.constantFrom(...ips),
    lt: fc.constantFrom(...ips),
  }),
  fc.record({
    kind: fc.constant('equals' as const),
    field: fc.constant('http.response.status_code'),
    value: fc.constantFrom(...numbers),
  }),
  fc
    .record(
      {
        kind: fc.constant('range' as const),
        field: fc.constant('http.response.status_code'),
        gte: fc.constantFrom(...numbers),
        gt: fc.constantFrom(...numbers),
        lt: fc.constantFrom(...numbers),
        lte: fc.constantFrom(...numbers),
      },
      { requiredKeys: ['kind', 'field'] },
    )
    .map(({ gt, lte, ...range }) => ({
      ...range,
      ...(range.gte === undefined && gt !== undefined ? { gt } : {}),
      ...(range.lt === undefined && lte !== undefined ? { lte } : {}),
    })),
  fc.record({
    kind: fc.constant('range' as const),
    field: fc.constant('ntp.offset_seconds'),
    gte: fc.constantFrom(-1, -0.5, 0, 1.25),
  }),
  fc.record({
    kind: fc.constant('range' as const),
    field: fc.constant('@timestamp'),
    gte: fc.constantFrom(2026, 0, 1_790_000_000_001, -5000),
    lt: fc.constantFrom(1_790_000_000_001, 1_790_000_000_002, 9_999_999_999_999),
  }),
  fc
    .constantFrom(
      'pci',
      'user.name',
      'source.ip',
      'labels.order',
      'labels.none',
      'message',
      'record',
      '@timestamp',
      'http.response.status_code',
    )
    .map((field) => ({ kind: 'exists' as const, field })),
);

const { tree } = fc.letrec<{ tree: QueryTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((parts) => joinParts('and', parts)),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((parts) => joinParts('or', parts)),
    tie('tree').map((part) => ({ kind: 'not' as const, part })),
  ),
}));

const isThere = await serverIsThere();

describe.runIf(isThere)('index and memory', () => {
  let place: TestTenant;
  const documents: TestDocument[] = [];

  beforeAll(async () => {
    place = await createTestTenant();
    const samples = fc.sample(randomDocument, { numRuns: 300, seed: 20261122 });
    for (const [index, sample] of samples.entries()) documents.push(testDocument(1, index, sample));
    const outcome = await place.tenant.bulkCreate([place.body(documents)]);
    expect(outcome).toMatchObject({ created: 300, rejected: [] });
    await place.tenant.refresh();
  });

  afterAll(async () => place.remove());

  async function foundIds(query: QueryTree): Promise<string[]> {
    const found = await place.tenant.search({ tree: query, scope: scopeOfLogGroups(['*']), limit: 1000 });
    if (!found.ok) throw new Error(found.code);
    expect(found.total).toEqual({ value: found.items.length, relation: 'eq' });
    return found.items.map((item) => item.id).toSorted();
  }

  function matchingIds(query: QueryTree): string[] {
    return documents
      .filter((document) => matches(query, document))
      .map((document) => testEventId(1, Number(document['akashi.position'])))
      .toSorted();
  }

  it('find the same events for any query', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(tree, async (query) => {
        const found = await foundIds(query);
        if (found.length > 0 && found.length < documents.length) hits++;
        expect(found).toEqual(matchingIds(query));
      }),
      { numRuns: 300, interruptAfterTimeLimit: 45_000, markInterruptAsFailure: false },
    );
    expect(hits).toBeGreaterThan(100);
  });

  it('find the same events for any leaf, and for what is read from its text', async () => {
    await fc.assert(
      fc.asyncProperty(leaf, async (query) => {
        expect(await foundIds(query)).toEqual(matchingIds(query));
        const parsed = parseQuery(formatQuery(query));
        if (parsed.ok) expect(matchingIds(parsed.tree)).toEqual(matchingIds(query));
      }),
      { numRuns: 300, interruptAfterTimeLimit: 45_000, markInterruptAsFailure: false },
    );
  });
});
