import { matches, type FlatDocument, type QueryTree } from '@akashi/query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAccessScope, partFilter, visibleDocument, type AccessScope, type ScopePart } from './access-scope.ts';
import { intersectScopes } from './combine-scopes.ts';
import { scopeOfLogGroups } from './compile-grants.ts';
import { scopeOfArea, seesWholeArea, seesWholeParts, wholeParts, type AreaScope } from './review-area.ts';

const groups = ['db', 'db/audit', 'net', '*', 'db*', 'n*', 'akashi/audit', 'akashi/*'];

const document: fc.Arbitrary<FlatDocument> = fc.record({
  'log.group': fc.constantFrom('db', 'db/audit', 'net', 'akashi/audit'),
  'log.stream': fc.constantFrom('a', 'b'),
  'akashi.source': fc.constantFrom('s1', 's2'),
  'host.name': fc.constantFrom('db01', 'db02', 'web01', undefined),
  'user.name': fc.constantFrom('root', 'yamada'),
  record: fc.constantFrom('root login', 'yamada logout'),
  labels: fc.constantFrom({ shop: 'x' }, { shop: 'y' }),
});

const rowFilter: fc.Arbitrary<QueryTree> = fc.constantFrom(
  { kind: 'equals', field: 'user.name', value: 'root' },
  { kind: 'equals', field: 'host.name', value: 'db01' },
  { kind: 'pattern', field: 'host.name', pattern: 'db*' },
);

const part: fc.Arbitrary<ScopePart> = fc.record({
  logGroups: fc.subarray(groups, { minLength: 1 }),
  logStreams: fc.oneof(fc.constant([]), fc.subarray(['a', 'b*'])),
  sources: fc.oneof(fc.constant([]), fc.subarray(['s1'])),
  rowFilter: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: rowFilter }),
  hiddenFields: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray(['user.name', 'labels.shop', 'labels', 'host.name']) },
  ),
});

const granted = fc.array(part, { maxLength: 3 }).map(createAccessScope);
/** As an API key's: what it names, within what its responsible person sees. */
const scope = fc.oneof(
  granted,
  fc.tuple(granted, granted).map(([one, other]) => intersectScopes(one, other)),
);

const area: fc.Arbitrary<AreaScope> = fc.record({
  logGroups: fc.subarray(groups),
  logStreams: fc.subarray(['a', 'b*']),
  sources: fc.subarray(['s1', 's2']),
  hosts: fc.subarray(['db01', 'db*', 'web01']),
});

const holds = (inner: AccessScope, event: FlatDocument): boolean =>
  inner.parts.some((each) => matches(partFilter(each), event));

describe('seesWholeArea', () => {
  it('passes nobody who would not see an event of the area whole', () => {
    let passed = 0;
    fc.assert(
      fc.property(scope, area, document, (caller, wanted, event) => {
        if (!seesWholeArea(caller, wanted)) return;
        passed += 1;
        if (holds(scopeOfArea(wanted), event)) expect(visibleDocument(caller, event)).toEqual(event);
      }),
      { numRuns: 8_000 },
    );
    expect(passed).toBeGreaterThan(50);
  });

  it('passes whoever sees the area’s log groups whole, however the area is narrowed', () => {
    fc.assert(
      fc.property(area, (wanted) => {
        const caller = scopeOfLogGroups(wanted.logGroups);
        expect(seesWholeArea(caller, wanted)).toBe(wanted.logGroups.length > 0);
      }),
    );
  });

  const db: AreaScope = { logGroups: ['db/*'], logStreams: [], sources: [], hosts: [] };
  const whole = { logGroups: ['db/*'], logStreams: [], sources: [], rowFilter: null, hiddenFields: [] };

  it.each<[string, Partial<ScopePart>]>([
    ['one of its log groups', { logGroups: ['db/audit'] }],
    ['one stream', { logStreams: ['a'] }],
    ['one source', { sources: ['s1'] }],
    ['some rows', { rowFilter: { kind: 'exists', field: 'user.name' } }],
    ['rows without a field', { hiddenFields: ['user.name'] }],
    ['what another part shows too', { within: { ...whole, logGroups: ['db/audit'] } }],
    ['nothing', { logGroups: [] }],
  ])('refuses who sees only %s', (...[, narrow]) => {
    expect(seesWholeArea(createAccessScope([whole]), db)).toBe(true);
    expect(seesWholeArea(createAccessScope([{ ...whole, ...narrow }]), db)).toBe(false);
  });

  it('opens the audit trail to those alone who may read it', () => {
    const everything: AreaScope = { ...db, logGroups: ['*'] };
    const trail: AreaScope = { ...db, logGroups: ['*', 'akashi/audit'] };
    const caller = scopeOfLogGroups(['*']);
    expect([seesWholeArea(caller, everything), seesWholeArea(caller, trail)]).toEqual([true, false]);
    expect(seesWholeArea(scopeOfLogGroups(['*', 'akashi/audit']), trail)).toBe(true);
  });

  it('refuses an area that names nothing', () => {
    expect(seesWholeArea(scopeOfLogGroups(['*']), { ...db, logGroups: [] })).toBe(false);
  });
});

describe('wholeParts', () => {
  it('names only what the caller sees as a whole, and may be shown it again', () => {
    let named = 0;
    fc.assert(
      fc.property(scope, document, (caller, event) => {
        const parts = wholeParts(caller);
        if (parts.length === 0) return;
        named += 1;
        expect(seesWholeParts(caller, parts)).toBe(true);
        // As it comes back from where it was frozen.
        expect(seesWholeParts(caller, JSON.parse(JSON.stringify(parts)) as ScopePart[])).toBe(true);
        if (holds(createAccessScope(parts), event)) expect(visibleDocument(caller, event)).toEqual(event);
      }),
      { numRuns: 3_000 },
    );
    expect(named).toBeGreaterThan(100);
  });

  it('leaves out what rows or fields are kept of, and the product’s own', () => {
    const whole = { logStreams: [], sources: [], rowFilter: null, hiddenFields: [] };
    const streams = { ...whole, logGroups: ['*', 'akashi/audit'], logStreams: ['db*'] };
    const caller = createAccessScope([
      streams,
      { ...whole, logGroups: ['akashi/audit'] },
      { ...whole, logGroups: ['net'], hiddenFields: ['user.name'] },
      { ...whole, logGroups: ['app'], rowFilter: { kind: 'exists', field: 'user.name' } },
      { ...whole, logGroups: ['*'], within: { ...whole, logGroups: ['web/*'], hiddenFields: ['user.name'] } },
    ]);
    expect(wholeParts(caller)).toEqual([{ ...streams, logGroups: ['*'] }]);
  });

  it('are seen no more by who has lost a part of them', () => {
    const whole = { logStreams: [], sources: [], rowFilter: null, hiddenFields: [] };
    const before = createAccessScope([
      { ...whole, logGroups: ['db'] },
      { ...whole, logGroups: ['web'] },
    ]);
    const after = createAccessScope([{ ...whole, logGroups: ['db'] }]);
    expect([seesWholeParts(before, wholeParts(before)), seesWholeParts(after, wholeParts(before))]).toEqual([
      true,
      false,
    ]);
    expect(seesWholeParts(before, [])).toBe(false);
  });
});
