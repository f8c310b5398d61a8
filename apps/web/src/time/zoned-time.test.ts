import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitsBeyondMilliseconds, formatInstant, parseInstant, zoneLabel } from './format-instant.ts';
import { fromWallClock, startOfDay, toWallClock } from './zoned-time.ts';

const noon = Date.UTC(2026, 10, 20, 3, 4, 5, 678);

describe('wall clocks', () => {
  it('reads the clock of a zone', () => {
    expect(toWallClock(noon, 'Asia/Tokyo')).toEqual({ year: 2026, month: 11, day: 20, hour: 12, minute: 4, second: 5 });
  });

  it('comes back to the same instant in zones without a change of clocks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000 }),
        fc.constantFrom('Asia/Tokyo', 'UTC', 'Asia/Kathmandu'),
        (second, zone) => {
          const instant = Math.max(second, 600_000_000) * 1000;
          expect(fromWallClock(toWallClock(instant, zone), zone)).toBe(instant);
        },
      ),
    );
  });

  it('takes the first of two equal times and moves a time that never comes', () => {
    const twice = { year: 2026, month: 11, day: 1, hour: 1, minute: 30, second: 0 };
    expect(fromWallClock(twice, 'America/New_York')).toBe(Date.UTC(2026, 10, 1, 5, 30));
    const never = { year: 2026, month: 3, day: 8, hour: 2, minute: 30, second: 0 };
    expect(fromWallClock(never, 'America/New_York')).toBe(Date.UTC(2026, 2, 8, 7, 30));
  });

  it('starts days in the zone', () => {
    expect(startOfDay(noon, 'Asia/Tokyo')).toBe(Date.UTC(2026, 10, 19, 15));
    expect(startOfDay(noon, 'Asia/Tokyo', -1)).toBe(Date.UTC(2026, 10, 18, 15));
  });
});

describe('instants as text', () => {
  it('prints 24 hours with the zone named', () => {
    expect(formatInstant(noon, 'Asia/Tokyo', 'millisecond')).toBe('2026-11-20 12:04:05.678');
    expect(zoneLabel('Asia/Tokyo', noon)).toBe('JST');
    expect(zoneLabel('Asia/Kathmandu', noon)).toBe('UTC+05:45');
    expect(zoneLabel('America/New_York', noon)).toBe('UTC−05:00');
  });

  it('keeps what milliseconds cannot hold', () => {
    expect(parseInstant('2026-11-20T03:04:05.678912Z')).toBe(noon);
    expect(digitsBeyondMilliseconds('2026-11-20T03:04:05.678912Z')).toBe('912');
    expect(digitsBeyondMilliseconds('2026-11-20T03:04:05.678Z')).toBe('');
  });
});
