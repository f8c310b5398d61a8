import type { DecidingPeriod } from '@akashi/database';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planPeriods, type PeriodPlan } from './plan-periods.ts';

const period = (revision: number, more: Partial<DecidingPeriod> = {}): DecidingPeriod => ({
  revision,
  ruleId: 'r',
  version: revision,
  firstEntry: null,
  sinceUs: null,
  isEnded: false,
  ...more,
});
const running = { firstEntry: 3, sinceUs: 1 };
const ended = { isEnded: true };

const revisions = (plan: PeriodPlan): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(plan).map(([step, periods]) => [step, periods.map(({ revision }: DecidingPeriod) => revision)]),
  );

it.each([
  ['begins once its events were matched', [period(2)], 2, { inForce: [2], begin: [2], end: [], skip: [] }],
  ['waits for events that are matched for it', [period(2)], 1, { inForce: [], begin: [], end: [], skip: [] }],
  ['begins with a block without events', [period(2)], null, { inForce: [2], begin: [2], end: [], skip: [] }],
  ['goes on', [period(1, running)], 0, { inForce: [1], begin: [], end: [], skip: [] }],
  [
    'ends when it was switched off',
    [period(1, { ...running, ...ended })],
    1,
    { inForce: [], begin: [], end: [1], skip: [] },
  ],
  [
    'goes on until the next version can begin',
    [period(1, { ...running, ...ended }), period(2)],
    1,
    { inForce: [1], begin: [], end: [], skip: [] },
  ],
  [
    'gives way to the next version',
    [period(1, { ...running, ...ended }), period(2)],
    2,
    { inForce: [2], begin: [2], end: [1], skip: [] },
  ],
  [
    'never begins when it was switched off before',
    [period(2, ended)],
    2,
    { inForce: [], begin: [], end: [], skip: [2] },
  ],
  [
    'begins although another one is to take its place, where only that one cannot begin',
    [period(1, { ...running, ...ended }), period(2, ended), period(3)],
    2,
    { inForce: [2], begin: [2], end: [1], skip: [] },
  ],
  [
    'is passed over where the next one begins with the same block',
    [period(1, { ...running, ...ended }), period(2, ended), period(3)],
    3,
    { inForce: [3], begin: [3], end: [1], skip: [2] },
  ],
])('a version %s', (_name, live, matched, expected) => {
  expect(revisions(planPeriods(live, matched))).toEqual(expected);
});

/** What people do to a rule, and blocks that come between: each a list of periods as the table would have them. */
const acts = fc.array(
  fc.oneof(
    fc.record({ act: fc.constantFrom('change', 'off', 'on') }),
    fc.record({ act: fc.constant('block'), behind: fc.option(fc.integer({ min: 0, max: 3 })) }),
  ),
  { maxLength: 30 },
);

it('decides every block by one version of a rule at most that its events were matched for, and by none that is off', () => {
  fc.assert(
    fc.property(acts, (all) => {
      let periods: DecidingPeriod[] = [];
      let revision = 0;
      let entry = 0;
      const end = (): void => {
        periods = periods.map((each) => ({ ...each, isEnded: true }));
      };
      for (const step of all) {
        const isOn = periods.some(({ isEnded }) => !isEnded);
        if (step.act === 'off') end();
        else if (step.act === 'change' && isOn) {
          end();
          periods.push(period((revision += 1)));
        } else if (step.act === 'on' && !isOn) periods.push(period((revision += 1)));
        else if ('behind' in step) {
          const matched = step.behind === null ? null : Math.max(0, revision - step.behind);
          const plan = planPeriods(periods, matched);
          expect(plan.inForce.length).toBeLessThanOrEqual(1);
          const begun = new Set(plan.begin);
          for (const each of plan.inForce) {
            expect(each.firstEntry !== null || begun.has(each)).toBe(true);
            if (begun.has(each) && matched !== null) expect(each.revision).toBeLessThanOrEqual(matched);
          }
          if (!periods.some(({ isEnded }) => !isEnded)) expect(plan.inForce).toEqual([]);
          const gone = new Set([...plan.end, ...plan.skip]);
          periods = periods
            .filter((each) => !gone.has(each))
            .map((each) => (begun.has(each) ? { ...each, firstEntry: entry, sinceUs: 1 } : each));
          expect(periods.filter(({ firstEntry }) => firstEntry !== null).length).toBeLessThanOrEqual(1);
          entry += 1;
        }
      }
      const last = planPeriods(periods, null);
      expect(last.inForce.map(({ revision: each }) => each)).toEqual(
        periods.filter(({ isEnded }) => !isEnded).map(({ revision: each }) => each),
      );
    }),
  );
});
