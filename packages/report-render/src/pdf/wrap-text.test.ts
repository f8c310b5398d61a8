import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../rows/run.fixtures.ts';
import { wrapText } from './wrap-text.ts';

const one = (): number => 1;

describe('lines of a text', () => {
  it.each([
    {
      where: 'at a space behind the middle',
      text: 'Failed password for root',
      width: 10,
      lines: ['Failed ', 'password ', 'for root'],
    },
    { where: 'anywhere where nothing parts a word', text: 'abcdefghij', width: 4, lines: ['abcd', 'efgh', 'ij'] },
    {
      where: 'behind a sign that parts words',
      text: '/usr/local/bin/psql',
      width: 11,
      lines: ['/usr/local/', 'bin/psql'],
    },
    {
      where: 'between ideographs',
      text: '認証の失敗がありました',
      width: 4,
      lines: ['認証の失', '敗があり', 'ました'],
    },
    { where: 'never before a full stop', text: '認証失敗。以上', width: 4, lines: ['認証失', '敗。以上'] },
    { where: 'at its own line feeds', text: 'a\nb', width: 9, lines: ['a', 'b'] },
  ])('break $where', ({ text, width, lines }) => {
    expect(wrapText(text, width, one)).toEqual(lines);
  });

  it('are the text again, and no line is wider than it may be but for a space at its end', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 20 }), (text, width) => {
        const lines = wrapText(text, width, one);
        expect(lines.join('')).toBe(text.replaceAll('\n', ''));
        const widest = Math.max(...lines.map((line) => Array.from(line.trimEnd()).length));
        expect(widest).toBeLessThanOrEqual(width);
      }),
    );
  });
});
