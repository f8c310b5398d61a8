import { isBase64Code, shortestToken, suspectPhases } from './base64-tokens.ts';
import { ignoredCode, opensSequence, readCode, readEnd } from './decoded-record.ts';
import {
  cardNumberFrom,
  collectDigitGroups,
  createDigitGroups,
  type DigitGroups,
  firstCardNumber,
  isDigit,
  isLetter,
  leaveOutWords,
  mostSeparators,
  separatorKind,
} from './digit-groups.ts';
import { shortestPan } from './issuer-ranges.ts';
import { scientificAtEnd } from './find-scientific.ts';
import { KeyGlance } from './key-glance.ts';
import { mayBeControlEscape, mayBeQuoted } from './readings/control-escapes.ts';
import { isUtf8 } from './readings/readings-of.ts';

/*
 * The glance at the bytes that lets nearly every record pass untouched: one pass, a table of classes, nothing allocated
 * and nothing decoded but single characters. It answers true for every record in which the full search would mark
 * something, and for few others.
 */

/** Letters and what else base64 is made of. */
const plain = 0;
const numeral = 1;
const border = 2;
/** The first byte of an escape, or of a character that may stand for an ASCII one or for nothing. */
const special = 3;
/** Other bytes from 0x80 on: borders, where the record is UTF-8. */
const high = 4;
const bracket = 5;

const classes = new Uint8Array(256).fill(border);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/-_')
  classes[character.charCodeAt(0)] = plain;
for (let k = 0x30; k <= 0x39; k++) classes[k] = numeral;
classes.fill(high, 0x80);
// Lead bytes of the scripts and blocks that are folded; kana and kanji are plain borders but for U+3000 and U+30FC.
for (const byte of [0xc2, 0xd9, 0xdb, 0xdf, 0xe0, 0xe1, 0xe2, 0xe3, 0xea, 0xef, 0xf0]) classes[byte] = special;
for (const character of '\0\u001b%\\&#^') classes[character.charCodeAt(0)] = special;
classes[0x5b] = bracket;

/** Digits further apart than this belong to no number, unless only characters of no width stand between. */
const farthestLink = 64;
const shortestTrackNumber = 12;
const shortestHexBlock = 16;

interface Chain {
  start: number;
  end: number;
  digits: number;
}

export class Glance {
  private readonly groups: DigitGroups = createDigitGroups(64);
  private readonly key = new KeyGlance();
  private decodeTokens = false;
  /** No escape and no folded character was seen so far. */
  private isPlain = true;

  /** Digits in a row so far, over escapes and other scripts; where they end; where what joins them ends. */
  private joined = 0;
  private digitsEnd = -1;
  private linkEnd = -1;
  private hasHidden = false;
  private hasUtf8 = false;
  /** Two digits each, apart by colons: how many so far, and where the last one ends. */
  private pairs = 0;
  private pairEnd = -1;

  private tokenStart = 0;
  /** How many bytes more than characters the token has by its escapes. */
  private tokenExtra = 0;
  private mixedEnd = -1;

  mayHold(bytes: Uint8Array, decodeTokens: boolean): boolean {
    const { length } = bytes;
    const kinds = classes;
    const separators = separatorKind;
    this.reset(decodeTokens);
    let tokenStart = 0;
    let chainStart = 0;
    let digits = 0;
    let goesOn = false;
    let at = 0;
    while (at < length) {
      const kind = kinds[bytes[at] ?? 0];
      if (kind === plain) at++;
      else if (kind === border || kind === high || kind === bracket) {
        if (kind !== border && this.borderMatters(bytes, at)) return true;
        if (at - tokenStart >= shortestHexBlock && this.tokenMatters(bytes, tokenStart, at)) return true;
        at++;
        tokenStart = at;
      } else if (kind === numeral) {
        const start = at;
        do at++;
        while (at < length && kinds[bytes[at] ?? 0] === numeral);
        if (goesOn) digits += at - start;
        else {
          chainStart = start;
          digits = at - start;
        }
        let next = at;
        while (next < length && next - at < mostSeparators && separators[bytes[next] ?? 0] !== 0) next++;
        goesOn = next > at && next < length && kinds[bytes[next] ?? 0] === numeral;
        if (goesOn) continue;
        if (digits === 2 && bytes[at] === 0x3a) {
          this.pairs = this.pairEnd === start - 1 ? this.pairs + 1 : 1;
          this.pairEnd = at;
          if (this.pairs >= fewestPackedBytes) return true;
        }
        if (
          chainStart > 1 &&
          (bytes[chainStart - 1] === 0x3d || bytes[chainStart - 2] === 0x3d || bytes[at] === 0x3d)
        ) {
          if (quotedMatters(bytes, chainStart, at)) return true;
        }
        if (digits < shortestTrackNumber && this.isPlain && (at >= length || kinds[bytes[at] ?? 0] !== special)) {
          this.digitsEnd = at;
          this.joined = digits;
          if (this.key.mayMatter(bytes, chainStart, digits)) return true;
        } else if (this.chainMatters(bytes, { start: chainStart, end: at, digits })) return true;
      } else {
        this.tokenStart = tokenStart;
        if (this.specialMatters(bytes, at)) return true;
        tokenStart = this.tokenStart;
        at = readEnd.at;
      }
    }
    return length - tokenStart >= shortestHexBlock && this.tokenMatters(bytes, tokenStart, length);
  }

  /** Brackets and bytes from 0x80 on mostly are borders. */
  private borderMatters(bytes: Uint8Array, at: number): boolean {
    const byte = bytes[at] ?? 0;
    if (byte === 0x5b) return mayBeControlEscape(bytes, at) || this.key.mayOpenList(bytes, at);
    if (!this.isUtf8(bytes, at)) return true;
    return byte === 0xf4 && mayBeControlEscape(bytes, at);
  }

  /** Asked at the first byte from 0x80 on; what stands in front of it is ASCII. */
  private isUtf8(bytes: Uint8Array, at: number): boolean {
    // What a base64 token stands for is read plainly only.
    this.hasUtf8 ||= !this.decodeTokens || isUtf8(bytes, at);
    return this.hasUtf8;
  }

  private reset(decodeTokens: boolean): void {
    this.hasUtf8 = false;
    this.pairEnd = -1;
    this.decodeTokens = decodeTokens;
    this.isPlain = true;
    this.joined = 0;
    this.digitsEnd = this.linkEnd = -1;
    this.hasHidden = false;
    this.mixedEnd = -1;
    this.key.reset();
  }

  private chainMatters(bytes: Uint8Array, chain: Chain): boolean {
    const { start, end, digits } = chain;
    const isLinked =
      this.linkEnd >= this.digitsEnd && this.linkEnd >= 0 && (start - this.digitsEnd <= farthestLink || this.hasHidden);
    this.joined = isLinked ? this.joined + digits : digits;
    this.digitsEnd = end;
    this.hasHidden = false;
    if (isLinked && this.joined >= shortestPan) return true;
    const next = end < bytes.length ? (bytes[end] ?? 0) : 0;
    const isOpen = classes[next] === special;
    if (this.key.mayMatter(bytes, start, isOpen ? shortestPan : digits)) return true;
    return digits >= shortestTrackNumber && this.numberMatters(bytes, chain, next);
  }

  /** Whether twelve and more digits in a chain are track data or a card number. */
  private numberMatters(bytes: Uint8Array, chain: Chain, next: number): boolean {
    const { start, end, digits } = chain;
    if (start - this.key.end < 4 && digits >= shortestPan) return true;
    if (next === 0x5e || bytes[start - 1] === 0x3b || start === this.key.end) return true;
    if (classes[next] === special) {
      const code = readCode(bytes, end);
      if (code === ignoredCode || code === 0x5e || code === 0x3d || (code | 0x20) === 0x64) return true;
    }
    if (digits < shortestPan) return false;
    const { groups } = this;
    collectDigitGroups(bytes, start, { groups, length: bytes.length });
    if (isInHex(bytes, chain, groups)) return true;
    // Track data: what stands in front of the number does not matter.
    if (isLetter(next) || next === 0x3d) {
      const last = groups.count - 1;
      if (cardNumberFrom(bytes, groups, last) === last) return true;
    }
    if (scientificAtEnd(bytes, groups)?.isCardNumber === true) return true;
    leaveOutWords(bytes, groups);
    return firstCardNumber(bytes, groups, groups.first) >= 0;
  }

  private specialMatters(bytes: Uint8Array, at: number): boolean {
    const byte = bytes[at] ?? 0;
    if (byte === 0 || byte === 0x1b || (byte >= 0x80 && !this.isUtf8(bytes, at))) return true;
    if (byte !== 0x26 && byte !== 0x25 && mayBeControlEscape(bytes, at)) return true;
    const code = readCode(bytes, at);
    const end = readEnd.at;
    // URL escapes of UTF-8 are read plainly.
    if (byte === 0x25 && end === at + 1 && mayBeControlEscape(bytes, at)) return true;
    readEnd.at = end;
    if (opensSequence(code)) return true;
    if (byte === 0x5c) this.key.noteEscape();
    const isOwn =
      byte >= 0x80
        ? code !== ignoredCode && code >= 0x80 && separatorKind[code] === 0
        : end === at + 1 || code === 0x22 || code === 0x27 || code === 0x5c;
    if (isOwn) return this.breaksToken(bytes, at, end);
    this.isPlain = false;
    if (isDigit(code)) {
      const isNear = this.digitsEnd >= 0 && (at - this.digitsEnd <= farthestLink || this.hasHidden);
      this.joined = isNear ? this.joined + 1 : 1;
      if (this.joined >= shortestPan) return true;
      if (at !== this.digitsEnd && this.key.mayMatter(bytes, at, shortestPan)) return true;
      this.digitsEnd = this.linkEnd = end;
      this.hasHidden = false;
    } else if (code === ignoredCode) {
      this.linkEnd = end;
      this.hasHidden = true;
    } else if (separatorKind[code] !== 0) this.linkEnd = end;
    this.key.noteSpecial(at, end, code);
    if (code !== ignoredCode && !isBase64Code(code)) return this.breaksToken(bytes, at, end);
    if (this.tokenStart >= this.mixedEnd) this.tokenExtra = 0;
    this.tokenExtra += end - at - (code === ignoredCode ? 0 : 1);
    this.mixedEnd = end;
    readEnd.at = end;
    return false;
  }

  private breaksToken(bytes: Uint8Array, at: number, end: number): boolean {
    const isSuspect = at - this.tokenStart >= shortestHexBlock && this.tokenMatters(bytes, this.tokenStart, at);
    this.tokenStart = end;
    readEnd.at = end;
    return isSuspect;
  }

  private tokenMatters(bytes: Uint8Array, start: number, end: number): boolean {
    if (start < this.mixedEnd) {
      if (end - start - this.tokenExtra >= shortestHexBlock) return true;
    } else if (this.decodeTokens && end - start >= shortestToken && suspectPhases(bytes, start, end) !== 0) return true;
    return this.hexBlockMatters(bytes, start, end);
  }

  /** Words of 16, 32 or 48 hexadecimal characters that begin with a letter may be PIN blocks. */
  private hexBlockMatters(bytes: Uint8Array, start: number, end: number): boolean {
    for (let at = start + shortestHexBlock - 1; at < end; at += shortestHexBlock) {
      if (hexBytes[bytes[at] ?? 0] === 0) continue;
      let first = at;
      while (first > start && hexBytes[bytes[first - 1] ?? 0] === 1) first--;
      let next = at + 1;
      while (next < end && hexBytes[bytes[next] ?? 0] === 1) next++;
      const length = next - first;
      const isBlock = (length === 16 || length === 32 || length === 48) && isLetter(bytes[first]);
      if (isBlock && this.key.mayMatter(bytes, first, shortestPan)) return true;
      at = next - 1;
    }
    return false;
  }
}

/** Packed digits of at least so many bytes in a row are all decimal in a card number. */
const fewestPackedBytes = 6;

/** Whether the chain may be card data in hexadecimal: packed digits, or ASCII digits written so. */
function isInHex(bytes: Uint8Array, chain: Chain, groups: DigitGroups): boolean {
  const { start, end } = chain;
  if (groups.count === 1) {
    const next = (bytes[end] ?? 0) | 0x20;
    const isTagged = start > 0 && ((bytes[start - 1] ?? 0) | 0x20) === 0x61;
    return isTagged || next === 0x64 || next === 0x66 || end - start >= shortestPan * 2;
  }
  return hasPackedBytes(groups);
}

function hasPackedBytes({ length, count }: DigitGroups): boolean {
  let inRow = 0;
  for (let i = 0; i < count; i++) {
    inRow = length[i] === 2 ? inRow + 1 : 0;
    if (inRow >= fewestPackedBytes) return true;
  }
  return false;
}

const hexBytes = new Uint8Array(256);
for (const character of '0123456789ABCDEFabcdef') hexBytes[character.charCodeAt(0)] = 1;

/** Quoted-printable beside or within a chain of digits: `=3D`, `=E3=81=82`, `=20` and a card number, a line that goes on. */
function quotedMatters(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start - 1] === 0x3d) return mayBeQuoted(bytes, start - 1);
  if (bytes[start - 2] === 0x3d && end - start === 1) return mayBeQuoted(bytes, start - 2);
  return bytes[end] === 0x3d && mayBeQuoted(bytes, end);
}
