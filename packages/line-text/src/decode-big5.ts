import { big5Rows } from './big5-tables.ts';
import { characterIn } from './decode-multi-byte.ts';
import { pairDecoder } from './pair-decoder.ts';

const rows = new Map<number, readonly string[]>();

function rowOf(lead: number): readonly string[] {
  let cells = rows.get(lead);
  if (cells === undefined) {
    const row = big5Rows[lead] ?? '';
    rows.set(lead, (cells = Array.from(row.matchAll(/\+(..)|(.)/gsu), ([, both, one]) => both ?? one ?? ' ')));
  }
  return cells;
}

/** Big5 with the characters of code page 950 and of Hong Kong. */
export const big5Decoder = pairDecoder((lead, trail) => {
  const cell = trail - (trail < 0x7f ? 0x40 : 0x62);
  const text = trail >= 0x40 && (trail < 0x7f || trail >= 0xa1) ? (rowOf(lead)[cell] ?? ' ') : ' ';
  return text === ' ' ? characterIn('big5', lead, trail) : text;
});
