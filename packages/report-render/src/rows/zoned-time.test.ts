import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { zonedClock } from './zoned-time.ts';

it.each([
  ['Asia/Tokyo', '2026-11-20T01:02:11.123Z', '2026-11-20 10:02:11.123+09:00'],
  ['UTC', '2026-11-20T01:02:11.123Z', '2026-11-20 01:02:11.123+00:00'],
  ['America/St_Johns', '2026-01-20T01:02:11.000Z', '2026-01-19 21:32:11.000-03:30'],
  ['Asia/Kathmandu', '2026-01-20T01:02:11.000Z', '2026-01-20 06:47:11.000+05:45'],
])('reads %s at %s', (zone, moment, written) => {
  expect(zonedClock(zone)(moment)).toBe(written);
});

it('follows clocks that change within the file', () => {
  const clock = zonedClock('Europe/Berlin');
  expect(clock('2026-10-25T00:59:59.999Z')).toBe('2026-10-25 02:59:59.999+02:00');
  expect(clock('2026-10-25T01:00:00.000Z')).toBe('2026-10-25 02:00:00.000+01:00');
});

it('writes a moment that can be read back', () => {
  const clock = zonedClock('Europe/Berlin');
  fc.assert(
    fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }), (date) => {
      expect(new Date(clock(date.toISOString()).replace(' ', 'T')).toISOString()).toBe(date.toISOString());
    }),
  );
});
