import { isUtf8 } from 'node:buffer';
import type { Decoder } from './decoder.ts';
import { keptCharacters } from './kept-bytes.ts';

export const utf8Decoder: Decoder = {
  walk(bytes, _state, on) {
    for (let at = 0; at < bytes.length;) {
      const length = sequenceLength(bytes, at);
      const end = at + Math.max(1, length);
      on(at, end, length === 0 ? null : asBuffer(bytes).toString('utf8', at, end));
      at = end;
    }
    return '';
  },
  whole: (bytes) => (isUtf8(bytes) && !bytes.includes(0xf4) ? asBuffer(bytes).toString('utf8') : undefined),
};

/** Length of the well-formed sequence at `at` (Unicode table 3-7); 0 when there is none, or a character that stands for a byte. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const sequence = bytes.subarray(at, at + length);
  if (first < 0xc2 || first > 0xf4 || sequence.length < length || !isUtf8(sequence)) return 0;
  const isKept = first === 0xf4 && sequence[1] === 0x8f && (sequence[2] ?? 0) >= 0xb8 && (sequence[2] ?? 0) <= 0xbb;
  return isKept ? 0 : length;
}

export function utf16Decoder(isBigEndian: boolean): Decoder {
  return {
    walk(bytes, _state, on) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const even = bytes.length - (bytes.length % 2);
      for (let at = 0; at < even;) {
        const unit = view.getUint16(at, !isBigEndian);
        const next = at + 2 < even ? view.getUint16(at + 2, !isBigEndian) : 0;
        const isPair = (unit & 0xfc00) === 0xd800 && (next & 0xfc00) === 0xdc00;
        const text = isPair ? String.fromCharCode(unit, next) : String.fromCharCode(unit);
        const end = at + (isPair ? 4 : 2);
        on(at, end, text.isWellFormed() && !keptCharacters.test(text) ? text : null);
        at = end;
      }
      if (even < bytes.length) on(even, bytes.length, null);
      return '';
    },
    whole(bytes) {
      if (bytes.length % 2 !== 0) return undefined;
      const pairs = Buffer.from(bytes);
      if (isBigEndian) pairs.swap16();
      const text = pairs.toString('utf16le');
      return text.isWellFormed() && !keptCharacters.test(text) ? text : undefined;
    },
  };
}

export function utf32Decoder(isBigEndian: boolean): Decoder {
  return {
    walk(bytes, _state, on) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const whole = bytes.length - (bytes.length % 4);
      for (let at = 0; at < whole; at += 4) {
        const point = view.getUint32(at, !isBigEndian);
        const isText = point < 0xd800 || (point > 0xdfff && point <= 0x10ffff);
        const text = isText ? String.fromCodePoint(point) : null;
        on(at, at + 4, text === null || keptCharacters.test(text) ? null : text);
      }
      if (whole < bytes.length) on(whole, bytes.length, null);
      return '';
    },
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
