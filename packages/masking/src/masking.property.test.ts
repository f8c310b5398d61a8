import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMasker } from './index.ts';
import { checkDigit } from './masking.fixtures.ts';

const masker = createMasker({ version: 'test', keep: 'first6last4' });

/** The checker's own idea of a card number, written from the networks' tables and apart from the code under test. */
const issued =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|35(?:2[89]|[3-8]\d)\d{12,15}|3(?:0[0-5]|6\d|[89]\d)\d{11,16}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|62\d{14,17})$/;

function survivors(text: string): string[] {
  const found: string[] = [];
  for (const separator of ['', ' ', '-']) {
    // A whole run: with a separator, what stands behind another one belongs to it; with a dash, letters do as well.
    const further = separator === '' ? '[\\dA-Za-z.]' : `${separator}?\\d|${separator === '-' ? '-?' : ''}[A-Za-z]|\\.`;
    const pattern = `\\d(?:${separator === '' ? '' : `${separator}?`}\\d)*`;
    for (const [run] of text.matchAll(new RegExp(`(?<![\\dA-Za-z.]|[A-Za-z]-)${pattern}(?!${further})`, 'g'))) {
      if (separator !== '' && !run.includes(separator)) continue;
      const digits = run.replaceAll(/\D/g, '');
      if (issued.test(digits) && checkDigit(digits.slice(0, -1)) === Number(digits.at(-1))) found.push(run);
    }
  }
  return found;
}

const pan = fc
  .tuple(
    fc.constantFrom('4', '51', '2221', '34', '3528', '36', '6011', '62'),
    fc.stringMatching(/^\d{18}$/),
    fc.integer({ min: 13, max: 19 }),
  )
  .map(([prefix, filler, length]) => {
    const body = (prefix + filler).slice(0, length - 1);
    return body + String(checkDigit(body));
  });
const written = fc
  .tuple(pan, fc.constantFrom('', ' ', '-'), fc.integer({ min: 1, max: 6 }))
  .map(([digits, separator, size]) => (digits.match(new RegExp(`\\d{1,${size}}`, 'g')) ?? []).join(separator));
const piece = fc.oneof(
  written,
  pan,
  pan.map((digits) => Buffer.from(`n ${digits}`).toString('base64')),
  pan.map((digits) => digits.replaceAll('4', '\\u0034')),
  fc.constantFrom(
    ...'pan=|PAN: |"card_number":|cvv=|pin: |cid=|track2=|;|=2512101|^|%B|?| |-|.|,|"|{|}|[|]|:|\\|\\"|<pan>|</pan>|%20|%3D|&#52;|&nbsp;|カード番号|：|は|４|\u200b|\u2060|*|X|_|/|blk_|trace_id=|pin_block=|\u00a0|number'.split(
      '|',
    ),
  ),
  fc.stringMatching(/^[A-Fa-f0-9]{1,32}$/),
  fc.nat({ max: 99_999 }).map(String),
  fc.string({ maxLength: 6, unit: 'binary' }),
);
const line = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

describe('masking, whatever the line', { timeout: 60_000 }, () => {
  it('leaves no card number and changes nothing a second time', () => {
    fc.assert(
      fc.property(line, (text) => {
        const result = masker.mask(Buffer.from(text));
        const after = result === null ? text : result.record.toString();
        // The checker reads ASCII only: digits of another script next to ASCII ones make a longer number for us. Characters
        // of no width are not seen, and seen as borders. What its name says is no card number stays.
        if (!/(?![0-9])\p{Nd}|&#52;|\\u0034|trace_id|blk_/u.test(text)) {
          const spaced = after.replaceAll(/\u00a0|&nbsp;|%20/g, ' ');
          expect(survivors(spaced.replaceAll(/[\u200b\u2060]/g, ''))).toEqual([]);
          expect(survivors(spaced)).toEqual([]);
        }
        if (result !== null) {
          expect(masker.mask(result.record)?.record.toString() ?? after).toBe(after);
          for (const note of result.notes) {
            const place = result.record.subarray(note.start, note.start + note.length);
            expect([place[0], place.at(-1)]).toEqual([0x2a, 0x2a]);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('passes by no record in which the full search would find something', () => {
    const search = Reflect.get(masker, 'search') as (this: unknown, record: Buffer) => unknown;
    fc.assert(
      fc.property(line, (text) => {
        const record = Buffer.from(text);
        expect(masker.mask(record) === null).toBe(search.call(masker, record) === null);
      }),
      { numRuns: 3000 },
    );
  });

  it('does nothing without thirteen digits or a key', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.constantFrom('user', 'is', ' ', '=', ':', 'ok'), fc.nat(999).map(String), fc.constant('x')),
        ),
        (parts) => {
          expect(masker.mask(Buffer.from(parts.join('x')))).toBeNull();
        },
      ),
    );
  });

  it('keeps UTF-8 and JSON what they are', () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.double({ noNaN: true }),
        fc.boolean(),
        pan.map(Number),
        line,
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(
          fc.oneof(
            fc.constantFrom('pan', 'cvv', 'pin', 'card', 'number', 'value', 'track2'),
            fc.string({ maxLength: 4 }),
          ),
          tie('node'),
          { maxKeys: 4 },
        ),
      ),
    })).node;
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('pan', 'id', 'body', 'cvv', 'list'), value),
        fc.boolean(),
        (document, nested) => {
          const text = nested ? JSON.stringify({ body: JSON.stringify(document) }) : JSON.stringify(document);
          const result = masker.mask(Buffer.from(text));
          if (result === null) return;
          expect(() => new TextDecoder('utf-8', { fatal: true }).decode(result.record)).not.toThrow();
          expect(() => JSON.parse(result.record.toString()) as unknown).not.toThrow();
        },
      ),
      { numRuns: 3000 },
    );
  });
});

const loghub = fileURLToPath(new URL('../../../../shared/corpora/loghub', import.meta.url));

describe('real logs', () => {
  it.skipIf(!existsSync(loghub))('are left as they are (skipped where the corpora are absent)', () => {
    for (const system of readdirSync(loghub)) {
      const bytes = readFileSync(`${loghub}/${system}/${system}_2k.log`);
      for (const text of bytes.toString('latin1').split('\n'))
        expect(masker.mask(Buffer.from(text, 'latin1'))).toBeNull();
    }
  });
});
