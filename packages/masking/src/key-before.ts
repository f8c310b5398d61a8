import type { Codes } from './digit-groups.ts';
import { fillerWords, foreignNames, genericNames, joinedName, keyKind, type KeyKind, kindByName } from './key-kinds.ts';

/** How far a name is looked for, in characters; a bound, so that the whole scan stays linear. */
const longestGap = 24;
const longestName = 64;
const longestWord = 30;
const farthestContainer = 512;

export interface Key {
  kind: KeyKind;
  /** A mark such as `=` or `:` stands between name and value, not mere space. */
  explicit: boolean;
}

const noKey: Key = { kind: keyKind.none, explicit: false };

/** 1: may stand between a name and its value; 2: and makes the relation explicit. */
const gap = new Uint8Array(0x80);
for (const character of ' \t\r\n"\'`\\({[|~#-.<$') gap[character.charCodeAt(0)] = 1;
for (const character of '=:>([') gap[character.charCodeAt(0)] = 2;

function isGap(code: number): number {
  if (code < 0x80) return gap[code] ?? 0;
  // 「『【〈 quote values in Japanese text; は and が stand between a name and what it is.
  return code === 0x300c || code === 0x300e || code === 0x3010 || code === 0x306f || code === 0x304c ? 1 : 0;
}

const punctuation = new Uint8Array(0x80);
for (const character of ' \t\r\n"\'\\,:{([<>') punctuation[character.charCodeAt(0)] = 1;

const isLower = (code: number): boolean => code >= 0x61 && code <= 0x7a;
const isUpper = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isNumeral = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isNameCode = (code: number): boolean => isLower(code) || isUpper(code) || isNumeral(code);
const isJoiner = (code: number): boolean =>
  code === 0x5f || code === 0x2d || code === 0x2e || code === 0x20 || code === 0x5b || code === 0x5d;

/** The last words of the name that ends at `end`, last first, split at `_ - . [ ]`, space and camel case. */
function wordsBack(codes: Codes, end: number): { words: string[]; start: number } {
  const words: string[] = [];
  const stop = Math.max(0, end + 1 - longestName);
  let at = end;
  let start = end + 1;
  while (at >= stop && words.length < 6) {
    let joiners = 0;
    while (at >= stop && joiners < 4 && (isJoiner(codes[at] ?? 0) || (joiners > 0 && isQuote(codes[at] ?? 0)))) {
      at--;
      joiners++;
    }
    if (at < stop || !isNameCode(codes[at] ?? 0)) break;
    let word = '';
    for (;;) {
      const code = codes[at] ?? 0;
      word = String.fromCharCode(isUpper(code) ? code + 32 : code) + word;
      const before = at > stop ? (codes[at - 1] ?? 0) : 0;
      at--;
      if (!isNameCode(before) || word.length > longestWord) break;
      if (isUpper(code) && !isUpper(before)) break;
      if (isUpper(code) && isUpper(before) && word.length > 1 && isLower(codes[at + 2] ?? 0)) break;
    }
    words.push(word);
    start = at + 1;
  }
  return { words, start };
}

const isQuote = (code: number): boolean => code === 0x22 || code === 0x27 || code === 0x5c;

function endsInNumeral(word: string): boolean {
  return isNumeral(word.charCodeAt(word.length - 1));
}

function isNumber(word: string): boolean {
  return isNumeral(word.charCodeAt(0)) && word === word.slice(0, 4) && withoutNumber(word) === '';
}

function withoutNumber(word: string): string {
  let end = word.length;
  while (end > 0 && isNumeral(word.charCodeAt(end - 1))) end--;
  return word.slice(0, end);
}

function kindOfWords(words: readonly string[]): KeyKind {
  let first = 0;
  while (first < words.length - 1 && (fillerWords.has(words[first] ?? '') || isNumber(words[first] ?? ''))) first++;
  let strongest: KeyKind = keyKind.none;
  for (const trimmed of [false, true]) {
    let joined = '';
    for (let i = first; i < words.length && i < first + 4; i++) {
      const word = words[i] ?? '';
      joined = (i === first && trimmed ? withoutNumber(word) : word) + joined;
      const kind = kindByName.get(joined) ?? keyKind.none;
      if (kind > strongest) strongest = kind;
      if (i === first && joined.length > 9 && strongest < keyKind.pan && joinedName.test(joined))
        strongest = keyKind.pan;
    }
    if (strongest !== keyKind.none || !endsInNumeral(words[first] ?? '')) break;
  }
  return strongest;
}

function foreignKind(codes: Codes, end: number): KeyKind {
  for (const [name, kind] of foreignNames) {
    let matches = end + 1 >= name.length;
    for (let k = 0; matches && k < name.length; k++) matches = codes[end - k] === name.charCodeAt(name.length - 1 - k);
    if (matches) return kind;
  }
  return keyKind.none;
}

const isPunctuation = (code: number): boolean => code < 0x80 && punctuation[code] === 1;

/** `{"name":"pan","value":` and `{"card":{"type":"x","number":`: what stands before or around a generic name. */
function contextKind(codes: Codes, start: number): KeyKind {
  let at = start - 1;
  let steps = 0;
  while (at >= 0 && steps < 16 && isPunctuation(codes[at] ?? 0)) {
    at--;
    steps++;
  }
  const near = kindOfWords(wordsBack(codes, at).words);
  if (near !== keyKind.none && near !== keyKind.exempt) return near;
  let depth = 0;
  const stop = Math.max(0, start - farthestContainer);
  for (let k = start - 1; k >= stop; k--) {
    const code = codes[k];
    if (code === 0x7d) depth++;
    else if (code === 0x7b && depth-- === 0) {
      let end = k - 1;
      while (end >= stop && isPunctuation(codes[end] ?? 0)) end--;
      const kind = kindOfWords(wordsBack(codes, end).words);
      return kind === keyKind.card || kind === keyKind.pan ? kind : keyKind.none;
    }
  }
  return keyKind.none;
}

/** The name of the element whose start tag ends with the `>` at `end`. */
function elementKind(codes: Codes, end: number): KeyKind {
  const stop = Math.max(0, end - 256);
  for (let at = end - 1; at >= stop; at--) {
    if (codes[at] !== 0x3c) continue;
    let last = at + 1;
    while (last < end && (isNameCode(codes[last] ?? 0) || /[_.:-]/.test(String.fromCharCode(codes[last] ?? 0)))) last++;
    const { words, start } = wordsBack(codes, last - 1);
    const kind = kindOfWords(words);
    return kind === keyKind.none && genericNames.has(words[0] ?? '') ? contextKind(codes, start) : kind;
  }
  return keyKind.none;
}

/** The key in front of the value at `valueAt`, in any of the ways logs, JSON, XML and URLs write it. */
export function keyBefore(codes: Codes, valueAt: number): Key {
  let at = valueAt - 1;
  let explicit = false;
  for (let steps = 0; at >= 0 && steps < longestGap; steps++) {
    const code = codes[at] ?? 0;
    const kind = isGap(code);
    if (kind === 0) break;
    if (kind === 2) explicit = true;
    if (code === 0x3e && codes[at - 1] !== 0x3d && codes[at - 1] !== 0x2d) {
      const element = elementKind(codes, at);
      if (element !== keyKind.none) return { kind: element, explicit: true };
    }
    at--;
  }
  if (at < 0) return noKey;
  const foreign = (codes[at] ?? 0) < 0x80 ? keyKind.none : foreignKind(codes, at);
  if (foreign !== keyKind.none) return { kind: foreign, explicit: explicit || at < valueAt - 1 };
  const { words, start } = wordsBack(codes, at);
  if (words.length === 0) return noKey;
  if (words[0] === 'cdata' && codes[start - 2] === 0x21) return keyBefore(codes, start - 3);
  let kind = kindOfWords(words);
  if (kind === keyKind.none && genericNames.has(words[0] ?? '') && explicit) kind = contextKind(codes, start);
  if (kind === keyKind.none && (words[0] === 'no' || words[0] === 'number') && start > 0) {
    if (foreignKind(codes, start - 1) === keyKind.card) kind = keyKind.pan;
  }
  return { kind, explicit };
}
