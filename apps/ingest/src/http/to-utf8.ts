import { findEncoding, TextStream, withMark, type TextEncoding } from '@akashi/line-text';

const utf8 = findEncoding('utf-8');
const longestMark = 4;
const utf8Mark = Buffer.from('\ufeff');

/**
 * A body as UTF-8, piece by piece. A byte order mark at its start says UTF-16 or UTF-32 where no other charset was said; a body
 * in UTF-8 keeps its bytes, broken ones too; in any other encoding a byte that is no text becomes the character U+10FE00 + byte.
 */
export class Utf8Stream {
  readonly #said: TextEncoding | undefined;
  readonly #usual: TextEncoding | undefined;
  #stream: TextStream | undefined;
  #isDecided = false;
  #held: Buffer[] = [];

  /** `usual` is what a body is in that does not say it, by a mark or otherwise. */
  constructor(said: TextEncoding | undefined, usual?: TextEncoding) {
    this.#said = said;
    this.#usual = usual;
  }

  /** Label of what the body is in; undefined when it is UTF-8 already. */
  get encoding(): string | undefined {
    return this.#stream?.encoding.label;
  }

  get undecodable(): number {
    return this.#stream?.undecodable ?? 0;
  }

  push(piece: Buffer): Buffer {
    if (this.#isDecided) return this.#decode(piece);
    this.#held.push(piece);
    const begun = Buffer.concat(this.#held);
    if (begun.length < longestMark) return Buffer.alloc(0);
    this.#held = [];
    this.#decide(begun);
    return this.#decode(begun);
  }

  end(): Buffer {
    const begun = Buffer.concat(this.#held);
    if (!this.#isDecided) this.#decide(begun);
    if (this.#stream === undefined) return begun;
    return Buffer.from(this.#stream.push(begun) + this.#stream.end());
  }

  #decide(first: Buffer): void {
    this.#isDecided = true;
    const assumed = first.subarray(0, 3).equals(utf8Mark) ? utf8 : this.#usual;
    const said = this.#said ?? utf8;
    if (said === undefined) return;
    const marked = withMark(said, first);
    const encoding = this.#said === undefined && marked === utf8 ? (assumed ?? utf8) : marked;
    if (encoding.label !== 'utf-8') this.#stream = new TextStream(encoding, { isMarked: true });
  }

  #decode(piece: Buffer): Buffer {
    return this.#stream === undefined ? piece : Buffer.from(this.#stream.push(piece));
  }
}
