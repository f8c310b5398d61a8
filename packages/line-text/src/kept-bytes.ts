/** A byte that is no text in its encoding is kept as the private-use character U+10FE00 + byte. */
const firstKept = 0x10fe00;

export function keptByte(byte: number): string {
  return String.fromCodePoint(firstKept + byte);
}

export function keptBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += keptByte(byte);
  return text;
}

/** Characters that stand for bytes; a text that holds them itself has its own bytes kept, so that each stays what it is. */
export const keptCharacters = /[\u{10FE00}-\u{10FEFF}]/u;

/** The bytes that a decoded UTF-8 text had. */
export function restoreBytes(text: string): Buffer {
  const parts: Buffer[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    parts.push(code >= firstKept && code <= firstKept + 0xff ? Buffer.from([code - firstKept]) : Buffer.from(char));
  }
  return Buffer.concat(parts);
}
