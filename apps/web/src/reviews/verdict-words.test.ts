import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import en from '../../messages/en.json' with { type: 'json' };
import ja from '../../messages/ja.json' with { type: 'json' };
import type { VerdictReason } from './item-order.ts';
import { reviewItem } from './review-item.fixtures.ts';
import { flaggedWords, reasonWords } from './verdict-words.ts';

const item = reviewItem('a', {
  summary: { rows: 312, flagged: 2, byFlag: {}, people: [], hosts: [], groups: [], plot: [] },
  usual: { low: 120, middle: 150, high: 190, days: 8 },
  newShapes: [{ shape: 'created <*>', events: 3, eventId: 'e1' }],
});
const sentence = (locale: 'ja' | 'en', reason: VerdictReason) => {
  const t = createTranslator({ locale, messages: locale === 'ja' ? ja : en, namespace: 'logReviews.reasons' });
  const { key, values } = reasonWords(reason, item);
  return t(key, values).trim();
};

describe('why the checks ask for a look', () => {
  it.each([
    ['flagged-rows', {}, '要確認の行 2 件', '2 flagged events'],
    ['above-usual', {}, '件数が通常（120〜190 件）より多い', 'More events than usual (120–190)'],
    ['never-seen-shape', {}, '初めて現れた形式の行 1 種類', '1 kind of line never seen before'],
    ['incident', { count: 2 }, 'インシデント 2 件', '2 incidents'],
    ['source-silent', { name: 'ntp02' }, '受信途絶 ntp02', 'Silent source ntp02'],
  ] as const)('is said with figures: %s', (code, params, ...[japanese, english]) => {
    expect(sentence('ja', { code, params })).toBe(japanese);
    expect(sentence('en', { code, params })).toBe(english);
  });
});

it('names the flags of the flagged rows with their numbers, and whose they are and where', () => {
  const counted = (value: string, flagged: number) => ({ value, rows: 5, flagged });
  const byFlag = { 'success-after-failures': 1, 'failures-in-a-row': 7, any: 2 };
  const people = [counted('山田 太郎', 8), counted('伊藤 健', 0), counted('佐藤', 1), counted('鈴木', 1)];
  const summary = { rows: 9, flagged: 8, byFlag, people, hosts: [counted('web01', 8)], groups: [], plot: [] };
  expect(flaggedWords({ summary }, 'ja')).toEqual({
    flags: [
      { word: '連続失敗', count: 7 },
      { word: '連続失敗後の成功', count: 1 },
    ],
    about: ['山田 太郎', '佐藤', 'web01'],
  });
  expect(flaggedWords({ summary: null }, 'en')).toEqual({ flags: [], about: [] });
});
