import { isAscii } from 'node:buffer';
import type { Decoder } from './decoder.ts';
import { upperHalves, wholeTables } from './single-byte-tables.ts';

const none = '\ufffd';

function ascending(from: number, to: number): string {
  let text = '';
  for (let code = from; code < to; code += 1) text += String.fromCharCode(code);
  return text;
}

/** The characters of all 256 bytes of a set by Python's name; undefined when there is no such set. */
export function singleByteTable(name: string): string | undefined {
  if (name === 'latin_1') return ascending(0, 256);
  const upper = upperHalves[name];
  if (upper === undefined) return wholeTables[name];
  const rest = upper.startsWith('=') ? ascending(0x80, 0xa0) + upper.slice(1) : upper;
  return ascending(0, 0x80) + rest;
}

export function singleByteDecoder(table: string): Decoder {
  const hasAscii = table.startsWith(ascending(0, 0x80));
  return {
    whole: (bytes) => (hasAscii && isAscii(bytes) ? asLatin1(bytes) : undefined),
    walk(bytes, _state, on) {
      for (const [at, byte] of bytes.entries()) {
        const text = table.charAt(byte);
        on(at, at + 1, text === none ? null : text);
      }
      return '';
    },
  };
}

function asLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
