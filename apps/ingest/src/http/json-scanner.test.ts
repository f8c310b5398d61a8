import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSpace, JsonScanner } from './json-scanner.ts';

/** The verdict of the scanner on a whole text, which comes in pieces of `step` bytes. */
function isJson(text: string, step: number): boolean {
  const bytes = Buffer.from(text, 'latin1');
  const scanner = new JsonScanner(64);
  for (let from = 0; from < bytes.length; from += step) {
    const { verdict, at } = scanner.scan(bytes, from, Math.min(bytes.length, from + step));
    if (verdict === 'done') return bytes.subarray(at).every((byte) => isSpace(byte));
    if (verdict !== 'open') return false;
  }
  return scanner.atEnd === 'done';
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const step = fc.integer({ min: 1, max: 9 });

describe('a value of JSON', () => {
  it('is one exactly where JSON.parse says so, whatever pieces it comes in', () => {
    const valid = fc.json({ maxDepth: 5 }).map((text) => Buffer.from(text).toString('latin1'));
    fc.assert(fc.property(valid, step, (text, by) => isJson(text, by)));
    const near = fc
      .tuple(valid, fc.nat(), fc.constantFrom(...Array.from('{}[]",:\\0123-+.eEtfnul \n\t\u0000\u001f')), fc.boolean())
      .map(([text, place, put, isInserted]) => {
        const at = place % (text.length + 1);
        return text.slice(0, at) + put + text.slice(isInserted ? at : at + 1);
      });
    fc.assert(
      fc.property(near, step, (text, by) => isJson(text, by) === parses(text)),
      { numRuns: 3000 },
    );
    const tokens = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"\\u00e9\\n"',
        'true',
        'nul',
        'null',
        '-',
        '0',
        '1.5e+3',
        ' ',
      ),
    );
    fc.assert(
      fc.property(tokens, step, (parts, by) => isJson(parts.join(''), by) === parses(parts.join(''))),
      { numRuns: 3000 },
    );
  });

  it('is not followed deeper than the limit', () => {
    const nested = Buffer.from('['.repeat(65));
    expect(new JsonScanner(64).scan(nested, 0, 64)).toEqual({ verdict: 'open', at: 64 });
    expect(new JsonScanner(64).scan(nested, 0, 65)).toEqual({ verdict: 'too-deep', at: 64 });
  });

  it('ends behind its last byte, and a number before what follows it', () => {
    const end = (text: string): number => new JsonScanner(8).scan(Buffer.from(text), 0, text.length).at;
    expect([end('{"a":[1]} ,'), end('"x",'), end('17]'), end('true,')]).toEqual([9, 3, 2, 4]);
  });
});
