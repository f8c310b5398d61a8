import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { areHours, dayRuns, minuteText, readMinute } from './hours-text.ts';

describe('a time of day', () => {
  it('is read as it is written', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1440 }), (minute) => readMinute(minuteText(minute)) === minute));
  });

  it.each(['', '8', '24:01', '25:00', '08:60', '8:00 am'])('is not “%s”', (text) => {
    expect(readMinute(text)).toBeNull();
  });

  it('may lack a zero', () => {
    expect(readMinute(' 8:30 ')).toBe(510);
  });
});

it('days of the week are told in runs', () => {
  expect(dayRuns([7, 1, 2, 3, 5, 1])).toEqual([
    [1, 3],
    [5, 5],
    [7, 7],
  ]);
});

it('hours are some days and two times', () => {
  expect(areHours({ days: [1], fromMinute: 480, untilMinute: 1200 })).toBe(true);
  expect(areHours({ days: [1], fromMinute: 1320, untilMinute: 360 })).toBe(true);
  expect(areHours({ days: [], fromMinute: 480, untilMinute: 1200 })).toBe(false);
  expect(areHours({ days: [1], fromMinute: 480, untilMinute: 480 })).toBe(false);
  expect(areHours({ days: [1], fromMinute: 1440, untilMinute: 1440 })).toBe(false);
});
