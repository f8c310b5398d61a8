import { expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

it('reads Retry-After as seconds and as a date', () => {
  expect(parseRetryAfter('3', 0)).toBe(3000);
  expect(parseRetryAfter('Sun, 22 Nov 2026 00:00:10 GMT', Date.UTC(2026, 10, 22))).toBe(10_000);
  expect(parseRetryAfter('soon', 0)).toBeNull();
  expect(parseRetryAfter('999999', 0)).toBe(600_000);
});
