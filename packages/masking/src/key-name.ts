import type { Codes } from './digit-groups.ts';
import { keyKind, type KeyKind } from './key-kinds.ts';
import { isFillerWord, isJoinedName, kindBits, nameClass, stepBack, trieRoot, valueAt } from './name-trie.ts';

const longestName = 64;
const longestWord = 30;
const mostWords = 6;
/** A name is made of at most so many words. */
const mostJoined = 4;

const joins = new Uint8Array(1 << 16);
for (const character of '_-. []') joins[character.charCodeAt(0)] = 1;

export function isJoiner(code: number | undefined): boolean {
  return joins[code ?? 0] === 1;
}

export function isNameCode(code: number | undefined): boolean {
  return (nameClass[code ?? 0] ?? 0) !== 0;
}

const isLower = (code: number): boolean => code >= 0x61 && code <= 0x7a;
const isUpper = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isNumeral = (code: number | undefined): boolean => code !== undefined && code >= 0x30 && code <= 0x39;
const isQuote = (code: number | undefined): boolean => code === 0x22 || code === 0x27 || code === 0x5c;

/** The words of the name last read, the last one first; one reader at a time, so they are kept in one place. */
const wordFrom = new Int32Array(mostWords);
const wordTo = new Int32Array(mostWords);
let wordCount = 0;

/** Where the name last read begins, and what its last word is (the bits of `name-trie.ts`). */
export const lastName = { start: 0, firstWord: 0 };

/**
 * Whether a few steps tell that no known name ends at `end`. Characters before `floor` are taken as unknown; in doubt
 * the answer is no.
 */
export function cannotEndName(codes: Codes, end: number, floor: number): boolean {
  let at = end;
  for (let words = 0; words < mostWords; words++) {
    let steps = 0;
    while (at >= floor && steps < 4 && joins[codes[at] ?? 0] === 1) {
      at--;
      steps++;
    }
    if (at < floor) return floor === 0;
    const numberEnd = at;
    while (at >= floor && isNumeral(codes[at])) at--;
    if (at < floor) return floor === 0;
    const code = codes[at] ?? 0;
    if (isNameCode(code)) {
      if (!isDead(codes, at, { floor, node: trieRoot })) return false;
      return numberEnd !== at + 1 || isDead(codes, at, { floor, node: stepBack(trieRoot, codes[numberEnd] ?? 0) });
    }
    // Only numbers so far: the name goes on behind a joiner, or there is none.
    if (numberEnd === at) return !isQuote(code);
    if (joins[code] !== 1) return true;
  }
  return false;
}

function isDead(codes: Codes, end: number, from: { floor: number; node: number }): boolean {
  let { node } = from;
  if (node === 0) return true;
  for (let at = end; ; at--) {
    if (at < from.floor) return from.floor === 0;
    const code = codes[at] ?? 0;
    if (nameClass[code] !== 0) {
      node = stepBack(node, code);
      if (node === 0) return true;
      if (valueAt(node) !== 0) return false;
    } else if (joins[code] !== 1) return !isQuote(code);
  }
}

/** Splits the name that ends at `end` at `_ - . [ ]`, space and camel case; false: no name ends there. */
export function readName(codes: Codes, end: number): boolean {
  const stop = Math.max(0, end + 1 - longestName);
  let at = end;
  wordCount = 0;
  lastName.start = end + 1;
  lastName.firstWord = 0;
  while (at >= stop && wordCount < mostWords) {
    let joiners = 0;
    while (at >= stop && joiners < 4 && (isJoiner(codes[at]) || (joiners > 0 && isQuote(codes[at])))) {
      at--;
      joiners++;
    }
    if (at < stop || !isNameCode(codes[at])) break;
    wordTo[wordCount] = at;
    at = wordStart(codes, at, stop) - 1;
    wordFrom[wordCount] = at + 1;
    wordCount++;
    lastName.start = at + 1;
  }
  if (wordCount > 0) lastName.firstWord = wordValue(codes, 0);
  return wordCount > 0;
}

function wordStart(codes: Codes, end: number, stop: number): number {
  for (let at = end; ; at--) {
    const code = codes[at] ?? 0;
    const before = at > stop ? (codes[at - 1] ?? 0) : 0;
    if (!isNameCode(before) || end - at >= longestWord) return at;
    if (!isUpper(code)) continue;
    if (!isUpper(before) || (at < end && isLower(codes[at + 1] ?? 0))) return at;
  }
}

function wordValue(codes: Codes, word: number): number {
  let node = trieRoot;
  const first = wordFrom[word] ?? 0;
  for (let at = wordTo[word] ?? 0; at >= first && node !== 0; at--) node = stepBack(node, codes[at] ?? 0);
  return valueAt(node);
}

function isNumber(codes: Codes, word: number): boolean {
  const from = wordFrom[word] ?? 0;
  const to = wordTo[word] ?? 0;
  if (to - from > 3) return false;
  for (let at = from; at <= to; at++) if (!isNumeral(codes[at])) return false;
  return true;
}

/** The kind of the name that `readName` read last. */
export function kindOfName(codes: Codes): KeyKind {
  let first = 0;
  while (first < wordCount - 1 && ((wordValue(codes, first) & isFillerWord) !== 0 || isNumber(codes, first))) first++;
  const end = wordTo[first] ?? 0;
  const kind = kindOfWords(codes, first, end);
  if (kind !== keyKind.none || !isNumeral(codes[end])) return kind;
  // `pan2`, `card_number_1`: the number at the end of a name is left out.
  let trimmed = end;
  while (trimmed >= (wordFrom[first] ?? 0) && isNumeral(codes[trimmed])) trimmed--;
  return kindOfWords(codes, first, trimmed);
}

function kindOfWords(codes: Codes, first: number, end: number): KeyKind {
  let strongest: number = keyKind.none;
  let node = trieRoot;
  for (let word = first; word < wordCount && word < first + mostJoined; word++) {
    const from = wordFrom[word] ?? 0;
    for (let at = word === first ? end : (wordTo[word] ?? 0); at >= from; at--) {
      node = stepBack(node, codes[at] ?? 0);
      if (node === 0) return strongest as KeyKind;
      if (word === first && (valueAt(node) & isJoinedName) !== 0 && end - from > 8 && opensCard(codes, from, at))
        strongest = keyKind.pan;
    }
    strongest = Math.max(strongest, valueAt(node) & kindBits);
  }
  return strongest as KeyKind;
}

const otherCards = ['dis', 'post', 'wild', 'flash', 'score'];

/** `customercardnumber`, but not `postcardnumber`. */
function opensCard(codes: Codes, from: number, at: number): boolean {
  return !otherCards.some((word) => {
    let k = 0;
    while (
      k < word.length &&
      at - 1 - k >= from &&
      ((codes[at - 1 - k] ?? 0) | 0x20) === word.charCodeAt(word.length - 1 - k)
    )
      k++;
    return k === word.length;
  });
}
