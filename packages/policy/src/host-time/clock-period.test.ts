import { expect, it } from 'vitest';
import { clockPeriod, type ClockFact, type ClockPeriod } from './clock-period.ts';
import { usualTimeLimits, type TimeSettings } from './judge-time.ts';

const minute = 60_000;
const day = 1440 * minute;
const none: TimeSettings = { servers: [], groups: [] };

/** The facts of a host at minutes of the second day, or before it. */
function over(facts: readonly [minutes: number, fact: Partial<ClockFact>][], settings = none): ClockPeriod {
  const placed = facts.map(([minutes, fact]): ClockFact => {
    const at = day + minutes * minute;
    return {
      kind: 'seen',
      program: 'ntpd',
      server: null,
      stratum: null,
      offsetSeconds: null,
      by: null,
      account: null,
      eventId: `at ${minutes}`,
      timeMs: at,
      receivedMs: at,
      ...fact,
    };
  });
  const found = clockPeriod({ host: 'web01', facts: placed, fromMs: day, toMs: 2 * day }, settings);
  if (found === null) throw new Error('nothing was folded');
  return found;
}

const sync = { kind: 'synchronized', server: '192.0.2.1' } as const;
const byHand = { kind: 'stepped', by: 'person', account: 'tanaka' } as const;

it('knows the state at the start of a day by the lines before it', () => {
  expect(over([[-60, sync]])).toMatchObject({ time: { state: 'synchronized', server: '192.0.2.1' }, problems: [] });
});

it('tells from when to when a clock was without synchronisation, and that it was for too long', () => {
  const found = over([
    [-60, sync],
    [10, { kind: 'stopped' }],
    [100, sync],
    [200, { kind: 'unsynchronized' }],
    [210, sync],
  ]);
  expect(found.lost).toEqual([
    { state: 'stopped', fromMs: day + 10 * minute, toMs: day + 100 * minute },
    { state: 'unsynchronized', fromMs: day + 200 * minute, toMs: day + 210 * minute },
  ]);
  expect(found.problems).toEqual(['service-stopped']);
  expect(found.events).toEqual([{ eventId: 'at 10', problem: 'service-stopped', offsetSeconds: null }]);
});

it('tells of a loss on the day on which it passes the limit, once', () => {
  const before = over([
    [-60, sync],
    [-10, { kind: 'unsynchronized' }],
  ]);
  expect(before.events).toEqual([{ eventId: 'at -10', problem: 'not-synchronized', offsetSeconds: null }]);
  const earlier = over([
    [-120, sync],
    [-90, { kind: 'unsynchronized' }],
  ]);
  expect(earlier).toMatchObject({ events: [], problems: ['not-synchronized'] });
  const late = over([
    [-60, sync],
    [1430, { kind: 'unsynchronized' }],
  ]);
  expect(late).toMatchObject({ events: [], problems: [], lost: [{ toMs: null }] });
});

it('tells of a step by the line that knows who made it, and of none below the limit', () => {
  const found = over([
    [-60, sync],
    [10, { kind: 'stepped', by: 'service', offsetSeconds: 0.2 }],
    [600, { kind: 'stepped', by: 'unknown', eventId: 'systemd' }],
    [600.5, { ...byHand, eventId: 'sudo' }],
    [601, sync],
  ]);
  expect(found.steps).toHaveLength(2);
  expect(found.events).toEqual([{ eventId: 'sudo', problem: 'stepped', offsetSeconds: null }]);
  expect(found.problems).toEqual(['stepped']);
});

it('judges by every server and the largest offset of the day, with the limits of the host’s group', () => {
  const settings: TimeSettings = {
    servers: [{ address: '192.0.2.0/28', note: '' }],
    groups: [{ name: 'trade', hosts: ['web*'], limits: { ...usualTimeLimits, offsetMs: 100 } }],
  };
  const found = over(
    [
      [0, { ...sync, server: '198.51.100.1', offsetSeconds: -0.3 }],
      [10, { ...sync, offsetSeconds: 0.01 }],
    ],
    settings,
  );
  expect(found).toMatchObject({
    group: 'trade',
    isDesignated: true,
    offsetSeconds: -0.3,
    problems: ['peer-undesignated', 'offset-too-large'],
  });
});

it('is nothing without a line', () => {
  expect(clockPeriod({ host: 'web01', facts: [], fromMs: day, toMs: 2 * day }, none)).toBeNull();
});
