import { describe, expect, it } from 'vitest';
import { isReviewDue, nextReviewDue } from './access-review-due.ts';

const at = (text: string) => new Date(`${text}T10:00:00Z`);

describe('nextReviewDue', () => {
  it.each([
    [null, '2026-01-15', '2026-07-15'],
    ['2026-02-20', '2020-01-01', '2026-08-20'],
    ['2026-08-31', '2020-01-01', '2027-02-28'],
    ['2026-10-10', '2020-01-01', '2027-04-10'],
  ])('after a review closed on %s by a tenant of %s is %s', (closed, created, due) => {
    const history = { lastClosedAt: closed === null ? null : at(closed), tenantCreatedAt: at(created) };
    expect(nextReviewDue(history)).toEqual(at(due));
  });

  it('is given notice of', () => {
    const history = { lastClosedAt: at('2026-01-15'), tenantCreatedAt: at('2020-01-01') };
    expect([at('2026-06-14'), at('2026-06-15'), at('2026-08-01')].map((now) => isReviewDue(history, now))).toEqual([
      false,
      true,
      true,
    ]);
  });
});
