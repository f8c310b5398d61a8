import { matches, type FlatDocument, type QueryTree } from '@akashi/query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createAccessScope,
  reachOfLogGroup,
  reachOfStream,
  visibleDocument,
  withinScope,
  type ScopePart,
} from './access-scope.ts';
import { intersectScopes, isWithinScope } from './combine-scopes.ts';

const document: fc.Arbitrary<FlatDocument> = fc.record({
  'log.group': fc.constantFrom('db', 'net', 'akashi/audit'),
  'log.stream': fc.constantFrom('a', 'b'),
  'akashi.source': fc.constantFrom('s1', 's2'),
  'user.name': fc.constantFrom('root', 'yamada'),
  'event.action': fc.constantFrom('login', 'logout'),
  record: fc.constantFrom('root login', 'yamada logout'),
  labels: fc.constantFrom({ shop: 'x' }, { shop: 'y' }),
});

const leaf: fc.Arbitrary<QueryTree> = fc.constantFrom(
  { kind: 'equals', field: 'user.name', value: 'root' },
  { kind: 'equals', field: 'event.action', value: 'login' },
  { kind: 'exists', field: 'labels.shop' },
);

const part: fc.Arbitrary<ScopePart> = fc.record({
  logGroups: fc.subarray(['db', 'n*', '*', 'akashi/audit', 'akashi/*'], { minLength: 1 }),
  logStreams: fc.subarray(['a', 'b*']),
  sources: fc.subarray(['s1']),
  rowFilter: fc.option(leaf),
  hiddenFields: fc.subarray(['user.name', 'labels.shop', 'labels']),
});
const scope = fc.array(part, { maxLength: 3 }).map(createAccessScope);
const fields = ['user.name', 'event.action', 'record'] as const;

/** The event as both see it: what one of them does not see is not there. */
function commonly(one: FlatDocument | null, other: FlatDocument | null): Record<string, unknown> | null {
  if (one === null || other === null) return null;
  const seen = fields.filter((field) => one[field] !== undefined && other[field] !== undefined);
  return Object.fromEntries(seen.map((field) => [field, one[field]]));
}

describe('intersectScopes', () => {
  it('shows what both scopes show, event by event and field by field', () => {
    fc.assert(
      fc.property(scope, scope, scope, document, (...[one, two, three, event]) => {
        const shown = visibleDocument(intersectScopes(intersectScopes(one, two), three), event);
        const expected = commonly(
          commonly(visibleDocument(one, event), visibleDocument(two, event)),
          visibleDocument(three, event),
        );
        expect(commonly(shown, shown)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('answers a query as the event that both see would', () => {
    fc.assert(
      fc.property(scope, scope, leaf, document, (...[one, two, query, event]) => {
        const both = intersectScopes(one, two);
        const shown = visibleDocument(both, event);
        expect(matches(withinScope(both, query), event)).toBe(shown !== null && matches(query, shown));
      }),
      { numRuns: 2000 },
    );
  });

  it('reaches log groups and streams no further than either', () => {
    const order = { none: 0, part: 1, all: 2 };
    fc.assert(
      fc.property(scope, scope, document, (one, two, event) => {
        const both = intersectScopes(one, two);
        const place = { logGroup: String(event['log.group']), logStream: 'a', sourceId: 's1' };
        for (const each of [one, two]) {
          expect(order[reachOfLogGroup(both, place.logGroup)]).toBeLessThanOrEqual(
            order[reachOfLogGroup(each, place.logGroup)],
          );
          expect(order[reachOfStream(both, place)]).toBeLessThanOrEqual(order[reachOfStream(each, place)]);
        }
      }),
    );
  });
});

describe('isWithinScope', () => {
  it('never calls a scope within another one that shows less', () => {
    fc.assert(
      fc.property(scope, scope, document, (inner, outer, event) => {
        fc.pre(isWithinScope(inner, outer));
        const shown = visibleDocument(inner, event);
        const around = visibleDocument(outer, event);
        expect(shown !== null && around === null).toBe(false);
        expect(commonly(shown, shown === null ? null : around)).toEqual(commonly(shown, shown));
      }),
      { numRuns: 5000 },
    );
  });

  it('holds for a scope and itself, and for an intersection and both of its sides', () => {
    fc.assert(
      fc.property(scope, scope, (one, two) => {
        const both = intersectScopes(one, two);
        expect([isWithinScope(one, one), isWithinScope(both, one), isWithinScope(both, two)]).toEqual([
          true,
          true,
          true,
        ]);
      }),
    );
  });

  it('tells a hidden field, a stream and a row condition from none', () => {
    const whole = { logGroups: ['*'], logStreams: [], sources: [], rowFilter: null, hiddenFields: [] };
    const all = createAccessScope([whole]);
    for (const narrow of [
      { hiddenFields: ['user.name'] },
      { logStreams: ['a'] },
      { sources: ['s1'] },
      { logGroups: ['web/*'] },
      { rowFilter: { kind: 'exists', field: 'user.name' } as const },
    ]) {
      const narrower = createAccessScope([{ ...whole, ...narrow }]);
      expect([isWithinScope(narrower, all), isWithinScope(all, narrower)], JSON.stringify(narrow)).toEqual([
        true,
        false,
      ]);
    }
  });
});
