import { expect, it } from 'vitest';
import { newsOfSigned } from './signed-news.ts';

const day = '2026-11-20';
const people = { reviewers: ['nakamura', 'nakamura', 'ito'], approvers: ['suzuki', 'nakamura'] };
const by = { id: 'nakamura', name: '中村' };

it('tells those who approve of a submission, and whoever reviewed of what became of it', () => {
  expect(newsOfSigned({ action: 'reviewed', day, by }, people)).toEqual({
    to: ['suzuki'],
    news: { kind: 'submitted', day, by: '中村' },
  });
  for (const action of ['approved', 'returned'] as const) {
    expect(newsOfSigned({ action, day, by: { id: 'suzuki', name: '鈴木' } }, people)).toEqual({
      to: ['nakamura', 'ito'],
      news: { kind: action, day, by: '鈴木' },
    });
  }
});

it('tells nobody of an addendum', () => {
  expect(newsOfSigned({ action: 'addendum', day, by }, people)).toBeNull();
});
