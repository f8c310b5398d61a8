import { expect, it } from 'vitest';
import { timeZoneName } from './time-zone.ts';
import { zoneClock } from './zone-clock.ts';

it('has one name for every spelling of a zone', () => {
  for (const spelling of ['Asia/Tokyo', 'asia/tokyo', 'ASIA/TOKYO', 'aSiA/ToKyO'])
    expect(timeZoneName(spelling), spelling).toBe('Asia/Tokyo');
  expect(timeZoneName('+0900')).toBe(timeZoneName('+09:00'));
  for (const wrong of ['', 'Nowhere/Town', 'x'.repeat(1_000), '../etc']) expect(timeZoneName(wrong)).toBeUndefined();
});

it('keeps one clock for all spellings of a zone, whatever is asked in between', () => {
  const clock = zoneClock('Asia/Tokyo');
  for (let bits = 0; bits < 2 ** 9; bits += 1) {
    const spelling = 'asia/tokyo'.replace(/./g, (letter, at: number) =>
      (bits >> at) & 1 ? letter.toUpperCase() : letter,
    );
    expect(zoneClock(spelling), spelling).toBe(clock);
  }
  for (let at = 0; at < 5_000; at += 1) expect(zoneClock(`Nowhere/Town${at}`)).toBeUndefined();
  expect(zoneClock('Asia/Tokyo')).toBe(clock);
  expect(clock?.offsetAt(1_790_000_000)).toBe(9 * 3600);
});
