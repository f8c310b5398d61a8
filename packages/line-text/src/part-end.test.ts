import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partEnd } from './part-end.ts';

function cut(text: string | Buffer, maxBytes: number): [string, string] {
  const line = Buffer.from(text);
  const end = partEnd(line, { start: 0, end: line.length, maxBytes });
  return [line.toString('utf8', 0, end), line.toString('utf8', end)];
}

const calm = 'so it was said, and then again, by all of us here, ';

describe('where an over-long line is cut', () => {
  it('keeps a line that fits whole', () => {
    expect(cut('abc', 3)).toEqual(['abc', '']);
  });

  it('goes back to where no digit is near', () => {
    const [left, right] = cut(`${calm.repeat(4)}card 4556 7345 0008 5943 ${calm}`, 230);
    expect(left + right).toContain('4556 7345 0008 5943');
    expect(right).toMatch(/^[^\d]{32,}4556 7345 0008 5943/);
    expect(left).toMatch(/[^\d]{32}$/);
  });

  it('parts no long word', () => {
    const token = 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo';
    const [left, right] = cut(`${calm.repeat(4)}token ${token} ${calm}`, 230);
    expect(`${left}|${right}`).toContain(token);
  });

  it('takes the farthest place from digits when there is no good one, and the limit in a run without end', () => {
    const [left] = cut('12345 and so 12345 '.repeat(20), 200);
    expect(left).toMatch(/12345 and$/);
    expect(cut('4'.repeat(100), 64)[0]).toHaveLength(64);
    expect(cut('4 '.repeat(100), 64)[0].length).toBeGreaterThan(30);
  });

  it('leaves every character whole, and depends on nothing that is far behind the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('カ', '4', ' ', 'word', '😀', '５', ', '), { minLength: 60, maxLength: 200 }),
        fc.integer({ min: 40, max: 60 }),
        (pieces, maxBytes) => {
          const line = Buffer.from(pieces.join(''));
          const end = partEnd(line, { start: 0, end: line.length, maxBytes });
          expect(end).toBeGreaterThan(0);
          expect(line.toString('utf8', 0, end)).not.toContain('\ufffd');
          if (line.length <= maxBytes + 32) return;
          const other = Buffer.concat([line.subarray(0, maxBytes + 32), Buffer.from('anything, or not')]);
          expect(partEnd(other, { start: 0, end: other.length, maxBytes })).toBe(end);
        },
      ),
    );
  });
});
