import { describe, expect, it } from 'vitest';
import { pickLocale } from './locale.ts';

describe('pickLocale', () => {
  it.each([
    ['en', 'ja', 'en'],
    [undefined, 'en-GB,en;q=0.9,ja;q=0.8', 'en'],
    [undefined, 'fr, en;q=0.2, ja-JP;q=0.7', 'ja'],
    ['xx', 'fr', 'ja'],
    [undefined, 'en;q=0', 'ja'],
    [undefined, null, 'ja'],
  ])('of %s and %s is %s', (chosen, accepted, locale) => {
    expect(pickLocale(chosen, accepted)).toBe(locale);
  });
});
