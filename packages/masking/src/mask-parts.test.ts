import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMasker, type OpenEnds } from './index.ts';
import { luhnNumber } from './masking.fixtures.ts';

const masker = createMasker({ version: 'test', keep: 'first6last4' });
const pan = '4556734500085943';
const closed: OpenEnds = { start: false, end: false };

function masked(parts: readonly (string | Buffer)[], open = closed): string[] {
  const buffers = parts.map((part) => Buffer.from(part));
  return masker.maskParts(buffers, open).map((result, index) => (result?.record ?? buffers[index] ?? '').toString());
}

describe('parts of one line', () => {
  it('are masked as the line that they are, each keeping its place', () => {
    expect(masked(['card 45567345', '00085943 end'])).toEqual(['card 455673**', '****5943 end']);
    expect(masked(['cvv=', '123&x=1'])).toEqual(['cvv=', '***&x=1']);
    expect(masked([';4556734500085943=2512', '1010000?'])).toEqual(['*'.repeat(22), '*'.repeat(8)]);
    expect(masked(['one ', '4556 7345 0008 ', '59', '43 two'])).toEqual(['one ', '4556 73** **** ', '59', '43 two']);
  });

  it('are told apart by null where nothing changes', () => {
    const parts = [Buffer.from('nothing here '), Buffer.from('card 45567345'), Buffer.from('00085943')];
    const [first, second, third] = masker.maskParts(parts, closed);
    expect(first).toBeNull();
    expect(second?.notes).toEqual([{ rule: 'pan', start: 11, length: 2 }]);
    expect(third?.notes).toEqual([{ rule: 'pan', start: 0, length: 4 }]);
    expect(masker.maskParts([Buffer.from('a'), Buffer.from('b')], closed)).toEqual([null, null]);
  });

  it('keep a card number that a cut parts within its escapes and full-width digits', () => {
    const written = pan.replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
    const bytes = Buffer.from(`n=${written};`);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const both = masker.maskParts([bytes.subarray(0, cut), bytes.subarray(cut)], closed);
      const records = both.map(
        (result, index) => result?.record ?? (index === 0 ? bytes.subarray(0, cut) : bytes.subarray(cut)),
      );
      expect(Buffer.concat(records).equals(masker.mask(bytes)?.record ?? bytes)).toBe(true);
    }
  });
});

const separator = fc.constantFrom('', ' ', '-', '.', '/', '_', '\u00a0', '\u3000', '\u2010', '%20', '\u200b', ' - ');
const digitForm = fc.constantFrom<(digit: string) => string>(
  (digit) => digit,
  (digit) => String.fromCharCode(0xff10 + Number(digit)),
  (digit) => `\\u003${digit}`,
  (digit) => `%3${digit}`,
  (digit) => `&#${48 + Number(digit)};`,
);
const planted = fc
  .tuple(fc.constantFrom('4', '51', '34', '62'), fc.constantFrom(15, 16, 16, 19), separator, digitForm)
  .filter(([prefix, length]) => (prefix === '34') === (length === 15) && (length !== 19 || prefix !== '51'))
  .map(([prefix, length, between, form]) => {
    const groups = luhnNumber(prefix, length).match(prefix === '34' ? /^.{4}|^.{6}|.{1,5}/g : /.{1,4}/g) ?? [];
    const number =
      prefix === '34' ? luhnNumber(prefix, length) : groups.map((group) => group.replaceAll(/\d/g, form)).join(between);
    return number;
  });
const framed = fc
  .tuple(
    fc.constantFrom('', 'x ', 'card=', '{"n":"', '番号：', '\u001b['),
    planted,
    fc.constantFrom('', ' y', '"}', '、', '&z=1'),
  )
  .map((pieces) => pieces.join(''));

describe('parts, whatever is planted where', { timeout: 60_000 }, () => {
  it('join to exactly what masking the whole line gives', () => {
    fc.assert(
      fc.property(framed, fc.array(fc.nat(200), { minLength: 1, maxLength: 4 }), (text, places) => {
        const bytes = Buffer.from(`before ${text} after`);
        const cuts = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
        const parts = [0, ...cuts].map((start, index) => bytes.subarray(start, cuts[index] ?? bytes.length));
        const results = masker.maskParts(parts, closed);
        const joined = Buffer.concat(results.map((result, index) => result?.record ?? parts[index] ?? Buffer.alloc(0)));
        expect(joined.toString('latin1')).toBe((masker.mask(bytes)?.record ?? bytes).toString('latin1'));
        for (const result of results) {
          for (const note of result?.notes ?? []) {
            const place = result?.record.subarray(note.start, note.start + note.length);
            expect([place?.[0], place?.at(-1)]).toEqual([0x2a, 0x2a]);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
});

/** How many digits of both sides of a cut a reader would see in a row. */
function digitsSeen(sides: readonly string[]): number {
  return sides.join('').replaceAll(/\D/g, '').length;
}

describe('an open end', () => {
  it('lets no value across it through, though the other side is not known', () => {
    const line = `x x x ${pan} y y y`;
    for (let cut = 6; cut <= 6 + pan.length; cut += 1) {
      const [left] = masked([line.slice(0, cut)], { start: false, end: true });
      const [right] = masked([line.slice(cut)], { start: true, end: false });
      expect(digitsSeen([left ?? '', right ?? ''])).toBe(0);
    }
    expect(masked(['123&x=1'], { start: true, end: false })).toEqual(['***&x=*']);
    expect(
      masked([`x ${Buffer.from(`n ${pan}`).toString('base64').slice(0, 14)}`], { start: false, end: true }),
    ).toEqual([`x ${'*'.repeat(14)}`]);
  });

  it('harms nothing where the cut was made between words and apart from digits', () => {
    const calm = 'a sentence of some words, with no number in it, ';
    expect(masked([`at 12:30 ${calm}`], { start: false, end: true })).toEqual([`at 12:30 ${calm}`]);
    expect(masked([` and ${calm} at 12:30`], { start: true, end: false })).toEqual([` and ${calm} at 12:30`]);
  });

  it('is looked at for a bounded length of a run without end', () => {
    const endless = '1234 '.repeat(40_000);
    const [only] = masked([endless], { start: true, end: true });
    expect(only?.slice(0, 4)).toBe('****');
    expect(only?.slice(-5)).toBe('**** ');
    expect(only?.slice(1000, 199_000)).toBe(endless.slice(1000, 199_000));
  });
});
