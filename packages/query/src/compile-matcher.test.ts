import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileMatcher, type FieldSource } from './compile-matcher.ts';
import { matches, type FlatDocument } from './matches.ts';
import type { QueryTree } from './query-tree.ts';
import { tokenize } from './tokenize.ts';

function sourceOf(document: FlatDocument): FieldSource {
  const value = (field: string): unknown => {
    if (!field.startsWith('labels.')) return document[field];
    return (document['labels'] as Record<string, unknown> | undefined)?.[field.slice('labels.'.length)];
  };
  return {
    value,
    tokens: (field) =>
      [value(field)]
        .flat()
        .filter((each) => each !== undefined)
        .map((each) => tokenize(String(each as string | number))),
  };
}

const text = fc.constantFrom('root', 'Failed', 'failed password', 'ログイン失敗', 'が', 'か\u3099', 'a_b', '');
const keyword = fc.constantFrom('user.name', 'labels.k', 'pci.class', 'event.code');
const document = fc.record(
  {
    record: fc.array(text, { maxLength: 4 }).map((parts) => parts.join(' ')),
    message: text,
    search_text: text,
    'user.name': fc.oneof(text, fc.constant('x'.repeat(9_000))),
    'pci.class': fc.array(fc.constantFrom('access-denied', 'log-access', 'root')),
    'event.code': fc.constantFrom('1', '4625'),
    'source.ip': fc.constantFrom('10.0.0.1', '192.0.2.7', '2001:db8::1'),
    'process.pid': fc.integer({ min: 0, max: 9 }),
    '@timestamp': fc.constantFrom(1_000, '1970-01-01T00:00:01.000001Z', 2_000),
    labels: fc.record({ k: text }, { requiredKeys: [] }),
  },
  { requiredKeys: ['record'] },
);

const leaf: fc.Arbitrary<QueryTree> = fc.oneof(
  fc.record({ kind: fc.constant('words' as const), field: fc.constantFrom('message', 'record'), text }),
  fc.record({
    kind: fc.constant('word-pattern' as const),
    field: fc.constant('message'),
    pattern: fc.constantFrom('fail*', '?oot', '*'),
  }),
  fc.record({
    kind: fc.constant('pattern' as const),
    field: keyword,
    pattern: fc.constantFrom('*o*', 'r?ot', '\\*', '*'),
  }),
  fc.record({
    kind: fc.constant('exists' as const),
    field: fc.oneof(keyword, fc.constantFrom('message', 'source.ip', 'pci')),
  }),
  fc.record({ kind: fc.constant('equals' as const), field: keyword, value: text }),
  fc.record({
    kind: fc.constant('equals' as const),
    field: fc.constant('source.ip'),
    value: fc.constantFrom('10.0.0.0/8', '2001:db8::1', '192.0.2.7'),
  }),
  fc.record({
    kind: fc.constant('equals' as const),
    field: fc.constant('pci'),
    value: fc.constantFrom('10.2.1.4', '3.0:10.2.3'),
  }),
  fc.record({
    kind: fc.constant('range' as const),
    field: fc.constant('process.pid'),
    gte: fc.integer({ min: 0, max: 9 }),
    lt: fc.integer({ min: 0, max: 9 }),
  }),
  fc.record({
    kind: fc.constant('range' as const),
    field: fc.constant('source.ip'),
    gt: fc.constant('10.0.0.0'),
    lte: fc.constant('192.0.2.7'),
  }),
  fc.record({
    kind: fc.constant('range' as const),
    field: fc.constant('@timestamp'),
    gte: fc.constantFrom(1_000, 1_001),
    lt: fc.constant(2_000),
  }),
);

const { tree } = fc.letrec<{ tree: QueryTree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), part: tie('tree') }),
    fc.constant({ kind: 'all' as const }),
  ),
}));

it('says of a document what the tree itself says', () => {
  fc.assert(
    fc.property(tree, document, (condition, given) => {
      expect(compileMatcher(condition)(sourceOf(given))).toBe(matches(condition, given));
    }),
    { numRuns: 1_000 },
  );
});
