const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const minus = 0x2d;
const plus = 0x2b;
const dot = 0x2e;
const zero = 0x30;
const nine = 0x39;

/** Whether the byte is one of the four that JSON lets stand between its parts. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

const expectation = {
  value: 0,
  /** Right behind `[`: a value or `]`. */
  firstElement: 1,
  /** Right behind `{`: a key or `}`. */
  firstKey: 2,
  key: 3,
  colon: 4,
  /** Behind a value within a container: a comma or its end. */
  more: 5,
  string: 6,
  escape: 7,
  hexDigit: 8,
  literal: 9,
  /** Of a number (RFC 8259 section 6), by what was last. */
  minus: 10,
  zero: 11,
  integer: 12,
  point: 13,
  fraction: 14,
  exponent: 15,
  exponentSign: 16,
  exponentDigits: 17,
  done: 18,
} as const;

const literals: Readonly<Record<number, string>> = { 0x74: 'true', 0x66: 'false', 0x6e: 'null' };
const escapable = new Set(Buffer.from('"\\/bfnrt'));

export type JsonVerdict = 'open' | 'done' | 'invalid' | 'too-deep';

/**
 * Checks one JSON value (RFC 8259) byte by byte, in as many pieces as it comes in, and finds its end. Nothing is built:
 * the cost of a byte is the same whatever it stands in, and the memory is one byte for each level of nesting. Bytes from
 * 0x80 on may stand in strings only and are not looked at more closely.
 */
export class JsonScanner {
  readonly #maxDepth: number;
  /** Per level: whether it is an object. */
  readonly #isObject: Uint8Array;
  #depth = 0;
  #state: number = expectation.value;
  #isKey = false;
  #hexLeft = 0;
  #literal = '';
  #literalAt = 0;
  /** The first byte of the value; 0 until it is there. */
  first = 0;
  /** Whether a string of the value has an escape. */
  hasEscape = false;

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
    this.#isObject = new Uint8Array(maxDepth + 1);
  }

  reset(): void {
    this.#depth = 0;
    this.#state = expectation.value;
    this.#isKey = false;
    this.first = 0;
    this.hasEscape = false;
  }

  /** Containers that are open. */
  get depth(): number {
    return this.#depth;
  }

  get isInString(): boolean {
    return this.#state >= expectation.string && this.#state <= expectation.hexDigit;
  }

  get isAfterBackslash(): boolean {
    return this.#state === expectation.escape;
  }

  /** What the value is if nothing follows: a number, alone, does not say by itself where it ends. */
  get atEnd(): JsonVerdict {
    const { zero: zeroState, integer, fraction, exponentDigits, done } = expectation;
    const isNumber = [zeroState, integer, fraction, exponentDigits].some((state) => state === this.#state);
    return this.#state === done || (isNumber && this.#depth === 0) ? 'done' : 'open';
  }

  /**
   * Reads on from `from`. `at` is behind the last byte of the value for `done`, where it stopped for `invalid` and
   * `too-deep`, and `to` for `open`.
   */
  scan(bytes: Uint8Array, from: number, to: number): { verdict: JsonVerdict; at: number } {
    let at = from;
    while (at < to) {
      if (this.#state === expectation.string) {
        at = this.#skipString(bytes, at, to);
        if (at === to) break;
      }
      const byte = bytes[at] ?? 0;
      if (this.first === 0 && !isSpace(byte)) this.first = byte;
      const outcome = this.#take(byte);
      if (outcome === 'ends-before') return { verdict: 'done', at };
      if (outcome !== 'open') return { verdict: outcome, at: outcome === 'done' ? at + 1 : at };
      at += 1;
    }
    return { verdict: 'open', at };
  }

  /** Up to the next byte of a string that means something. */
  #skipString(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    for (; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === quote || byte === backslash || byte < 0x20) break;
    }
    return at;
  }

  #take(byte: number): JsonVerdict | 'ends-before' {
    const state = this.#state;
    switch (state) {
      case expectation.string:
        if (byte === quote) return this.#endString();
        if (byte !== backslash) return 'invalid';
        this.hasEscape = true;
        return this.#to(expectation.escape);
      case expectation.escape:
        if (byte === 0x75) this.#hexLeft = 4;
        else if (!escapable.has(byte)) return 'invalid';
        return this.#to(byte === 0x75 ? expectation.hexDigit : expectation.string);
      case expectation.hexDigit:
        if (!isHexDigit(byte)) return 'invalid';
        this.#hexLeft -= 1;
        return this.#hexLeft === 0 ? this.#to(expectation.string) : 'open';
      case expectation.literal:
        if (byte !== this.#literal.charCodeAt(this.#literalAt)) return 'invalid';
        this.#literalAt += 1;
        return this.#literalAt === this.#literal.length ? this.#endValue() : 'open';
      default:
        if (state >= expectation.minus) return this.#takeOfNumber(byte);
        return isSpace(byte) ? 'open' : this.#takeBetween(byte);
    }
  }

  /** A byte that is no space, outside of strings, literals and numbers. */
  #takeBetween(byte: number): JsonVerdict {
    switch (this.#state) {
      case expectation.firstElement:
        return byte === closeBracket ? this.#close() : this.#begin(byte);
      case expectation.value:
        return this.#begin(byte);
      case expectation.firstKey:
        if (byte === closeBrace) return this.#close();
        return this.#beginKey(byte);
      case expectation.key:
        return this.#beginKey(byte);
      case expectation.colon:
        return byte === colon ? this.#to(expectation.value) : 'invalid';
      default: {
        const isObject = this.#isObject[this.#depth] === 1;
        if (byte === comma) return this.#to(isObject ? expectation.key : expectation.value);
        return byte === (isObject ? closeBrace : closeBracket) ? this.#close() : 'invalid';
      }
    }
  }

  #begin(byte: number): JsonVerdict {
    if (byte === quote) {
      this.#isKey = false;
      return this.#to(expectation.string);
    }
    if (byte === openBrace || byte === openBracket) {
      if (this.#depth === this.#maxDepth) return 'too-deep';
      this.#depth += 1;
      this.#isObject[this.#depth] = byte === openBrace ? 1 : 0;
      return this.#to(byte === openBrace ? expectation.firstKey : expectation.firstElement);
    }
    if (byte === minus) return this.#to(expectation.minus);
    if (byte === zero) return this.#to(expectation.zero);
    if (isDigit(byte)) return this.#to(expectation.integer);
    const literal = literals[byte];
    if (literal === undefined) return 'invalid';
    this.#literal = literal;
    this.#literalAt = 1;
    return this.#to(expectation.literal);
  }

  #beginKey(byte: number): JsonVerdict {
    this.#isKey = true;
    return byte === quote ? this.#to(expectation.string) : 'invalid';
  }

  #takeOfNumber(byte: number): JsonVerdict | 'ends-before' {
    const { minus: afterMinus, zero: afterZero, integer, point, fraction } = expectation;
    const { exponent, exponentSign, exponentDigits } = expectation;
    const state = this.#state;
    if (isDigit(byte)) {
      if (state === afterMinus) return this.#to(byte === zero ? afterZero : integer);
      if (state === afterZero) return 'invalid';
      if (state === point) return this.#to(fraction);
      return state === exponent || state === exponentSign ? this.#to(exponentDigits) : 'open';
    }
    const hasDigits = state === afterZero || state === integer || state === fraction || state === exponentDigits;
    if (state === exponent && (byte === plus || byte === minus)) return this.#to(exponentSign);
    if (!hasDigits) return 'invalid';
    if (byte === dot && (state === afterZero || state === integer)) return this.#to(point);
    if ((byte | 0x20) === 0x65 && state !== exponentDigits) return this.#to(exponent);
    // The number ended before this byte, which belongs to what is around it.
    if (this.#endValue() === 'done') return 'ends-before';
    return isSpace(byte) ? 'open' : this.#takeBetween(byte);
  }

  #endString(): JsonVerdict {
    return this.#isKey ? this.#to(expectation.colon) : this.#endValue();
  }

  #close(): JsonVerdict {
    this.#depth -= 1;
    return this.#endValue();
  }

  #endValue(): JsonVerdict {
    this.#state = this.#depth === 0 ? expectation.done : expectation.more;
    return this.#depth === 0 ? 'done' : 'open';
  }

  #to(state: number): 'open' {
    this.#state = state;
    return 'open';
  }
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= nine;
}

function isHexDigit(byte: number): boolean {
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x66);
}
