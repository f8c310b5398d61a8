import { expect, it } from 'vitest';
import { describeClock, readClock } from './moved-clock.ts';

it('moves the clock for drills alone', () => {
  const year = { AKASHI_CLOCK_OFFSET_S: '31536000' };
  expect(() => readClock(year)).toThrow('set AKASHI_DRILL=1 as well');
  const clock = readClock({ ...year, AKASHI_DRILL: '1' });
  expect(clock.now().getTime() - clock.hostNow().getTime()).toBeCloseTo(31_536_000_000, -3);
  expect(describeClock(clock)).toMatch(/^The clock is moved by 31,536,000 s: it is \d{4}-/);
  expect(readClock({ AKASHI_CLOCK_OFFSET_S: '-60', AKASHI_DRILL: '1' }).offsetSeconds).toBe(-60);
});

it('stands as the machine’s where nothing is said', () => {
  expect(readClock({}).offsetSeconds).toBe(0);
  expect(readClock({ AKASHI_CLOCK_OFFSET_S: '0' }).offsetSeconds).toBe(0);
  expect(describeClock(readClock({}))).toBeUndefined();
});

it.each(['1.5', '1e3', 'a year', ' 5', '0x10', '99999999999', '1000000001'])('refuses %j', (text) => {
  expect(() => readClock({ AKASHI_CLOCK_OFFSET_S: text, AKASHI_DRILL: '1' })).toThrow('a whole number of seconds');
});
