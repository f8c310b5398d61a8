import type { Codes } from './digit-groups.ts';

/** Tokens of the base64 and base64url alphabets from this length on are decoded, once. */
export const shortestToken = 20;

const scratch = new Uint8Array(4096);

const sextets = new Int8Array(256).fill(-1);
for (let k = 0; k < 64; k++) {
  sextets['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.charCodeAt(k)] = k;
}
sextets[0x2d] = 62;
sextets[0x5f] = 63;

/** 1 for the characters of both alphabets. */
export const base64Codes = new Uint8Array(1 << 16);
for (let code = 0; code < 256; code++) if ((sextets[code] ?? -1) >= 0) base64Codes[code] = 1;

export function isBase64Code(code: number | undefined): boolean {
  return base64Codes[code ?? 0] === 1;
}

/** First characters of a quad whose first byte is a digit or a separator. */
const opensDigits = new Uint8Array(256);
for (const character of 'ILMNO') opensDigits[character.charCodeAt(0)] = 1;

/**
 * Three quads in a row that may hold digits, at a phase: 13 digits always give three. Bit p of the answer: phase p.
 * Of three quads in a row one lies in every third, so four characters of twelve are looked at.
 */
function digitPhases(codes: Codes, start: number, end: number): number {
  let phases = 0;
  for (let at = start + 8; at < end; at += 12) {
    const stop = at + 4 < end ? at + 4 : end;
    for (let k = at; k < stop; k++) {
      if (opensDigits[codes[k] ?? 0] !== 1) continue;
      let run = 1;
      for (let back = k - 4; back >= start && run < 3 && opensDigits[codes[back] ?? 0] === 1; back -= 4) run++;
      for (let on = k + 4; on < end && run < 3 && opensDigits[codes[on] ?? 0] === 1; on += 4) run++;
      if (run >= 3) phases |= 1 << ((k - start) & 3);
    }
  }
  return phases;
}

/** Whether the first 15 bytes that the token stands for are plain text. */
function opensAsText(codes: Codes, start: number): boolean {
  for (let at = start; at < start + shortestToken; at += 4) {
    const a = sextets[codes[at] ?? 0] ?? -1;
    const b = sextets[codes[at + 1] ?? 0] ?? -1;
    const c = sextets[codes[at + 2] ?? 0] ?? -1;
    const d = sextets[codes[at + 3] ?? 0] ?? -1;
    if (a > 31 || !isText((a << 2) | (b >> 4))) return false;
    if (!isText(((b & 15) << 4) | (c >> 2)) || !isText(((c & 3) << 6) | d)) return false;
  }
  return true;
}

function isText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13;
}

/** The phases at which a token may stand for text with card data; 0 for nearly all tokens, at the price of a glance. */
export function suspectPhases(codes: Codes, start: number, end: number): number {
  if (end - start < shortestToken) return 0;
  return digitPhases(codes, start, end) | (opensAsText(codes, start) ? 1 : 0);
}

/** What a token stands for; valid until the next call, as the memory is used again for tokens of common length. */
export function decodeBase64(codes: Codes, start: number, end: number): Uint8Array {
  const needed = Math.floor(((end - start) * 3) / 4);
  const out = needed > scratch.length ? new Uint8Array(needed) : scratch;
  let bits = 0;
  let held = 0;
  let size = 0;
  for (let at = start; at < end; at++) {
    bits = ((bits << 6) | ((sextets[codes[at] ?? 0] ?? 0) & 63)) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out[size++] = (bits >> held) & 0xff;
  }
  return out.subarray(0, size);
}
