import { describe, expect, it } from 'vitest';

import { backOffMs, busyBackOff } from './back-off.ts';

describe('back-off', () => {
  it('doubles up to its limit and never undercuts the server', () => {
    const at = (attempt: number, random: number): number =>
      backOffMs(busyBackOff, attempt, { random, retryAfterMs: null });
    expect([at(1, 0), at(1, 1), at(3, 1), at(50, 1)]).toEqual([250, 500, 2000, 60_000]);
    expect(backOffMs(busyBackOff, 1, { random: 0, retryAfterMs: 7000 })).toBe(7000);
  });
});
