import { describe, expect, it } from 'vitest';
import { isOutsideHours } from './outside-hours.ts';
import { usualHours, type WorkingHours } from '../definitions/working-hours.ts';

const outside = (moment: string, hours: WorkingHours = usualHours, zone = 'Asia/Tokyo'): boolean =>
  isOutsideHours(hours, Date.parse(moment), zone);

describe('working hours', () => {
  it('begin with their first minute and end before their last, by the clocks of the zone', () => {
    expect(outside('2026-11-20T07:59:59.999+09:00')).toBe(true);
    expect(outside('2026-11-20T08:00:00+09:00')).toBe(false);
    expect(outside('2026-11-20T19:59:59.999+09:00')).toBe(false);
    expect(outside('2026-11-20T20:00:00+09:00')).toBe(true);
    expect(outside('2026-11-20T10:00:00Z')).toBe(false);
    expect(outside('2026-11-20T11:00:00Z')).toBe(true);
  });

  it('leave out the days that are none', () => {
    expect(outside('2026-11-21T10:00:00+09:00')).toBe(true);
    expect(outside('2026-11-22T10:00:00+09:00')).toBe(true);
    expect(outside('2026-11-23T10:00:00+09:00')).toBe(false);
  });

  it('go over midnight with the day on which they began', () => {
    const night: WorkingHours = { days: [5], fromMinute: 22 * 60, untilMinute: 6 * 60 };
    expect(outside('2026-11-20T23:00:00+09:00', night)).toBe(false);
    expect(outside('2026-11-21T05:59:00+09:00', night)).toBe(false);
    expect(outside('2026-11-21T06:00:00+09:00', night)).toBe(true);
    expect(outside('2026-11-20T05:00:00+09:00', night)).toBe(true);
    const sunday: WorkingHours = { ...night, days: [7] };
    expect(outside('2026-11-23T01:00:00+09:00', sunday)).toBe(false);
  });

  it('follow the clocks that people set forward and back', () => {
    const berlin = (moment: string): boolean => outside(moment, usualHours, 'Europe/Berlin');
    expect(berlin('2026-03-30T06:30:00Z')).toBe(false);
    expect(berlin('2026-03-27T06:30:00Z')).toBe(true);
  });
});
