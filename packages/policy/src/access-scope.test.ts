import { matches, type FlatDocument, type QueryTree } from '@akashi/query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAccessScope, reachOfLogGroup, visibleDocument, withinScope, type ScopePart } from './access-scope.ts';

const groups = ['db', 'net', 'akashi/audit'];
const users = ['root', 'yamada'];
const actions = ['login', 'logout'];

const document = fc.record(
  {
    'log.group': fc.constantFrom(...groups),
    'log.stream': fc.constantFrom('a', 'b'),
    'akashi.source': fc.constantFrom('s1', 's2'),
    'user.name': fc.constantFrom(...users),
    'event.action': fc.constantFrom(...actions),
    record: fc.constantFrom('root login', 'yamada logout'),
    labels: fc.constantFrom({ shop: 'x' }, { shop: 'y' }),
  },
  { requiredKeys: ['log.group', 'log.stream', 'akashi.source', 'record'] },
);

const leaf: fc.Arbitrary<QueryTree> = fc.oneof(
  fc.constantFrom(...users).map((value) => ({ kind: 'equals' as const, field: 'user.name', value })),
  fc.constantFrom(...actions).map((value) => ({ kind: 'equals' as const, field: 'event.action', value })),
  fc.constantFrom('user.name', 'event.action', 'labels.shop').map((field) => ({ kind: 'exists' as const, field })),
  fc.constantFrom('root', 'login').map((text) => ({ kind: 'words' as const, field: 'message', text })),
  fc.constant({ kind: 'equals' as const, field: 'labels.shop', value: 'x' }),
);

const { tree } = fc.letrec<{ tree: QueryTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((parts) => ({ kind: 'and' as const, parts })),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((parts) => ({ kind: 'or' as const, parts })),
    tie('tree').map((part) => ({ kind: 'not' as const, part })),
  ),
}));

const part: fc.Arbitrary<ScopePart> = fc.record({
  logGroups: fc.subarray(['db', 'n*', '*', 'akashi/audit'], { minLength: 1 }),
  logStreams: fc.subarray(['a', 'b*']),
  sources: fc.subarray(['s1']),
  rowFilter: fc.option(leaf),
  hiddenFields: fc.subarray(['user.name', 'event.action', 'labels']),
});

const scope = fc.array(part, { maxLength: 3 }).map(createAccessScope);

describe('withinScope', () => {
  it('finds what the query finds in the events as the caller sees them', () => {
    fc.assert(
      fc.property(scope, tree, document, (given, query, event: FlatDocument) => {
        const shown = visibleDocument(given, event);
        expect(matches(withinScope(given, query), event)).toBe(shown !== null && matches(query, shown));
      }),
      { numRuns: 3000 },
    );
  });

  it('tells nothing about hidden values: events that look the same are found by the same queries', () => {
    fc.assert(
      fc.property(scope, tree, document, fc.constantFrom(...users), (...[given, query, event, user]) => {
        const other = { ...event, 'user.name': user };
        const [one, two] = [visibleDocument(given, event), visibleDocument(given, other)];
        fc.pre(JSON.stringify(one) === JSON.stringify(two));
        const asked = withinScope(given, query);
        expect(matches(asked, event)).toBe(matches(asked, other));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('reachOfLogGroup', () => {
  it('is what the events say', () => {
    fc.assert(
      fc.property(scope, document, (given, event) => {
        const reach = reachOfLogGroup(given, event['log.group']);
        const isSeen = visibleDocument(given, event) !== null;
        if (reach === 'all') expect(isSeen).toBe(true);
        if (reach === 'none') expect(isSeen).toBe(false);
      }),
    );
  });

  it('is part of the log group where a field is hidden', () => {
    const given = createAccessScope([
      { logGroups: ['db'], logStreams: [], sources: [], rowFilter: null, hiddenFields: ['user.name'] },
    ]);
    expect(reachOfLogGroup(given, 'db')).toBe('part');
  });

  it('never reaches the audit trail in passing', () => {
    const whole = { logStreams: [], sources: [], rowFilter: null, hiddenFields: [] };
    const reach = (pattern: string) =>
      reachOfLogGroup(createAccessScope([{ ...whole, logGroups: [pattern] }]), 'akashi/audit');
    expect(['*', 'a*', '*/audit', 'akashi/*', 'akashi/audit'].map(reach)).toEqual([
      'none',
      'none',
      'none',
      'all',
      'all',
    ]);
  });
});
