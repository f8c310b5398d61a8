import { fillerWords, genericNames, kindByName } from './key-kinds.ts';

/*
 * The known names as a trie, read from their last letter to their first: of most names in a log the last two letters
 * tell that they are none of these. A node's value says what the letters up to it stand for where a word begins there.
 */

/** The low bits of a value are the kind of key (`keyKind`). */
export const kindBits = 15;
export const isFillerWord = 16;
export const isGenericName = 32;
/** `no` and `number`, which may follow a name in another script. */
export const isNumberWord = 64;
export const isCdataWord = 128;
/** `cardnumber`, `cardnum`: a card number's name also at the end of a longer word. */
export const isJoinedName = 256;

/** 1-26 for letters of either case, 27-36 for digits, 0 for what is in no name. */
export const nameClass = new Uint8Array(1 << 16);
for (let k = 0; k < 26; k++) nameClass[0x41 + k] = nameClass[0x61 + k] = k + 1;
for (let k = 0; k < 10; k++) nameClass[0x30 + k] = 27 + k;

const shift = 6;
const joinedNames = ['cardnumber', 'cardnumbers', 'cardnum', 'cardnums'];

function addedWords(): [string, number][] {
  const words: [string, number][] = [...kindByName];
  for (const word of fillerWords) words.push([word, isFillerWord]);
  for (const word of genericNames) words.push([word, isGenericName]);
  for (const word of ['no', 'number']) words.push([word, isNumberWord]);
  for (const word of joinedNames) words.push([word, isJoinedName]);
  words.push(['cdata', isCdataWord]);
  return words;
}

function build(): { next: Uint16Array; values: Uint16Array } {
  const words = addedWords();
  const most = words.reduce((sum, [word]) => sum + word.length, 2);
  const next = new Uint16Array(most << shift);
  const values = new Uint16Array(most);
  let nodes = 2;
  for (const [word, value] of words) {
    let node = 1;
    for (let k = word.length - 1; k >= 0; k--) {
      const edge = (node << shift) | (nameClass[word.charCodeAt(k)] ?? 0);
      if (next[edge] === 0) next[edge] = nodes++;
      node = next[edge] ?? 0;
    }
    values[node] = (values[node] ?? 0) | value;
  }
  return { next: next.slice(0, nodes << shift), values: values.slice(0, nodes) };
}

const trie = build();

export const trieRoot = 1;

/** The node behind one more character to the left; 0: no known name goes on so. */
export function stepBack(node: number, code: number): number {
  return trie.next[(node << shift) | (nameClass[code] ?? 0)] ?? 0;
}

export function valueAt(node: number): number {
  return trie.values[node] ?? 0;
}
