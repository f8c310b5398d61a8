import { describe, expect, it } from 'vitest';
import { durationParts } from './duration-parts.ts';

const minute = 60_000;

describe('durationParts', () => {
  it.each([
    [711, { days: 0, hours: 11, minutes: 51 }],
    [59, { days: 0, hours: 0, minutes: 59 }],
    [60, { days: 0, hours: 1, minutes: 0 }],
    [1440 * 3 + 61, { days: 3, hours: 1, minutes: 0 }],
    [0, { days: 0, hours: 0, minutes: 0 }],
  ])('%i minutes', (minutes, parts) => {
    expect(durationParts(minutes * minute)).toEqual(parts);
  });
});
