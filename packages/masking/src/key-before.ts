import type { Codes } from './digit-groups.ts';
import { foreignNames, keyKind, type KeyKind } from './key-kinds.ts';
import { cannotEndName, isNameCode, kindOfName, lastName, readName } from './key-name.ts';
import { isCdataWord, isGenericName, isNumberWord } from './name-trie.ts';

/** How far a name is looked for, in characters; a bound, so that the whole scan stays linear. */
const longestGap = 24;
const longestTag = 256;
const farthestContainer = 512;

/** Set in a key besides its kind: a mark such as `=` or `:` stands between name and value, not mere space. */
export const isExplicit = 16;

/** 1: may stand between a name and its value; 2: and makes the relation explicit. */
export const gapKind = new Uint8Array(1 << 16);
for (const character of ' \t\r\n"\'`\\({[|~#-.<$') gapKind[character.charCodeAt(0)] = 1;
for (const character of '=:>([') gapKind[character.charCodeAt(0)] = 2;
// 「『【 quote values in Japanese text; は and が stand between a name and what it is.
for (const character of '「『【はが') gapKind[character.charCodeAt(0)] = 1;

const punctuation = new Uint8Array(1 << 16);
for (const character of ' \t\r\n"\'\\,:{([<>') punctuation[character.charCodeAt(0)] = 1;

const inTagName = new Uint8Array(1 << 16);
for (const character of '_.:-') inTagName[character.charCodeAt(0)] = 1;

/** The kind of the name in another script that ends at `end`. */
export function foreignKind(codes: Codes, end: number): KeyKind {
  for (const [name, kind] of foreignNames) {
    const size = name.length;
    let k = 0;
    while (k < size && codes[end - k] === name.charCodeAt(size - 1 - k)) k++;
    if (k === size) return kind;
  }
  return keyKind.none;
}

/**
 * Reads the keys of one walk over a record. What it found out about tags and braces is kept for the next keys, so that
 * a walk from left to right reads every character only a few times.
 */
export class KeyReader {
  private readonly opened: number[] = [];
  private openedUntil = 0;
  /** No `<` stands between these two, but one at the first, or none near it. */
  private tagStart = -1;
  private tagSeen = -1;
  private tagKindOf = -1;
  private tagKind: KeyKind = keyKind.none;

  /** To be called before each walk. */
  reset(): void {
    this.opened.length = 0;
    this.openedUntil = 0;
    this.tagStart = -1;
    this.tagSeen = -1;
    this.tagKindOf = -1;
  }

  /** The kind of the key in front of the value at `valueAt`, as logs, JSON, XML and URLs write it, and `isExplicit`. */
  keyBefore(codes: Codes, valueAt: number): number {
    let value = valueAt;
    for (let nested = 0; nested < 3; nested++) {
      const key = this.keyJustBefore(codes, value);
      if (key >= 0) return key;
      value = -key;
    }
    return keyKind.none;
  }

  /** The key, or less than zero: what stands in a CDATA section is named in front of the section, at minus that. */
  private keyJustBefore(codes: Codes, valueAt: number): number {
    let at = valueAt - 1;
    let explicit = 0;
    for (let steps = 0; at >= 0 && steps < longestGap; steps++) {
      const code = codes[at] ?? 0;
      const kind = gapKind[code];
      if (kind === 0) break;
      if (kind === 2) explicit = isExplicit;
      if (code === 0x3e && codes[at - 1] !== 0x3d && codes[at - 1] !== 0x2d) {
        const element = this.elementKind(codes, at);
        if (element !== keyKind.none) return element | isExplicit;
      }
      at--;
    }
    if (at < 0) return keyKind.none;
    if ((codes[at] ?? 0) >= 0x80) {
      const foreign = foreignKind(codes, at);
      if (foreign === keyKind.none) return foreign;
      return foreign | (at < valueAt - 1 ? isExplicit : explicit);
    }
    return cannotEndName(codes, at, 0) ? keyKind.none : this.nameKind(codes, at, explicit);
  }

  /** The kind of the name that ends at `end`, given whether it is `explicit`; less than zero as `keyJustBefore`. */
  nameKind(codes: Codes, end: number, explicit: number): number {
    if (!readName(codes, end)) return keyKind.none;
    const { start, firstWord } = lastName;
    if ((firstWord & isCdataWord) !== 0 && start > 3 && codes[start - 2] === 0x21) return 3 - start;
    let kind = kindOfName(codes);
    if (kind === keyKind.none && (firstWord & isGenericName) !== 0 && explicit !== 0)
      kind = this.contextKind(codes, start);
    if (kind === keyKind.none && (firstWord & isNumberWord) !== 0 && start > 0) {
      if (foreignKind(codes, start - 1) === keyKind.card) kind = keyKind.pan;
    }
    return kind | explicit;
  }

  /** The kind of the element whose start tag ends with the `>` at `end`. */
  elementKind(codes: Codes, end: number): KeyKind {
    const opens = this.tagBefore(codes, end);
    if (opens < 0) return keyKind.none;
    if (opens !== this.tagKindOf) {
      this.tagKindOf = opens;
      this.tagKind = this.tagNameKind(codes, opens, end);
    }
    return this.tagKind;
  }

  private tagBefore(codes: Codes, end: number): number {
    const stop = Math.max(0, end - longestTag);
    if (end <= this.tagStart) this.tagSeen = -1;
    if (end > this.tagSeen) {
      let at = end - 1;
      while (at >= stop && at > this.tagSeen && codes[at] !== 0x3c) at--;
      if (at > this.tagSeen) this.tagStart = at;
      this.tagSeen = end;
    }
    return this.tagStart >= stop && codes[this.tagStart] === 0x3c ? this.tagStart : -1;
  }

  private tagNameKind(codes: Codes, opens: number, end: number): KeyKind {
    let last = opens + 1;
    while (last < end && (isNameCode(codes[last]) || inTagName[codes[last] ?? 0] === 1)) last++;
    if (!readName(codes, last - 1)) return keyKind.none;
    const { start, firstWord } = lastName;
    const kind = kindOfName(codes);
    return kind === keyKind.none && (firstWord & isGenericName) !== 0 ? this.contextKind(codes, start) : kind;
  }

  /** `{"name":"pan","value":` and `{"card":{"type":"x","number":`: what stands before or around a generic name. */
  private contextKind(codes: Codes, start: number): KeyKind {
    let at = start - 1;
    const stop = Math.max(0, start - 17);
    while (at >= stop && punctuation[codes[at] ?? 0] === 1) at--;
    const near = readName(codes, at) ? kindOfName(codes) : keyKind.none;
    if (near !== keyKind.none && near !== keyKind.exempt) return near;
    const brace = this.braceAround(codes, start);
    if (brace < 0 || brace < start - farthestContainer) return keyKind.none;
    let end = brace - 1;
    const farthest = Math.max(0, start - farthestContainer);
    while (end >= farthest && punctuation[codes[end] ?? 0] === 1) end--;
    const kind = readName(codes, end) ? kindOfName(codes) : keyKind.none;
    return kind === keyKind.card || kind === keyKind.pan ? kind : keyKind.none;
  }

  /** The brace that is open at `start`. */
  private braceAround(codes: Codes, start: number): number {
    const { opened } = this;
    if (start < this.openedUntil) return braceBefore(codes, start);
    for (; this.openedUntil < start; this.openedUntil++) {
      const code = codes[this.openedUntil];
      if (code === 0x7b) opened.push(this.openedUntil);
      else if (code === 0x7d) opened.pop();
    }
    return opened[opened.length - 1] ?? -1;
  }
}

function braceBefore(codes: Codes, start: number): number {
  const stop = Math.max(0, start - farthestContainer);
  let depth = 0;
  for (let at = start - 1; at >= stop; at--) {
    const code = codes[at];
    if (code === 0x7d) depth++;
    else if (code === 0x7b && depth-- === 0) return at;
  }
  return -1;
}
