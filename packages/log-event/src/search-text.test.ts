import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchText } from './search-text.ts';

const reads: [record: string, text: string | undefined][] = [
  ['Failed password for root from 10.1.2.3', undefined],
  ['order #12 of 99%', undefined],
  ['\u001b[31mERROR\u001b[0m payment declined', ' ERROR  payment declined'],
  ['\u001b[36muser=\u001b[0mhanako', ' user= hanako'],
  ['\u001b]0;title\u0007prompt', ' prompt'],
  ['#033[32mINF#033[0m started', ' INF  started'],
  ['^[[32mINF^[[0m', ' INF '],
  ['{"level":"\\u001b[32minfo\\u001b[0m"}', '{"level":" info "}'],
  ['first#012Caused by: x#012#011at y', 'first Caused by: x  at y'],
  ['a#011sasaki#011b', 'a sasaki b'],
  ['{"stack":"first\\nCaused by: x\\n\\tat y"}', '{"stack":"first Caused by: x  at y"}'],
  ['{"name":"\\u4f50\\u85e4"}', '{"name":"佐藤"}'],
  ['{"name":"\\ud842\\udfb7野家"}', '{"name":"𠮷野家"}'],
  ['{"path":"C:\\\\new\\\\table"}', undefined],
  ['{"quote":"\\"a\\" \\/b"}', undefined],
  ['\\x41pple\\x00\\x0Apie', 'Apple  pie'],
  ['octal\\011tab', 'octal tab'],
];

describe('searchText', () => {
  it.each(reads)('%j', (record, text) => {
    expect(searchText(record)).toBe(text);
  });

  it('keeps everything of a text in which nothing is escaped', () => {
    const plain = fc
      .string({ unit: 'grapheme', maxLength: 200 })
      .filter((text) => !['\u001B', '\u009B', '\\', '#', '^'].some((sign) => text.includes(sign)));
    fc.assert(fc.property(plain, (text) => searchText(text) === undefined));
  });

  it('is linear on text made of unfinished escapes', () => {
    const cut = '\u001b]'.repeat(100_000);
    expect(searchText(cut)?.length).toBeLessThanOrEqual(cut.length);
  });
});
