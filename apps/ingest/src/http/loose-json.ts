const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Follows an element of an array to its end by strings and brackets alone: no stack, however deep it goes. */
export class LooseJson {
  #depth: number;
  #isInString: boolean;
  #isEscaped: boolean;

  /** Goes on where a check stopped. */
  constructor(from: { depth: number; isInString: boolean; isAfterBackslash: boolean }) {
    this.#depth = from.depth;
    this.#isInString = from.isInString;
    this.#isEscaped = from.isAfterBackslash;
  }

  /** `at` is the comma or bracket behind the element for `done`, `to` for `open`. */
  follow(bytes: Uint8Array, from: number, to: number): { verdict: 'open' | 'done' | 'invalid'; at: number } {
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at];
      if (this.#isInString) this.#takeOfString(byte);
      else if (byte === quote) this.#isInString = true;
      else if (byte === openBrace || byte === openBracket) this.#depth += 1;
      else if (this.#depth === 0 && (byte === comma || byte === closeBracket)) return { verdict: 'done', at };
      else if (byte === closeBrace || byte === closeBracket) {
        this.#depth -= 1;
        if (this.#depth < 0) return { verdict: 'invalid', at };
      }
    }
    return { verdict: 'open', at: to };
  }

  #takeOfString(byte: number | undefined): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === backslash) this.#isEscaped = true;
    else if (byte === quote) this.#isInString = false;
  }
}
