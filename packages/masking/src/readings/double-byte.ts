import { type DoubleByteEncoding, doubleByteTable } from './double-byte-tables.ts';
import { asIs, type Reading, ReadingBuilder } from './reading.ts';

/*
 * Shift_JIS, EUC-JP, GB 18030, Big5 and EUC-KR: bytes from 0x80 on that are no UTF-8. The second byte of a character may
 * be an ASCII letter, or one of the characters that escapes begin with.
 */

const halfWidthKana = 0xff61 - 0xa1;

/** `offset`: 1 where the first byte is taken for the end of a character that was cut. */
export function readDoubleByte(record: Uint8Array, encoding: DoubleByteEncoding, offset: 0 | 1): Reading {
  const table = doubleByteTable(encoding);
  const builder = new ReadingBuilder(record.length);
  const isShiftJis = encoding === 'shift_jis';
  if (offset > 0) builder.unknown(0, offset);
  let at: number = offset;
  while (at < record.length) {
    const lead = record[at] ?? 0;
    const next = record[at + 1] ?? 0;
    const pair = lead >= 0x81 ? (table[lead * 256 + next] ?? 0) : 0;
    let end = at + 1;
    if (lead < 0x80) builder.byte(lead, at, end);
    else if (isShiftJis && lead >= 0xa1 && lead <= 0xdf) builder.character(lead + halfWidthKana, at, end);
    else if (pair !== 0) {
      end = at + 2;
      builder.character(pair, at, end);
    } else {
      end = at + oddLength(record, at, encoding);
      builder.unknown(at, end);
    }
    at = end;
  }
  return builder.build(asIs);
}

/** How many bytes make a character that the table does not hold; 1 for what is none. */
function oddLength(record: Uint8Array, at: number, encoding: DoubleByteEncoding): number {
  const [lead = 0, second = 0, third = 0, fourth = 0] = record.subarray(at, at + 4);
  if (encoding === 'euc-jp' && lead === 0x8f) return second >= 0xa1 && third >= 0xa1 ? 3 : 1;
  if (encoding === 'gb18030' && isNumeral(second)) return third >= 0x81 && isNumeral(fourth) ? 4 : 1;
  // A user-defined character of the encoding: a pair that stands for nothing known is a pair still.
  const isLead = lead >= 0x81 && lead <= 0xfc && lead !== 0xa0;
  return isLead && second >= 0x40 && second !== 0x7f && encoding !== 'euc-jp' ? 2 : 1;
}

function isNumeral(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
