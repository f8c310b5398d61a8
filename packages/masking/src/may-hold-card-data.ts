import { suspectPhases } from './base64-tokens.ts';
import {
  cardNumberFrom,
  collectDigitGroups,
  createDigitGroups,
  type DigitGroups,
  isDigit,
  isLetter,
  leaveOutWords,
} from './digit-groups.ts';
import { shortestPan } from './issuer-ranges.ts';
import { keyBefore } from './key-before.ts';
import { fillerWords, genericNames, keyKind, kindByName } from './key-kinds.ts';

/*
 * The glance at the bytes that lets nearly every record pass untouched. It answers true for every record in which the
 * full search would mark something, and for few others; it allocates nothing.
 */

const letter = 0;
const numeral = 1;
const border = 2;
const percent = 3;
const backslash = 4;
const ampersand = 5;
const relation = 6;
const wide = 7;

const classes = new Uint8Array(256).fill(border);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/-_')
  classes[character.charCodeAt(0)] = letter;
for (let k = 0x30; k <= 0x39; k++) classes[k] = numeral;
for (let k = 0xc2; k < 0xf5; k++) classes[k] = wide;
// Kanji and the rest of the scripts without own digits begin with these; they are plain borders.
for (const byte of [0xc3, 0xc4, 0xc5, 0xce, 0xcf, 0xd0, 0xd1, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9])
  classes[byte] = border;
classes[0x25] = percent;
classes[0x5c] = backslash;
classes[0x26] = ampersand;
for (const character of '=:>') classes[character.charCodeAt(0)] = relation;

const mayPrecedeValue = new Uint8Array(256);
for (const character of ' \t\r\n"\'`\\({[|~#-.<$=:>') mayPrecedeValue[character.charCodeAt(0)] = 1;

/** Three letters at the end of a name, five bits each. 1: a name of which any value counts; 2: only long values. */
const nameEnds = new Uint8Array(1 << 15);
function addEnd(name: string, weight: number): void {
  const code = (back: number): number => name.charCodeAt(name.length - back);
  const end = hashEnd(code(3), code(2), code(1));
  nameEnds[end] = (nameEnds[end] ?? 0) | weight;
}
function hashEnd(a: number, b: number, c: number): number {
  return ((a & 31) << 10) | ((b & 31) << 5) | (c & 31);
}
const anyValue = 1;
const longValue = 2;
for (const [name, kind] of kindByName) {
  if (kind === keyKind.exempt) continue;
  const weight = kind === keyKind.card ? longValue : anyValue | longValue;
  // A name of two letters may have anything in front of it.
  if (name.length > 2) addEnd(name, weight);
  else for (let before = 0; before < 32; before++) addEnd(String.fromCharCode(before) + name, weight);
}
for (const word of [...fillerWords, ...genericNames]) {
  if (word.length > 2) addEnd(word, anyValue | longValue);
  else for (let before = 0; before < 32; before++) addEnd(String.fromCharCode(before) + word, anyValue | longValue);
}

const isSeparator = new Uint8Array(256);
for (const character of ' -./_+\t') isSeparator[character.charCodeAt(0)] = 1;

/** A first look at what stands before the character before `at`: false for most values, true when in doubt. */
function mayEndName(bytes: Uint8Array, at: number): boolean {
  const last = bytes[at - 2] ?? 0;
  if (mayPrecedeValue[last] === 1 || last >= 0x80 || last === 0x5d || bytes[at - 1] === 0x3e) return true;
  const previous = bytes[at - 3] ?? 0;
  if (classes[last] === numeral) return classes[previous] === letter;
  return ((nameEnds[hashEnd(bytes[at - 4] ?? 0, previous, last)] ?? 0) & anyValue) !== 0;
}

/** Whether the groups from here on, separators left out, have a card number's count of digits. */
function chainIsLong(bytes: Uint8Array, at: number, firstEnd: number): boolean {
  const length = bytes.length;
  let total = firstEnd - at;
  let next = firstEnd;
  while (total < shortestPan) {
    let gap = 0;
    while (gap < 3 && next < length && isSeparator[bytes[next] ?? 0] === 1) {
      next++;
      gap++;
    }
    if (gap === 0 || next >= length || classes[bytes[next] ?? 0] !== numeral) return false;
    while (next < length && classes[bytes[next] ?? 0] === numeral) {
      next++;
      total++;
    }
  }
  return true;
}

export class Glance {
  private readonly groups: DigitGroups = createDigitGroups(20);

  /** Whether an escape was seen: names next to one cannot be read from the bytes alone. */
  private escaped = false;

  mayHold(bytes: Uint8Array, decodeTokens: boolean): boolean {
    const length = bytes.length;
    const kinds = classes;
    this.escaped = false;
    let tokenStart = 0;
    let digits = 0;
    let wides = 0;
    for (let at = 0; at < length; at++) {
      const kind = kinds[bytes[at] ?? 0];
      if (kind === letter) continue;
      if (kind === numeral) {
        const start = at;
        do at++;
        while (at < length && kinds[bytes[at] ?? 0] === numeral);
        const count = at - start;
        digits += count;
        if (start > 4) {
          const before = bytes[start - 1] ?? 0;
          if (kinds[before] !== letter || before === 0x2d) {
            if (mayPrecedeValue[before] === 1) {
              if (mayEndName(bytes, start) && this.namesValue(bytes, start, anyValue)) return true;
            } else if (before >= 0x80 && count >= 3) return true;
          }
        } else if (start > 0 && this.namesValue(bytes, start, anyValue)) return true;
        if (
          count >= shortestPan ||
          (at < length && isSeparator[bytes[at] ?? 0] === 1 && chainIsLong(bytes, start, at))
        ) {
          if (this.chainMatters(bytes, start)) return true;
        }
        at--;
        continue;
      }
      if (decodeTokens && at - tokenStart >= 20 && suspectPhases(bytes, tokenStart, at) !== 0) return true;
      tokenStart = at + 1;
      if (kind === border) continue;
      if (kind === percent || kind === backslash || kind === ampersand) this.escaped = true;
      switch (kind ?? border) {
        case percent:
          if (escapeMatters(bytes, at)) return true;
          if (isBlankEscape(bytes, at)) {
            at += 2;
            tokenStart = at + 1;
          }
          break;
        case backslash: {
          const next = bytes[at + 1];
          if (next === 0x75 || next === 0x78) return true;
          if (next === 0x6e || next === 0x74 || next === 0x72) {
            tokenStart = at + 2;
            at++;
          }
          break;
        }
        case ampersand:
          if (isEntity(bytes, at)) return true;
          break;
        case relation:
          if (endsPinBlock(bytes, at)) return true;
          break;
        case wide:
          if (isWideDigit(bytes, at)) {
            if (bytes[at] === 0xef) return true;
            wides++;
          }
          if (wides >= 3 || (at > 0 && isDigit(bytes[at - 1]) && joinsDigits(bytes, at))) wides += 13;
          break;
        default:
      }
    }
    if (decodeTokens && length - tokenStart >= 20 && suspectPhases(bytes, tokenStart, length) !== 0) return true;
    return wides >= 3 && wides + digits >= 13;
  }

  /** Whether the name in front of the digits at `at` makes them card data; of most names, three letters tell. */
  private namesValue(bytes: Uint8Array, at: number, weight: number): boolean {
    let end = at - 1;
    let element = false;
    while (end >= 0 && at - end <= 24) {
      const byte = bytes[end] ?? 0;
      if (mayPrecedeValue[byte] !== 1) break;
      if (byte === 0x3e) element = true;
      end--;
    }
    if (end < 0) return false;
    while (end > 2 && (bytes[end] === 0x5f || bytes[end] === 0x5d)) end--;
    let last = bytes[end] ?? 0;
    if (last >= 0x80) return true;
    if (end < 2) return keyBefore(bytes, at).kind > (weight === anyValue ? keyKind.card : keyKind.exempt);
    if ((bytes[end - 2] ?? 0) >= 0x80) return true;
    if (!element) {
      if (classes[last] === numeral) {
        // `cvv2`, `pan_1`: the number at the end of a name is left out; that of a value stands alone or is long.
        if (end > 0 && ((nameEnds[hashEnd(bytes[end - 2] ?? 0, bytes[end - 1] ?? 0, last)] ?? 0) & weight) === 0) {
          const before = bytes[end - 1] ?? 0;
          if (before === 0x5f || before === 0x2d || before === 0x2e || before === 0x5b) end--;
          else if (classes[before] !== letter) return false;
          end--;
          last = bytes[end] ?? 0;
          if (end < 2 || ((nameEnds[hashEnd(bytes[end - 2] ?? 0, bytes[end - 1] ?? 0, last)] ?? 0) & weight) === 0)
            return false;
        }
      } else if (((nameEnds[hashEnd(bytes[end - 2] ?? 0, bytes[end - 1] ?? 0, last)] ?? 0) & weight) === 0)
        return false;
    }
    return this.escaped || keyBefore(bytes, at).kind > (weight === anyValue ? keyKind.card : keyKind.exempt);
  }

  private chainMatters(bytes: Uint8Array, at: number): boolean {
    const { groups } = this;
    collectDigitGroups(bytes, at, { groups, length: bytes.length });
    const next = groups.end < bytes.length ? bytes[groups.end] : 0;
    if (next === 0x5e || (next === 0x3d && at > 0 && bytes[at - 1] === 0x3b)) return true;
    if (cardNumberFrom(bytes, groups, 0) >= 0) return true;
    if (groups.end < bytes.length && isLetter(bytes[groups.end])) {
      leaveOutWords(bytes, groups);
      if (groups.count > 0 && cardNumberFrom(bytes, groups, 0) >= 0) return true;
    }
    return this.namesValue(bytes, at, longValue);
  }
}

/** Escapes that hold a digit, a letter of another script, or stand between a name and its value. */
function escapeMatters(bytes: Uint8Array, at: number): boolean {
  const high = bytes[at + 1] ?? 0;
  const low = (bytes[at + 2] ?? 0) | 0x20;
  if (high === 0x33) return true;
  if (high === 0x32) return low !== 0x66 && !(low === 0x30 && !isDigit(bytes[at - 1]));
  if (high === 0x34 || high === 0x36) return low === 0x30;
  return high === 0x35 || high === 0x37 || high >= 0x38;
}

/** `%20` to `%2f`, and the escapes of tab and line ends: what follows them is no part of the escape. */
function isBlankEscape(bytes: Uint8Array, at: number): boolean {
  const high = bytes[at + 1] ?? 0;
  const low = (bytes[at + 2] ?? 0) | 0x20;
  if (high === 0x32) return (low >= 0x30 && low <= 0x39) || (low >= 0x61 && low <= 0x66);
  return high === 0x30 && (low === 0x39 || low === 0x61 || low === 0x64);
}

function isEntity(bytes: Uint8Array, at: number): boolean {
  if (bytes[at + 1] === 0x23) return true;
  for (let next = at + 2; next < at + 10; next++) {
    const byte = bytes[next] ?? 0;
    if (byte === 0x3b) return true;
    if (classes[byte] !== letter) return false;
  }
  return false;
}

function endsPinBlock(bytes: Uint8Array, at: number): boolean {
  let end = at - 1;
  while (end > 0 && mayPrecedeValue[bytes[end] ?? 0] === 1 && at - end < 6) end--;
  if (end < 3) return false;
  if (lower(bytes, end) === 0x6b) {
    if (lower(bytes, end - 1) === 0x63) end -= 5;
    else if (lower(bytes, end - 1) === 0x6c) end -= 3;
    else return false;
    if (end > 2 && !isLetter(bytes[end])) end--;
  }
  return end >= 2 && lower(bytes, end) === 0x6e && lower(bytes, end - 1) === 0x69 && lower(bytes, end - 2) === 0x70;
}

function lower(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | 0x20;
}

/** A digit of another width or script; the lead bytes of scripts whose letters are common count only as digits do. */
function isWideDigit(bytes: Uint8Array, at: number): boolean {
  const lead = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  if (lead === 0xef) return second === 0xbc && third >= 0x90 && third <= 0x99;
  if (lead === 0xe3 || lead === 0xe2 || lead === 0xc2) return false;
  return true;
}

/** Spaces, dashes and characters of no width that may stand between two digits. */
function joinsDigits(bytes: Uint8Array, at: number): boolean {
  const lead = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (lead === 0xc2) return second === 0xa0 || second === 0xad;
  if (lead === 0xe2) return second === 0x80 || second === 0x81 || second === 0x88;
  if (lead === 0xe3) return (second === 0x80 && bytes[at + 2] === 0x80) || (second === 0x83 && bytes[at + 2] === 0xbc);
  return lead === 0xef || lead === 0xe1;
}
