import { expect, it } from 'vitest';
import { daysThatWait } from './days-that-wait.ts';

it('are those that are the person’s own to work on', () => {
  const days = (['open', 'returned', 'missed', 'submitted', 'approved', 'not-due'] as const).map((state) => ({
    state,
  }));
  expect(daysThatWait(days, 'perform')).toBe(3);
  expect(daysThatWait(days, 'approve')).toBe(1);
});
