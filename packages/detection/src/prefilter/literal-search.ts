/** The class of every character beyond ASCII; 0 is that of ASCII characters that no literal has. */
const beyondClass = 1;

/**
 * Which of many literals stand in a text, in one pass over it (Aho and Corasick, 1975), as a table of states by classes of
 * characters: those of ASCII that no literal has are one class, those beyond ASCII another.
 */
export class LiteralSearch {
  readonly #classOf = new Uint8Array(128);
  readonly #next: Int32Array;
  readonly #stride: number;
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
    // Letters of both cases are one class: the text need not be folded first.
    for (let code = 65; code <= 90; code++) this.#classOf[code] = this.#classOf[code + 32] ?? 0;
    // An even number of columns: the last bit of an entry says whether something is found in its state.
    this.#stride = classes + (classes & 1);
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
    this.#next = linked(trie, ends, this.#stride);
  }

  /**
   * Tells of each number, maybe several times, in whatever case the literals stand there. True where the text has characters that
   * fold to those of ASCII (full width, Kelvin sign, dotted I): its folded form is to be searched, too.
   */
  search(text: string, tell: (number: number) => void): boolean {
    const next = this.#next;
    const classOf = this.#classOf;
    let state = 0;
    let isToFold = false;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      let name = beyondClass;
      if (code < 128) name = classOf[code] ?? 0;
      else if ((code >= 0xff01 && code <= 0xff5e) || code === 0x3000 || code === 0x212a || code === 0x0130)
        isToFold = true;
      state = next[state + name] ?? 0;
      if ((state & 1) === 0) continue;
      state -= 1;
      const found = this.#found[state / this.#stride];
      if (found !== undefined) for (const number of found) tell(number);
    }
    return isToFold;
  }
}

/**
 * The automaton of a trie: where no letter leads on, it goes on as from the longest end of what was read. An entry is the place of
 * the next state's row, plus one where that state finds something.
 */
function linked(trie: readonly Int32Array[], ends: (number[] | undefined)[], stride: number): Int32Array {
  const table = new Int32Array(trie.length * stride);
  const failure = new Int32Array(trie.length);
  const queue = [0];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const row = trie[state];
    const fallback = failure[state] ?? 0;
    const inherited = state === 0 ? undefined : ends[fallback];
    if (inherited !== undefined) ends[state] = [...new Set([...(ends[state] ?? []), ...inherited])];
    for (let name = 0; name < stride; name++) {
      const child = row?.[name] ?? -1;
      const otherwise = state === 0 ? 0 : (table[fallback * stride + name] ?? 0);
      table[state * stride + name] = child < 0 ? otherwise : child;
      if (child < 0) continue;
      failure[child] = otherwise;
      queue.push(child);
    }
  }
  return table.map((state) => state * stride + (ends[state] === undefined ? 0 : 1));
}
