import { assert, constantFrom, date, integer, property, record, tuple, uuid } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayName, localDay, localInstant, minuteName, weekName, weekOf } from './calendar.ts';
import { newestDue, periodAfter, periodFollowing, type Cadence } from './duty-period.ts';
import { staggerMs } from './stagger.ts';

const zones = [
  'UTC',
  'Asia/Tokyo',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Africa/Casablanca',
  'America/Santiago',
  'Asia/Kathmandu',
  'Pacific/Chatham',
];
const moments = date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2037-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const cadences = constantFrom<Cadence>(
  { kind: 'every', minutes: 1 },
  { kind: 'every', minutes: 60 },
  { kind: 'every', minutes: 7 },
  { kind: 'calendar', unit: 'day', minuteOfDay: 0 },
  { kind: 'calendar', unit: 'day', minuteOfDay: 150 },
  { kind: 'calendar', unit: 'week', minuteOfDay: 480 },
  { kind: 'calendar', unit: 'month', minuteOfDay: 1439 },
);
const places = record({ timeZone: constantFrom(...zones), staggerMs: integer({ min: 0, max: 3_599_999 }) });
const withinSlot = (cadence: Cadence, ms: number): number =>
  cadence.kind === 'every' ? ms % (cadence.minutes * 60_000) : ms;

describe('periods', () => {
  it('follow each other without a gap: each moment has one newest period, and the next is not due yet', () => {
    assert(
      property(cadences, places, moments, (cadence, { timeZone, staggerMs: ms }, moment) => {
        const place = { timeZone, staggerMs: withinSlot(cadence, ms) };
        const newest = newestDue(cadence, place, moment);
        const next = periodAfter(cadence, place, newest.name);
        expect(newest.dueAt.getTime()).toBeLessThanOrEqual(moment.getTime());
        expect(next.dueAt.getTime()).toBeGreaterThan(moment.getTime());
        expect(next.name > newest.name).toBe(true);
        expect(newestDue(cadence, place, next.dueAt)).toEqual(next);
      }),
    );
  });

  it('of a day begin on that day, whatever the clocks do', () => {
    assert(
      property(constantFrom(...zones), moments, integer({ min: 0, max: 1439 }), (timeZone, moment, minuteOfDay) => {
        const cadence = { kind: 'calendar', unit: 'day', minuteOfDay } as const;
        const { name, dueAt } = newestDue(cadence, { timeZone, staggerMs: 0 }, moment);
        expect(dayName(localDay(dueAt, timeZone))).toBe(name);
      }),
    );
  });

  it('of a zone are as long as its days are when the clocks change', () => {
    const hours = (day: string, timeZone: string, minuteOfDay: number): number => {
      const cadence = { kind: 'calendar', unit: 'day', minuteOfDay } as const;
      const place = { timeZone, staggerMs: 0 };
      const from = newestDue(cadence, place, new Date(`${day}T23:00:00Z`));
      return (periodAfter(cadence, place, from.name).dueAt.getTime() - from.dueAt.getTime()) / 3_600_000;
    };
    expect(hours('2026-03-28', 'Europe/London', 180)).toBe(23);
    expect(hours('2026-10-24', 'Europe/London', 180)).toBe(25);
    expect(hours('2026-03-28', 'Asia/Tokyo', 180)).toBe(24);
  });

  it('begin behind the gap when their time is skipped, and at the first of two when it comes twice', () => {
    const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
    expect(localInstant(day('2026-03-08'), 150, 'America/New_York').toISOString()).toBe('2026-03-08T07:30:00.000Z');
    expect(localInstant(day('2026-11-01'), 90, 'America/New_York').toISOString()).toBe('2026-11-01T05:30:00.000Z');
  });

  it('of months end where the months do', () => {
    const monthly = { kind: 'calendar', unit: 'month', minuteOfDay: 0 } as const;
    const place = { timeZone: 'Asia/Tokyo', staggerMs: 0 };
    expect(newestDue(monthly, place, new Date('2028-02-29T14:59:59Z')).name).toBe('2028-02');
    expect(newestDue(monthly, place, new Date('2028-02-29T15:00:00Z')).name).toBe('2028-03');
    expect(periodAfter(monthly, place, '2026-12')).toEqual({
      name: '2027-01',
      dueAt: new Date('2026-12-31T15:00:00Z'),
    });
  });

  it('of weeks are named as ISO 8601 names them', () => {
    for (const [day, name] of [
      ['2026-12-31', '2026-W53'],
      ['2027-01-03', '2026-W53'],
      ['2027-01-04', '2027-W01'],
      ['2024-12-30', '2025-W01'],
    ] as const) {
      const weekly = { kind: 'calendar', unit: 'week', minuteOfDay: 0 } as const;
      expect(newestDue(weekly, { timeZone: 'UTC', staggerMs: 0 }, new Date(`${day}T12:00:00Z`)).name, day).toBe(name);
      expect(weekName(weekOf(name))).toBe(name);
    }
    expect(weekOf('2025-W53')).toBeNaN();
  });

  it('refuse a name that is none', () => {
    const place = { timeZone: 'UTC', staggerMs: 0 };
    for (const name of ['', '2026-02-30', '2026-13', 'yesterday']) {
      const daily = { kind: 'calendar', unit: 'day', minuteOfDay: 0 } as const;
      expect(() => periodAfter(daily, place, name), name).toThrow(RangeError);
    }
  });

  it('that follow are in a minute of their own, so many minutes later, at the beginning of it', () => {
    assert(
      property(tuple(integer({ min: 0, max: 90 }), moments), ([minutes, moment]) => {
        const { name, dueAt } = periodFollowing(minutes, moment);
        const waits = dueAt.getTime() - moment.getTime() - minutes * 60_000;
        expect(waits <= 0 && waits > -60_000).toBe(true);
        expect(name).toBe(minuteName(dueAt.getTime() / 60_000));
      }),
    );
  });
});

describe('staggerMs', () => {
  it('stays within the spread, and is always the same', () => {
    assert(
      property(uuid(), integer({ min: 0, max: 86_400_000 }), (id, spread) => {
        const share = staggerMs(`verification ${id}`, spread);
        expect(share >= 0 && (share < spread || spread === 0)).toBe(true);
        expect(staggerMs(`verification ${id}`, spread)).toBe(share);
      }),
    );
  });

  it('spreads a thousand organisations over the whole of it', () => {
    const buckets = Array.from({ length: 20 }, () => 0);
    for (let index = 0; index < 1000; index += 1) {
      const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
      const share = Math.floor((staggerMs(`verification ${id}`, 3_600_000) / 3_600_000) * buckets.length);
      buckets[share] = (buckets[share] ?? 0) + 1;
    }
    for (const count of buckets) expect(count).toBeGreaterThan(20);
    for (const count of buckets) expect(count).toBeLessThan(90);
  });
});
