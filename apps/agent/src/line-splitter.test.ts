import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { takeBatch, type Batch } from './batch.ts';
import { splitRecords, type InsideLine, type SplitRules } from './line-splitter.ts';
import { recordStart } from './record-start.ts';
import { findEncoding } from '@akashi/line-text';

function rules(encodingName = 'utf-8', more: Partial<SplitRules> & { pattern?: RegExp } = {}): SplitRules {
  const encoding = findEncoding(encodingName);
  if (encoding === undefined) throw new Error(encodingName);
  const { pattern, ...rest } = more;
  return {
    encoding,
    startsRecord: recordStart(pattern ?? null, encoding),
    maxRecordBytes: 1000,
    maxLines: 100,
    ...rest,
  };
}

function texts(bytes: Buffer, given: SplitRules): { closed: string[]; open: string | null } {
  const split = splitRecords(bytes, given);
  const text = (range: { start: number; textEnd: number }): string =>
    bytes.toString('utf8', range.start, range.textEnd);
  return { closed: split.closed.map(text), open: split.open === null ? null : text(split.open) };
}

function pointBytes(char: string): number[] {
  const point = char.codePointAt(0) ?? 0;
  return [point >> 16, (point >> 8) & 0xff, point & 0xff];
}

const unlimited = { count: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };

describe('splitRecords', () => {
  it('holds the last line until it is known to be finished', () => {
    expect(texts(Buffer.from('a\r\nb\nc'), rules())).toEqual({ closed: ['a', 'b'], open: 'c' });
    expect(splitRecords(Buffer.from('a\nb\n'), rules()).open).toMatchObject({ terminated: true });
  });

  it('joins lines that begin with white space, as awslogs does', () => {
    expect(texts(Buffer.from('java.lang.Error\n\tat a\n\tat b\nnext\n'), rules())).toEqual({
      closed: ['java.lang.Error\n\tat a\n\tat b'],
      open: 'next',
    });
  });

  it('begins records at a pattern', () => {
    const given = rules('utf-8', { pattern: /^\d{4}-/ });
    expect(texts(Buffer.from('2026-01 a\nmore\n\nrest\n2026-02 b\n'), given)).toEqual({
      closed: ['2026-01 a\nmore\n\nrest'],
      open: '2026-02 b',
    });
  });

  it('cuts a line that is too long between characters', () => {
    const given = rules('utf-8', { maxRecordBytes: 10 });
    const line = '時刻時刻時刻時刻';
    const { closed, open } = texts(Buffer.from(`${line}\n`), given);
    expect([...closed, open].join('')).toBe(line);
    expect(closed.every((part) => Buffer.byteLength(part) <= 10)).toBe(true);
  });

  it('finds line ends of UTF-16 at even places only', () => {
    const bytes = Buffer.from('\u0a00\u000a\u010a\r\n\u0a0a', 'utf16le');
    const batch = takeBatch({ bytes, offset: 0, end: 'everything' }, rules('utf_16_le'), unlimited);
    expect(batch?.records).toEqual(['\u0a00', '\u010a', '\u0a0a']);
  });

  it('keeps a cut part apart from the lines above it, also when the range ends there', () => {
    const bytes = Buffer.from('\na2026-a😀😀😀', 'utf16le');
    const given = rules('utf_16_le', { maxRecordBytes: 24, pattern: /^2026-/ });
    const batch = takeBatch({ bytes, offset: 0, end: 'closed' }, given, unlimited);
    expect(batch).toMatchObject({ records: ['a2026-a😀😀'], isCut: true, after: { state: '' } });
    const shipped = bytes.subarray(0, batch?.length);
    const again = takeBatch({ bytes: shipped, offset: 0, end: 'everything', endsInCut: true }, given, unlimited);
    expect(again).toEqual(batch);
  });

  it('tells what goes on a line that was shipped without its end, and what only follows it', () => {
    const first = takeBatch({ bytes: Buffer.from('no end'), offset: 0, end: 'everything' }, rules(), unlimited);
    expect(first).toMatchObject({ records: ['no end'], inside: null, after: { state: '' }, isCut: false });
    const inside = first?.after ?? null;
    const on = takeBatch(
      { bytes: Buffer.from(' here\nnext\n'), offset: 6, end: 'everything', inside },
      rules(),
      unlimited,
    );
    expect(on).toMatchObject({ records: [' here', 'next'], inside: { state: '' }, after: null });
    const below = takeBatch({ bytes: Buffer.from('\nnext'), offset: 6, end: 'everything', inside }, rules(), unlimited);
    expect(below).toMatchObject({ records: ['next'], inside: null });
  });

  it('gives the same records again for a range that was shipped, in every encoding', () => {
    const line = fc.string({
      unit: fc.constantFrom('a', ' ', '\t', '\r', '時', '😀', '2026-', '\u00e9'),
      maxLength: 12,
    });
    const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'));
    const shapes = fc.record({
      text,
      encoding: fc.constantFrom('utf-8', 'utf_16_le', 'utf_16_be', 'utf_32_be'),
      pattern: fc.constantFrom(undefined, /^2026-/),
      count: fc.integer({ min: 1, max: 5 }),
      end: fc.constantFrom('closed' as const, 'terminated' as const, 'everything' as const),
    });
    fc.assert(
      fc.property(shapes, ({ text: written, encoding, pattern, count, end }) => {
        const given = rules(encoding, {
          maxRecordBytes: 24,
          maxLines: 4,
          ...(pattern === undefined ? {} : { pattern }),
        });
        const utf16 = Buffer.from(written, 'utf16le');
        const utf32 = Buffer.from(Array.from(written, (char) => [0, ...pointBytes(char)]).flat());
        const bytes = {
          'utf-8': Buffer.from(written),
          utf_16_le: utf16,
          utf_16_be: Buffer.from(utf16).swap16(),
          utf_32_be: utf32,
        }[encoding];
        let offset = 0;
        let inside: InsideLine = null;
        for (;;) {
          const rest = bytes.subarray(offset);
          const batch: Batch | null = takeBatch({ bytes: rest, offset, end, inside }, given, { count, bytes: 200 });
          if (batch === null) break;
          const range = { bytes: rest.subarray(0, batch.length), offset, inside, endsInCut: batch.isCut };
          expect(takeBatch({ ...range, end: 'everything' }, given, unlimited)).toEqual(batch);
          offset += batch.length;
          inside = batch.after;
        }
        if (end === 'everything') expect(offset).toBe(bytes.length);
      }),
      { numRuns: 1000 },
    );
  });
});

it('begins a record with a day that is padded with a blank, as ntpd writes it, and joins other lines that begin so', () => {
  const begins = rules().startsRecord;
  const line = (text: string): boolean => begins(Buffer.from(text));
  expect([' 1 Dec 13:49:00 ntpd[7533]: 0.0.0.0 c615 05 clock_sync', '26 Feb 13:49:00 ntpd'].map(line)).toEqual([
    true,
    true,
  ]);
  expect([' at a.b(C.java:1)', '  1 Dec 13:49:00', ' 1 December', '\t1 Dec 13:49:00', ' '].map(line)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});
