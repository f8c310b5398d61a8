import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { context, head, inForce } from '../lines.fixtures.ts';
import type { RuleMatch } from '../matching/rule-match.ts';
import type { Rule } from '../rules/rule.ts';
import type { Alert } from './alert.ts';
import type { KeyState } from './key-state.ts';
import { RuleMemory } from './rule-memory.ts';
import { slowAlerts, type OracleAlert, type OracleBlock } from './slow-oracle.fixtures.ts';

const second = 1_000_000;
const where = 'x';
const stepsOf = (count: number): { where: string }[] =>
  Array.from({ length: count }, (_, step) => ({ where: `${where}${step}` }));

const rule: fc.Arbitrary<Rule> = fc
  .record({
    quietSeconds: fc.constantFrom(0, 5, 20, 200),
    within: fc.integer({ min: 1, max: 30 }),
    count: fc.integer({ min: 2, max: 4 }),
    steps: fc.integer({ min: 2, max: 3 }),
    kind: fc.constantFrom('match', 'threshold', 'sequence', 'absence', 'first-seen'),
  })
  .map(({ quietSeconds, within, count, steps, kind }): Rule => {
    const common = { ...head, quietSeconds };
    switch (kind) {
      case 'threshold':
        return { ...common, kind, where, count, windowSeconds: within };
      case 'sequence':
        return { ...common, kind, steps: stepsOf(steps), withinSeconds: within };
      case 'absence':
        return { ...common, kind, after: where, expected: where, withinSeconds: within };
      case 'first-seen':
        return { ...common, kind, where, fields: ['a'], learningDays: 0 };
      case 'match':
        return { ...common, kind, where };
    }
  });

/** Hits in the order of the log: mostly in that of time, some late by seconds or by an hour, some of one event. */
const log: fc.Arbitrary<OracleBlock[]> = fc
  .array(
    fc.record({
      later: fc.integer({ min: 0, max: 12 }),
      late: fc.constantFrom(0, 0, 0, 3, 15, 3_600),
      step: fc.nat({ max: 2 }),
      key: fc.constantFrom('["a"]', '["b"]'),
      isSameEvent: fc.boolean(),
      endsBlock: fc.boolean(),
    }),
    { maxLength: 24 },
  )
  .map((hits) => {
    const blocks: OracleBlock[] = [];
    let matches: RuleMatch[] = [];
    let nowUs = 10_000 * second;
    let last: RuleMatch | undefined;
    const seal = (): void => {
      blocks.push({ createdUs: nowUs, matches });
      matches = [];
      last = undefined;
    };
    for (const [position, { later, late, step, key, isSameEvent, endsBlock }] of hits.entries()) {
      nowUs += later * second;
      const us = nowUs - late * second;
      const match: RuleMatch = {
        ruleId: 'r',
        version: 1,
        step,
        key,
        position,
        receivedAtUs: us,
        eventAtUs: us,
        logGroup: 'g',
        logStream: 's',
        eventId: `e${position}`,
      };
      const { eventId, receivedAtUs, key: lastKey } = last ?? match;
      last =
        isSameEvent && last !== undefined && last.step < step
          ? { ...match, eventId, receivedAtUs, key: lastKey }
          : match;
      matches.push(last);
      if (endsBlock) seal();
    }
    nowUs += 60 * second;
    seal();
    return blocks;
  });

/** Steps that the rule does not have are none of its matches. */
function ofRule(given: Rule, blocks: readonly OracleBlock[]): OracleBlock[] {
  const most = given.kind === 'sequence' ? given.steps.length - 1 : given.kind === 'absence' ? 1 : 0;
  return blocks.map(({ createdUs, matches }) => ({
    createdUs,
    matches: matches.filter(
      ({ step }, at) => step <= most && (most > 0 || matches[at - 1]?.eventId !== matches[at]?.eventId),
    ),
  }));
}

function decide(given: Rule, blocks: readonly OracleBlock[], isCut: boolean): Alert[] {
  const rules = [inForce(given)];
  const alerts = new Map<string, Alert>();
  let memory = new RuleMemory(context);
  for (const block of blocks) {
    for (const alert of memory.decide(rules, block)) alerts.set(alert.id, alert);
    if (isCut) memory = new RuleMemory(context, JSON.parse(JSON.stringify(memory.states)) as KeyState[]);
  }
  return [...alerts.values()];
}

const shown = ({ key, openedAtUs, firstAtUs, lastAtUs, count, events }: Alert): OracleAlert => ({
  key,
  openedAtUs,
  firstAtUs,
  lastAtUs,
  count,
  events: events.map(({ eventId }) => eventId),
});
const sorted = (alerts: readonly OracleAlert[]): OracleAlert[] =>
  alerts.toSorted(
    (a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) || a.openedAtUs - b.openedAtUs || a.firstAtUs - b.firstAtUs,
  );

describe('deciding', () => {
  it('gives the alerts of a slow oracle, wherever it is cut and resumed from what was stored', () => {
    fc.assert(
      fc.property(rule, log, (given, all) => {
        const blocks = ofRule(given, all);
        const alerts = decide(given, blocks, false);
        expect(sorted(alerts.map(shown))).toEqual(sorted(slowAlerts(given, 0, blocks)));
        expect(decide(given, blocks, true)).toEqual(alerts);
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);

  it('opens an alert for different values in the block in which an oracle finds enough of them', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 2, max: 3 }), fc.integer({ min: 1, max: 40 }), (all, count, windowSeconds) => {
        const given: Rule = {
          ...head,
          quietSeconds: 100_000,
          kind: 'threshold',
          where,
          count,
          distinct: 'v',
          windowSeconds,
        };
        const blocks = all.map(({ createdUs, matches }) => ({
          createdUs,
          matches: matches.map((match) => ({ ...match, eventId: `e${match.position}`, value: `v${match.step}` })),
        }));
        const opened = (alerts: readonly { key: string; openedAtUs: number }[]) =>
          alerts.map(({ key, openedAtUs }) => `${key} ${openedAtUs}`).toSorted();
        expect(opened(decide(given, blocks, true))).toEqual(opened(slowAlerts(given, 0, blocks)));
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);

  it('tells each gap of what is expected again and again once, without a wall clock', () => {
    const times = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 20 }), (gaps, withinSeconds) => {
        const given: Rule = { ...head, key: ['a'], quietSeconds: 0, kind: 'absence', expected: where, withinSeconds };
        let at = 0;
        const blocks = gaps.map((gap, position): OracleBlock => {
          at += gap;
          const us = at * second;
          const place = { position, logGroup: 'g', logStream: 's', eventId: `e${position}` };
          const match = { ruleId: 'r', version: 1, step: 1, key: '["a"]', receivedAtUs: us, eventAtUs: us, ...place };
          return { createdUs: us, matches: [match] };
        });
        const end = { createdUs: (at + 1_000) * second, matches: [] };
        const due = gaps.slice(1).flatMap((gap, index) => {
          const before = gaps.slice(0, index + 1).reduce((a, b) => a + b);
          return gap > withinSeconds ? [(before + withinSeconds) * second] : [];
        });
        const alerts = decide(given, [...blocks, end, { ...end, createdUs: end.createdUs + second }], true);
        expect(alerts.map(({ firstAtUs }) => firstAtUs)).toEqual([...due, (at + withinSeconds) * second]);
        expect(alerts.every(({ count }) => count === 1)).toBe(true);
      }),
    );
  });
});
