import type { Decoder } from './decoder.ts';

type StrictDecoder = InstanceType<typeof TextDecoder>;

/** What sequences of bytes stand for in one encoding of the WHATWG; each is asked for once. */
class Sequences {
  readonly strict: StrictDecoder;
  readonly #known = new Map<number, string | null>();

  constructor(label: string) {
    this.strict = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  }

  /** The character that `length` bytes (of two and fewer it is kept) at `at` stand for. */
  textOf(bytes: Uint8Array, at: number, length: number): string | null {
    let key = length;
    for (let k = 0; k < length; k += 1) key = key * 256 + (bytes[at + k] ?? 0);
    // Three bytes are sixteen million sequences, and a sender chooses which.
    if (length > 2) return this.#decode(bytes, at, length);
    let text = this.#known.get(key);
    if (text === undefined) this.#known.set(key, (text = this.#decode(bytes, at, length)));
    return text;
  }

  #decode(bytes: Uint8Array, at: number, length: number): string | null {
    try {
      return this.strict.decode(bytes.subarray(at, at + length));
    } catch {
      return null;
    }
  }
}

const sequences = new Map<string, Sequences>();

function sequencesOf(label: string): Sequences {
  const known = sequences.get(label) ?? new Sequences(label);
  sequences.set(label, known);
  return known;
}

/** The two-byte character of a national set, or the three-byte one behind 0x8F; null when it has none. */
export function characterIn(label: string, ...bytes: number[]): string | null {
  return sequencesOf(label).textOf(Uint8Array.from(bytes), 0, bytes.length);
}

/** Shift_JIS, EUC-JP, GBK and GB18030 as the WHATWG Encoding Standard reads them. */
export function multiByteDecoder(label: string): Decoder {
  const all = sequencesOf(label);
  const longest = label === 'gb18030' ? 4 : label === 'euc-jp' ? 3 : 2;
  return {
    walk(bytes, _state, on) {
      for (let at = 0; at < bytes.length;) {
        let text: string | null = null;
        let length = 0;
        while (text === null && length < longest && at + length < bytes.length) text = all.textOf(bytes, at, ++length);
        const end = at + (text === null ? 1 : length);
        on(at, end, text);
        at = end;
      }
      return '';
    },
    whole(bytes) {
      try {
        return all.strict.decode(bytes);
      } catch {
        return undefined;
      }
    },
  };
}
