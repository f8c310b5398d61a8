import { RecordListBuilder, type LandedRecord } from '@akashi/inbox';
import { createMasker, type Masker } from '@akashi/masking';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskLines, type MaskedLinePart } from './mask-lines.ts';

const masker = createMasker({ version: 'test', keep: 'first6last4' });

const continuation = 1;
const moreFollow = 2;

/** The records that an over-long line lands as. */
function landed(line: string | Buffer, maxRecordBytes: number): LandedRecord[] {
  const builder = new RecordListBuilder({ maxRecordBytes });
  const bytes = Buffer.from(line);
  builder.add(bytes, 0, bytes.length);
  const { encoded } = builder.finish();
  const records: LandedRecord[] = [];
  for (let at = 0; at < encoded.length;) {
    const end = at + 5 + encoded.readUInt32BE(at + 1);
    records.push({ flags: encoded[at] ?? 0, bytes: encoded.subarray(at + 5, end) });
    at = end;
  }
  return records;
}

function joined(parts: readonly MaskedLinePart[]): string {
  return Buffer.concat(parts.map(({ record }) => record)).toString('latin1');
}

function digitsIn(text: string): number {
  return text.replaceAll(/\D/g, '').length;
}

const number = fc.constantFrom(
  '4556734500085943',
  '4556 7345 0008 5943',
  '4556-7345-0008-5943',
  '3782 822463 10005',
  'cvv=123',
  '"card_number": "4556734500085940"',
  ';4556734500085943=25121010000012345678?',
  Buffer.from('the card 4556734500085943 was used').toString('base64'),
  String.raw`\u0034\u0035\u0035\u0036\u0037\u0033\u0034\u0035\u0030\u0030\u0030\u0038\u0035\u0039\u0034\u0033`,
  '４５５６７３４５０００８５９４３',
  '4%205%205%206%207%203%204%205%200%200%200%208%205%209%204%203',
  '\u001b[32m4556734500085943\u001b[0m',
  '4556\u001b[1m7345\u001b[0m0008\u001b[1m5943',
  'カード番号(1)：4556734500085943、',
  '#0114556734500085943#012',
  '4.556734500085943E15',
  '5A084556734500085943',
  '"card_no":["4556734500085940","4556734500085941"]',
);
/** As other encodings write it that nobody declared, in bytes. */
const undeclared = fc.constantFrom(
  Buffer.from('pan=4556734500085943 ok', 'utf16le'),
  Buffer.from('pan=4556734500085943 ok', 'utf16le').swap16(),
  Buffer.from('\x83J\x81[\x83h\x81F4556734500085943', 'latin1'),
  Buffer.from('\x82S\x82T\x82T\x82U\x82V\x82R\x82S\x82T\x82O\x82O\x82O\x82W\x82T\x82X\x82S\x82R', 'latin1'),
  Buffer.from('\x1b$B%+!<%I\x1b(B4556734500085943', 'latin1'),
);
/** What stands between the digits of a number, or around it, and holds digits itself. */
const separators = new RegExp(String.raw`QUJDREVGR0hJ|%20|${'\u001b'}\[\d+m|#0\d\d`, 'g');
/** With and without a good place for the cut, with none but in digits, and with none but in one long word. */
const filler = fc.constantFrom('x ', 'some words, and others; ', '12 34 ', '0123456789', 'QUJDREVGR0hJ', 'カード、');

describe('the parts of one line', { timeout: 60_000 }, () => {
  it('are masked as the line itself, wherever the cut went', () => {
    fc.assert(
      fc.property(number, filler, fc.nat(300), (planted, around, before) => {
        const lead = around.repeat(200).slice(0, before + 300);
        const line = `${lead} ${planted} ${around.repeat(80)}`;
        const parts = landed(line, 512);
        const masked = [...maskLines(parts, masker)];
        const whole = Buffer.from(line);
        expect(joined(masked)).toBe((masker.mask(whole)?.record ?? whole).toString('latin1'));
        expect(masked.map(({ flags }) => flags)).toEqual(parts.map(({ flags }) => flags));
      }),
      { numRuns: 1000 },
    );
  });

  it('are masked as the line itself in an encoding that nobody declared', () => {
    fc.assert(
      fc.property(undeclared, fc.nat(500), (planted, before) => {
        const whole = Buffer.concat([Buffer.alloc(before + 200, 'x y '), planted, Buffer.alloc(600, ' x y')]);
        const masked = [...maskLines(landed(whole, 512), masker)];
        expect(joined(masked)).toBe((masker.mask(whole)?.record ?? whole).toString('latin1'));
      }),
      { numRuns: 500 },
    );
  });

  it('tell nothing across a cut whose other side came in another batch', () => {
    fc.assert(
      fc.property(number, fc.nat(60), fc.boolean(), (planted, place, isLong) => {
        const around = isLong ? 'QUJDREVGR0hJ'.repeat(50) : 'some words and others '.repeat(40);
        const bytes = Buffer.from(`${around} ${planted} ${around}`);
        const cut = around.length + 1 + (place % Buffer.byteLength(planted));
        const sides = [
          { flags: moreFollow, bytes: bytes.subarray(0, cut) },
          { flags: continuation, bytes: bytes.subarray(cut) },
        ];
        const text = sides.map((side) => joined([...maskLines([side], masker)])).join('');
        // A token that is parted near its end keeps a few characters of that end, which tell less than six bytes.
        if (planted.startsWith('dGhl')) expect(text.includes(planted.slice(8, -8))).toBe(false);
        else expect(digitsIn(text.replaceAll(separators, ''))).toBe(0);
        // One at most, and only where the sender cut within a character.
        expect(text.match(/\xef\xbc[\x90-\x99]/g)?.length ?? 0).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('are joined up to a bounded length, and cut safely there', () => {
    const line = `${'word, '.repeat(420_000)}4556 7345 0008 5943 ${'word, '.repeat(100_000)}`;
    const parts = landed(line, 256 * 1024);
    const masked = [...maskLines(parts, masker)];
    expect(joined(masked)).toBe(line.replace('4556 7345 0008 5943', '4556 73** **** 5943'));
    const endless = landed('4556 7345 0008 5943 '.repeat(130_000), 256 * 1024);
    expect(joined([...maskLines(endless, masker)])).not.toMatch(/\d{4} \d{4} \d{4}/);
  });

  it('are starred to the last digit when masking fails', () => {
    const failing: Masker = {
      ...masker,
      mask: () => {
        throw new Error('masking failed');
      },
      maskParts: () => {
        throw new Error('masking failed');
      },
    };
    const parts = landed('a 12 b 34 '.repeat(20), 64);
    for (const part of maskLines(parts, failing)) {
      expect(part.failed).toBe(true);
      expect(digitsIn(Buffer.from(part.record).toString())).toBe(0);
    }
  });
});

describe('records that are lines by themselves', () => {
  it('are masked one by one', () => {
    const records = ['45567345', '00085943', 'card 4556734500085943'].flatMap((line) => landed(line, 512));
    expect([...maskLines(records, masker)].map(({ record }) => Buffer.from(record).toString())).toEqual([
      '45567345',
      '00085943',
      'card 455673******5943',
    ]);
    expect([...maskLines([], masker)]).toEqual([]);
  });
});
