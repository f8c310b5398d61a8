/** The class of every character beyond ASCII; 0 is that of ASCII characters that no literal has. */
const beyondClass = 1;

/**
 * Which of many literals stand in a text, in one pass over it (Aho and Corasick, 1975), as a table of states by classes of
 * characters: those of ASCII that no literal has are one class, those beyond ASCII another.
 */
export class LiteralSearch {
  readonly #classOf = new Uint8Array(128);
  readonly #next: Int32Array;
  readonly #classes: number;
  /** What is found in a state; most find nothing. */
  readonly #found: ReadonlyArray<readonly number[] | undefined>;

  /** Literals in lower case and ASCII, each with the numbers to give when it is there. */
  constructor(literals: ReadonlyMap<string, readonly number[]>) {
    let classes = beyondClass + 1;
    for (const text of literals.keys()) {
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code < 128 && this.#classOf[code] === 0) this.#classOf[code] = classes++;
      }
    }
    this.#classes = classes;
    const trie = [new Int32Array(classes).fill(-1)];
    const ends: (number[] | undefined)[] = [undefined];
    for (const [text, numbers] of literals) {
      let state = 0;
      for (let at = 0; at < text.length; at++) {
        const row = trie[state];
        const code = text.charCodeAt(at);
        const name = code < 128 ? (this.#classOf[code] ?? 0) : beyondClass;
        let next = row?.[name] ?? -1;
        if (next < 0 && row !== undefined) {
          next = trie.push(new Int32Array(classes).fill(-1)) - 1;
          ends.push(undefined);
          row[name] = next;
        }
        state = next;
      }
      ends[state] = [...(ends[state] ?? []), ...numbers];
    }
    this.#found = ends;
    this.#next = linked(trie, ends, classes);
  }

  /** Tells of each number, maybe several times. */
  search(text: string, tell: (number: number) => void): void {
    const next = this.#next;
    const classOf = this.#classOf;
    const classes = this.#classes;
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      state = next[state * classes + (code < 128 ? (classOf[code] ?? 0) : beyondClass)] ?? 0;
      if (state === 0) continue;
      const found = this.#found[state];
      if (found !== undefined) for (const number of found) tell(number);
    }
  }
}

/** The automaton of a trie: where no letter leads on, it goes on as from the longest end of what was read. */
function linked(trie: readonly Int32Array[], ends: (number[] | undefined)[], classes: number): Int32Array {
  const table = new Int32Array(trie.length * classes);
  const failure = new Int32Array(trie.length);
  const queue = [0];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const row = trie[state];
    const fallback = failure[state] ?? 0;
    const inherited = state === 0 ? undefined : ends[fallback];
    if (inherited !== undefined) ends[state] = [...new Set([...(ends[state] ?? []), ...inherited])];
    for (let name = 0; name < classes; name++) {
      const child = row?.[name] ?? -1;
      const otherwise = state === 0 ? 0 : (table[fallback * classes + name] ?? 0);
      if (child < 0) table[state * classes + name] = otherwise;
      else {
        table[state * classes + name] = child;
        failure[child] = otherwise;
        queue.push(child);
      }
    }
  }
  return table;
}
