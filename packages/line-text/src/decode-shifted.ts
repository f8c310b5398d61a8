import { isAscii } from 'node:buffer';
import type { Decoder, OnCharacter } from './decoder.ts';
import { jisX0213Character } from './decode-jis-x-0213.ts';
import { characterIn } from './decode-multi-byte.ts';

/** The sets of ISO-2022-JP and its variants (RFC 1468, 1554, 2237, JIS X 0213), and of ISO-2022-KR (RFC 1557), by their escapes. */
const escapes = new Map([
  ['(B', ''],
  ['(J', 'roman'],
  ['(H', 'roman'],
  ['(I', 'kana'],
  ['$@', 'jis'],
  ['$B', 'jis'],
  ['$(@', 'jis'],
  ['$(B', 'jis'],
  ['$(D', 'jis-2'],
  ['$(O', 'plane-1'],
  ['$(Q', 'plane-1'],
  ['$(P', 'plane-2'],
  ['$A', 'gb'],
  ['$(A', 'gb'],
  ['$(C', 'ksc'],
  ['.A', 'latin'],
  ['.F', 'greek'],
  ['$)C', 'korean'],
]);
const escape = 0x1b;
const shiftOut = 0x0e;
const shiftIn = 0x0f;
const shifts = [escape, shiftOut, shiftIn];
const longestEscape = 4;

const doubleByte: Readonly<Record<string, (first: number, second: number) => string | null>> = {
  jis: (first, second) =>
    characterIn('euc-jp', first | 0x80, second | 0x80) ?? jisX0213Character(1, first - 0x20, second - 0x20),
  'jis-2': (first, second) => characterIn('euc-jp', 0x8f, first | 0x80, second | 0x80),
  'plane-1': (first, second) => jisX0213Character(1, first - 0x20, second - 0x20),
  'plane-2': (first, second) => jisX0213Character(2, first - 0x20, second - 0x20),
  gb: (first, second) => characterIn('gbk', first | 0x80, second | 0x80),
  ksc: (first, second) => characterIn('euc-kr', first | 0x80, second | 0x80),
};

/** The escape at `at` and the set that it names. */
function escapeAt(bytes: Uint8Array, at: number): { set: string; end: number } | undefined {
  let name = '';
  for (let next = at + 1; next < at + longestEscape && next < bytes.length; next += 1) {
    name += String.fromCharCode(bytes[next] ?? 0);
    const set = escapes.get(name);
    if (set !== undefined) return { set, end: next + 1 };
  }
  return undefined;
}

/**
 * State: the set that is in use, behind a space the one that single shifts take from. A line begins in ASCII. Shift-out
 * goes to half-width katakana in Japan (JIS X 0202), to KS X 1001 in Korea.
 */
export const iso2022Decoder = (shiftedOut: 'kana' | 'ksc'): Decoder => ({
  whole: (bytes) => (isAscii(bytes) && !shifts.some((shift) => bytes.includes(shift)) ? plainText(bytes) : undefined),
  walk(bytes, state, on) {
    let [set = '', single = ''] = state.split(' ');
    for (let at = 0; at < bytes.length;) {
      const byte = bytes[at] ?? 0;
      const found = byte === escape ? escapeAt(bytes, at) : undefined;
      if (found !== undefined) {
        if (found.set === 'latin' || found.set === 'greek') single = found.set;
        else if (found.set !== 'korean') set = found.set;
        on(at, found.end, '');
        at = found.end;
      } else if (byte === escape && bytes[at + 1] === 0x4e && at + 2 < bytes.length) {
        on(at, at + 3, singleShift(single, bytes[at + 2] ?? 0));
        at += 3;
      } else if (byte === shiftOut || byte === shiftIn) {
        set = byte === shiftIn ? '' : shiftedOut;
        on(at, at + 1, '');
        at += 1;
      } else at = readCharacter(bytes, { at, set }, on);
    }
    return single === '' ? set : `${set} ${single}`;
  },
});

function plainText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function singleShift(set: string, byte: number): string | null {
  if (set === 'latin') return String.fromCharCode(byte | 0x80);
  return set === 'greek' ? characterIn('iso-8859-7', byte | 0x80) : null;
}

function readCharacter(bytes: Uint8Array, { at, set }: { at: number; set: string }, on: OnCharacter): number {
  const byte = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  const pair = doubleByte[set];
  if (pair !== undefined && byte > 0x20 && byte < 0x7f && second > 0x20 && second < 0x7f) {
    const text = pair(byte, second);
    on(at, at + 2, text);
    return at + 2;
  }
  const isKana = set === 'kana' && byte >= 0x21 && byte <= 0x5f;
  on(at, at + 1, isKana ? String.fromCharCode(0xff40 + byte) : byte < 0x80 ? String.fromCharCode(byte) : null);
  return at + 1;
}

/** HZ (RFC 1843): `~{` and `~}` around two-byte characters, `~~` for a tilde. */
export const hzDecoder: Decoder = {
  walk(bytes, state, on) {
    let isDouble = state === 'gb';
    for (let at = 0; at < bytes.length;) {
      const byte = bytes[at] ?? 0;
      const second = bytes[at + 1] ?? 0;
      const isSwitch = byte === 0x7e && (second === 0x7b || second === 0x7d);
      let text: string | null = byte < 0x80 ? String.fromCharCode(byte) : null;
      let length = 1;
      if (isSwitch) [isDouble, text, length] = [second === 0x7b, '', 2];
      else if (byte === 0x7e && second === 0x7e) length = 2;
      else if (isDouble && byte > 0x20 && second > 0x20)
        [text, length] = [characterIn('gbk', byte | 0x80, second | 0x80), 2];
      on(at, at + length, text);
      at += length;
    }
    return isDouble ? 'gb' : '';
  },
};

/** UTF-7 (RFC 2152): base64 of UTF-16 between `+` and `-`. It has no state across characters: what is shifted is read as one. */
export const utf7Decoder: Decoder = {
  walk(bytes, _state, on) {
    const text = Buffer.from(bytes).toString('latin1');
    for (const found of text.matchAll(/\+([A-Za-z0-9+/]*)(-?)|[^+]/gs)) {
      const [all, shifted] = found;
      on(found.index, found.index + all.length, shifted === undefined ? plainAscii(all) : unshift(shifted, all));
    }
    return '';
  },
};

function plainAscii(text: string): string | null {
  return text < '\x80' ? text : null;
}

function unshift(shifted: string, all: string): string | null {
  if (shifted === '') return all === '+-' ? '+' : null;
  const units = Buffer.from(shifted, 'base64');
  if (units.length % 2 !== 0) return null;
  const text = units.swap16().toString('utf16le');
  return text.isWellFormed() ? text : null;
}
