/** Encodings in which one or two bytes are a character, by their names in the WHATWG Encoding Standard. */
export const doubleByteEncodings = ['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr'] as const;
export type DoubleByteEncoding = (typeof doubleByteEncodings)[number];

const tables = new Map<DoubleByteEncoding, Uint16Array>();

/** The character of a lead byte and a trail byte, at `lead * 256 + trail`; 0 where there is none. Read once, when first needed. */
export function doubleByteTable(encoding: DoubleByteEncoding): Uint16Array {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const table = new Uint16Array(1 << 16);
  const decoder = new TextDecoder(encoding);
  const lines = new Uint8Array((0x100 - 0x40) * 3);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xff; trail++) lines.set([lead, trail, 0x0a], (trail - 0x40) * 3);
    for (const [index, line] of decoder.decode(lines).split('\n').entries()) {
      if (line.length === 1 && line !== '\ufffd') table[lead * 256 + 0x40 + index] = line.charCodeAt(0);
    }
  }
  tables.set(encoding, table);
  return table;
}
