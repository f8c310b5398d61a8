import { ignoredCode, readCode, readEnd } from './decoded-record.ts';
import { isLetter } from './digit-groups.ts';
import { shortestPan } from './issuer-ranges.ts';
import { gapKind, isExplicit, KeyReader } from './key-before.ts';
import { fillerWords, foreignNames, genericNames, keyKind, kindByName } from './key-kinds.ts';
import { cannotEndName, isJoiner, isNameCode, lastName } from './key-name.ts';
import { isGenericName, isNumberWord, kindBits } from './name-trie.ts';

/** The search looks as far back over the gap between name and value, in characters. */
const longestGap = 24;
/** Bytes of a gap in which escapes stand for characters. */
const longestGapBytes = 64;
const longestName = 70;
const longestTag = 256;

/** What the byte before a value says: 0: no name stands there; 1: a gap; 2: a letter; 3: look closer. */
const before = new Uint8Array(256);
const gapByte = 1;
const letterByte = 2;
for (let byte = 0; byte < 256; byte++) {
  if (byte >= 0x80 || byte === 0x5f || byte === 0x5d || byte === 0x3e) before[byte] = 3;
  else if (gapKind[byte] !== 0) before[byte] = gapByte;
  else if (isLetter(byte)) before[byte] = letterByte;
  else if (isNameCode(byte)) before[byte] = 3;
}

/** The last two letters of the names, five bits each. */
const nameEnds = new Uint8Array(1 << 10);
for (const name of [...kindByName.keys(), ...fillerWords, ...genericNames]) {
  const last = name.charCodeAt(name.length - 1) & 31;
  if (name.length > 1) nameEnds[((name.charCodeAt(name.length - 2) & 31) << 5) | last] = 1;
  else for (let previous = 0; previous < 32; previous++) nameEnds[(previous << 5) | last] = 1;
}

const utf8 = new TextEncoder();
const foreignBytes = foreignNames.map(([name, kind]) => ({ bytes: utf8.encode(name), kind }));

/**
 * Tells of most values, by a few bytes in front of them, that no key makes them card data. Where escapes or characters
 * of other scripts stand in the way, it answers that the value may matter.
 */
export class KeyGlance {
  private readonly keys = new KeyReader();
  private isFresh = true;
  /** The last bytes that stand for another character (or for none), and the end of those before. */
  private start = -1000;
  end = -1000;
  private code = 0;
  private previousEnd = -1000;
  /** The last of these that stood for a letter, a digit or nothing. */
  private oddEnd = -1000;
  private isEscaped = false;

  reset(): void {
    if (!this.isFresh) this.keys.reset();
    this.isFresh = true;
    this.start = this.end = this.previousEnd = this.oddEnd = -1000;
    this.isEscaped = false;
  }

  noteEscape(): void {
    this.isEscaped = true;
  }

  noteSpecial(start: number, end: number, code: number): void {
    this.isEscaped = true;
    this.previousEnd = this.end;
    this.start = start;
    this.end = end;
    this.code = code;
    if (code === ignoredCode || isNameCode(code)) this.oddEnd = end;
  }

  /** Whether a key may make the value at `at` card data, which has `digits` digits. */
  mayMatter(bytes: Uint8Array, at: number, digits: number): boolean {
    if (at === 0) return false;
    if (at - this.end > 3) {
      const last = bytes[at - 1] ?? 0;
      const kind = before[last];
      if (kind === 0) return false;
      const previous = at > 1 ? (bytes[at - 2] ?? 0) : 0;
      if (kind === letterByte) {
        if (isLetter(previous) && nameEnds[((previous & 31) << 5) | (last & 31)] === 0) return false;
      } else if (kind === gapByte) {
        const kindBefore = before[previous];
        if (kindBefore === 0) return false;
        if (kindBefore === letterByte) {
          const third = at > 2 ? (bytes[at - 3] ?? 0) : 0;
          if (isLetter(third) && nameEnds[((third & 31) << 5) | (previous & 31)] === 0) return false;
        }
      }
    }
    return this.lookCloser(bytes, at, digits);
  }

  /** Whether the bracket at `at` may open a list of values of a key: its members may be anything. */
  mayOpenList(bytes: Uint8Array, at: number): boolean {
    let mark = at - 1;
    while (mark > 0 && at - mark < 3 && bytes[mark] === 0x20) mark--;
    // A list belongs to a key by an explicit mark only: `=`, `:`, `>`, or one of another script.
    const code = mark < 0 ? 0 : (bytes[mark] ?? 0);
    if (code !== 0x3d && code !== 0x3a && code !== 0x3e && code < 0x80) return false;
    return this.mayMatter(bytes, at, shortestPan);
  }

  private lookCloser(bytes: Uint8Array, at: number, digits: number): boolean {
    let end = at - 1;
    let explicit = 0;
    let floor = this.end;
    let isOdd = false;
    for (let steps = 0; ; steps++) {
      if (end < 0) return false;
      if (steps >= longestGap && (!isOdd || steps > longestGapBytes)) {
        if (isOdd) return true;
        break;
      }
      if (end + 1 === this.end) {
        const { code } = this;
        if (code !== ignoredCode && gapKind[code] === 0) return isNameCode(code) || isJoiner(code) || code >= 0x80;
        if (code === 0x3e || this.start === this.previousEnd) return true;
        if (code !== ignoredCode && gapKind[code] === 2) explicit = isExplicit;
        end = this.start - 1;
        floor = this.previousEnd;
        isOdd = true;
        continue;
      }
      const byte = bytes[end] ?? 0;
      if (byte >= 0x80) {
        const lead = leadBefore(bytes, end);
        const code = readCode(bytes, lead);
        if (readEnd.at !== end + 1) return false;
        if (code !== ignoredCode && gapKind[code] === 0) return this.foreignMatters(bytes, end, digits);
        end = lead - 1;
        isOdd = true;
        continue;
      }
      const gap = gapKind[byte];
      if (gap === 0) break;
      if (gap === 2) explicit = isExplicit;
      if (byte === 0x3e && bytes[end - 1] !== 0x3d && bytes[end - 1] !== 0x2d) {
        if (this.end > end - longestTag && this.end > 0) return true;
        this.isFresh = false;
        const element = this.keys.elementKind(bytes, end);
        if (element !== keyKind.none) return matters(element | isExplicit, digits);
      } else if (byte === 0x5c) isOdd = true;
      end--;
    }
    return this.nameMatters(bytes, { end, floor: Math.max(floor, 0), explicit }, digits);
  }

  private nameMatters(
    bytes: Uint8Array,
    name: { end: number; floor: number; explicit: number },
    digits: number,
  ): boolean {
    const { end, floor, explicit } = name;
    if (cannotEndName(bytes, end, floor)) return false;
    if (floor > 0 && floor > end - longestName) return true;
    this.isFresh = false;
    const key = this.keys.nameKind(bytes, end, explicit);
    if (key < 0) return true;
    const { start, firstWord } = lastName;
    if ((key & kindBits) === keyKind.none) {
      if (explicit !== 0 && this.isEscaped && (firstWord & isGenericName) !== 0) return true;
      return (firstWord & isNumberWord) !== 0 && (bytes[start - 1] ?? 0) >= 0x80;
    }
    return matters(key, digits);
  }

  private foreignMatters(bytes: Uint8Array, end: number, digits: number): boolean {
    for (const foreign of foreignBytes) {
      const size = foreign.bytes.length;
      let k = 0;
      while (k < size && bytes[end - k] === foreign.bytes[size - 1 - k]) k++;
      if (k === size) return matters(foreign.kind | isExplicit, digits);
    }
    return this.oddEnd > end - 40;
  }
}

/** Values of a card's key that only together may be a number have so many digits. */
const shortestPart = 3;

function leadBefore(bytes: Uint8Array, end: number): number {
  let lead = end;
  while (lead > 0 && end - lead < 3 && ((bytes[lead] ?? 0) & 0xc0) === 0x80) lead--;
  return lead;
}

function matters(key: number, digits: number): boolean {
  const explicit = (key & isExplicit) !== 0;
  switch (key & kindBits) {
    case keyKind.none:
    case keyKind.exempt:
      return false;
    case keyKind.card:
      return digits >= shortestPan || (explicit && digits >= shortestPart);
    case keyKind.pan:
      return explicit || digits >= shortestPart;
    case keyKind.cardIdentification:
    case keyKind.pin:
      return explicit;
    default:
      return true;
  }
}
