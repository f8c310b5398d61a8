import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellAt, type ChannelTimes } from './channel-times.ts';

const timeZone = 'Asia/Tokyo';
/** A moment of Tokyo: Monday 2026-11-30 and the days after it. */
const tokyo = (text: string): Date => new Date(`${text}:00+09:00`);
const office = { days: [1, 2, 3, 4, 5], fromMinute: 9 * 60, untilMinute: 18 * 60 };
const nights = { days: [1, 2, 3, 4, 5], fromMinute: 22 * 60, untilMinute: 6 * 60 };
const told = (times: ChannelTimes, now: string, severity: 'high' | 'critical' = 'high'): Date =>
  tellAt(severity, times, { now: tokyo(now), timeZone });

describe('a channel is told', () => {
  it('at once when it has neither hours nor a digest, and of what is critical always', () => {
    expect(told({ hours: null, digestMinute: null }, '2026-11-30T03:00')).toEqual(tokyo('2026-11-30T03:00'));
    const strict = { hours: office, digestMinute: 8 * 60 };
    expect(told(strict, '2026-12-05T03:00', 'critical')).toEqual(tokyo('2026-12-05T03:00'));
  });

  it.each([
    ['2026-11-30T09:00', '2026-11-30T09:00'],
    ['2026-11-30T17:59', '2026-11-30T17:59'],
    ['2026-11-30T18:00', '2026-12-01T09:00'],
    ['2026-11-30T08:59', '2026-11-30T09:00'],
    // Friday evening.
    ['2026-12-04T18:00', '2026-12-07T09:00'],
  ])('within its hours, or when they begin: %s', (now, expected) => {
    expect(told({ hours: office, digestMinute: null }, now)).toEqual(tokyo(expected));
  });

  it.each([
    ['2026-11-30T21:59', '2026-11-30T22:00'],
    ['2026-12-01T05:59', '2026-12-01T05:59'],
    ['2026-12-05T05:59', '2026-12-05T05:59'],
    ['2026-12-05T06:00', '2026-12-07T22:00'],
  ])('in hours that end on the next day: %s', (now, expected) => {
    expect(told({ hours: nights, digestMinute: null }, now)).toEqual(tokyo(expected));
  });

  it.each([
    ['2026-11-30T07:00', '2026-11-30T08:30'],
    ['2026-11-30T08:30', '2026-12-01T08:30'],
    ['2026-11-30T12:00', '2026-12-01T08:30'],
  ])('of everything with its digest when it has no hours: %s', (now, expected) => {
    expect(told({ hours: null, digestMinute: 510 }, now)).toEqual(tokyo(expected));
  });

  it('of what came outside its hours with its digest', () => {
    const times = { hours: office, digestMinute: 510 };
    expect(told(times, '2026-11-30T12:00')).toEqual(tokyo('2026-11-30T12:00'));
    expect(told(times, '2026-12-05T12:00')).toEqual(tokyo('2026-12-06T08:30'));
  });

  it('never earlier than now, and never later than the hours or the digest allow', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const hours = fc.record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      fromMinute: minute,
      untilMinute: fc.integer({ min: 1, max: 1440 }),
    });
    const times = fc.record({ hours: fc.option(hours), digestMinute: fc.option(minute) });
    const zones = fc.constantFrom('Asia/Tokyo', 'UTC', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe');
    const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(times, zones, moments, (given, zone, now) => {
        const at = tellAt('medium', given, { now, timeZone: zone });
        const waitsDays = (at.getTime() - now.getTime()) / 86_400_000;
        expect(waitsDays).toBeGreaterThanOrEqual(0);
        // A day may have 25 hours.
        expect(waitsDays).toBeLessThan(given.digestMinute === null ? 7.1 : 1.1);
      }),
    );
  });
});
