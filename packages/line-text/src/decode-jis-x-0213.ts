import type { Decoder, OnCharacter } from './decoder.ts';
import { planeOne, planeTwo } from './jis-x-0213-tables.ts';

const none = '\ufffd';

/** Cells of a row; a `+` stands before the two characters of one cell. */
function cellsOf(row: string): string[] {
  return Array.from(row.matchAll(/\+(..)|(.)/gsu), ([, both, one]) => both ?? one ?? none);
}

const rows = new Map<number, readonly string[]>();

/** The character of a cell, row and cell counted from 1 (ku and ten); null where there is none. */
export function jisX0213Character(plane: 1 | 2, row: number, cell: number): string | null {
  const key = plane * 128 + row;
  let cells = rows.get(key);
  if (cells === undefined) rows.set(key, (cells = cellsOf((plane === 1 ? planeOne : planeTwo)[row] ?? '')));
  const text = cells[cell - 1] ?? none;
  return text === none ? null : text;
}

/** A walk over single bytes below 0x80, half-width katakana, and whatever `longer` reads: its text and its length. */
function walkWith(
  bytes: Uint8Array,
  on: OnCharacter,
  longer: (at: number) => { text: string | null; length: number },
): string {
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    const { text, length } = byte < 0x80 ? { text: String.fromCharCode(byte), length: 1 } : longer(at);
    const end = at + (text === null ? 1 : length);
    on(at, end, text);
    at = end;
  }
  return '';
}

const katakana = (byte: number): string | null =>
  byte >= 0xa1 && byte <= 0xdf ? String.fromCharCode(0xfec0 + byte) : null;

export const eucJis2004Decoder: Decoder = {
  walk: (bytes, _state, on) =>
    walkWith(bytes, on, (at) => {
      const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
      if (first === 0x8e) return { text: katakana(second), length: 2 };
      if (first === 0x8f) return { text: jisX0213Character(2, second - 0xa0, third - 0xa0), length: 3 };
      return { text: jisX0213Character(1, first - 0xa0, second - 0xa0), length: 2 };
    }),
};

/** Rows of plane 2 by the lead bytes 0xF0 to 0xF4, two for each (JIS X 0213 annex 1). */
const planeTwoRows: readonly (readonly [odd: number, even: number])[] = [
  [1, 8],
  [3, 4],
  [5, 12],
  [13, 14],
  [15, 78],
];

export const shiftJis2004Decoder: Decoder = {
  walk: (bytes, _state, on) =>
    walkWith(bytes, on, (at) => {
      const [lead = 0, trail = 0] = bytes.subarray(at, at + 2);
      const single = katakana(lead);
      if (single !== null) return { text: single, length: 1 };
      return { text: pairOf(lead, trail), length: 2 };
    }),
};

function pairOf(lead: number, trail: number): string | null {
  const isLead = (lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xfc);
  if (!isLead || trail < 0x40 || trail === 0x7f || trail > 0xfc) return null;
  const isEven = trail >= 0x9f;
  const cell = isEven ? trail - 0x9e : trail - (trail > 0x7f ? 0x40 : 0x3f);
  if (lead < 0xf0) return jisX0213Character(1, (lead - (lead < 0xa0 ? 0x81 : 0xc1)) * 2 + (isEven ? 2 : 1), cell);
  const [odd, even] = planeTwoRows[lead - 0xf0] ?? [(lead - 0xf5) * 2 + 79, (lead - 0xf5) * 2 + 80];
  return jisX0213Character(2, isEven ? even : odd, cell);
}
