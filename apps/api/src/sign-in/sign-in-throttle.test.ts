import { expect, it } from 'vitest';
import { SignInThrottle } from './sign-in-throttle.ts';

const minute = 60_000;

it('lets nobody try for half an hour after ten failures', () => {
  const throttle = new SignInThrottle();
  for (let n = 0; n < 10; n++) {
    expect(throttle.waitMs('a', n)).toBe(0);
    throttle.countFailure('a', n);
  }
  expect(throttle.waitMs('a', minute)).toBeGreaterThan(28 * minute);
  expect(throttle.waitMs('b', minute)).toBe(0);
  expect(throttle.waitMs('a', 31 * minute)).toBe(0);
});

it('forgets failures after a sign-in, and old ones', () => {
  const throttle = new SignInThrottle();
  for (let n = 0; n < 9; n++) throttle.countFailure('a', 0);
  throttle.forget('a');
  throttle.countFailure('a', 0);
  for (let n = 0; n < 9; n++) throttle.countFailure('b', 0);
  throttle.countFailure('b', 40 * minute);
  expect([throttle.waitMs('a', 0), throttle.waitMs('b', 40 * minute)]).toEqual([0, 0]);
});
