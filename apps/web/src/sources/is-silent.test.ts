import { describe, expect, it } from 'vitest';
import { isSilent } from './is-silent.ts';

describe('isSilent', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  it.each([
    [null, false],
    ['2026-11-22T11:00:00Z', true],
    ['2026-11-22T11:00:01Z', false],
    ['2026-11-22T12:00:05Z', false],
  ])('of a source last heard at %s is %s', (lastReceivedAt, silent) => {
    expect(isSilent({ lastReceivedAt }, now)).toBe(silent);
  });
});
