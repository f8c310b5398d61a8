import { describe, expect, it } from 'vitest';
import { csvText } from './csv-text.ts';

describe('csvText', () => {
  it('begins with a byte order mark and ends each line with CRLF', () => {
    expect(csvText(['名前', '件数'], [['山田', 3]])).toBe('\uFEFF名前,件数\r\n山田,3\r\n');
  });

  it('quotes what would break a row', () => {
    expect(csvText(['a'], [['x,"y"\nz'], [null]])).toBe('\uFEFFa\r\n"x,""y""\nz"\r\n\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('never lets %j become a formula', (text) => {
    expect(csvText(['a'], [[text]])).toContain(`'${text}`);
  });
});
