/** A `_bulk` body while it is filled with whole lines. */

const bytesPerChar = 3;
/** A control character becomes six: `\u0000`. */
const bytesPerEscape = 6;
const slackBytes = 64 * 1024;

const backslash = 0x5c;

/** For each byte of UTF-8 below 0x80 that JSON does not take as it is, what stands for it. */
const escapes: readonly (Buffer | undefined)[] = Array.from({ length: 256 }, (_, code) => {
  if (code >= 32 && code !== 0x22 && code !== backslash) return undefined;
  return Buffer.from(JSON.stringify(String.fromCharCode(code)).slice(1, -1));
});
const isEscaped = Uint8Array.from(escapes, (escape) => (escape === undefined ? 0 : 1));

export class BulkBody {
  readonly #limit: number;
  #bytes: Buffer;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
    this.#bytes = Buffer.allocUnsafeSlow(limit + slackBytes);
  }

  /** Adds whole lines. Gives the body before them when they would make it longer than its limit. */
  add(lines: string): Buffer | undefined {
    const full = this.#makeRoom(lines.length * bytesPerChar);
    this.#write(lines);
    return full;
  }

  /** The same for lines with a JSON string that is given as its UTF-8 bytes, which must be valid. */
  addAround(head: string, inside: Uint8Array, tail: string): Buffer | undefined {
    const full = this.#makeRoom((head.length + tail.length) * bytesPerChar + inside.length * bytesPerEscape);
    this.#write(head);
    this.#used = writeEscaped(inside, this.#bytes, this.#used);
    this.#write(tail);
    return full;
  }

  /** A copy that owns its memory, so that it can be handed to another thread; the working memory is filled again. */
  take(): Buffer | undefined {
    if (this.#used === 0) return undefined;
    const copy = Buffer.allocUnsafeSlow(this.#used);
    this.#bytes.copy(copy, 0, 0, this.#used);
    this.#used = 0;
    return copy;
  }

  #makeRoom(mostBytes: number): Buffer | undefined {
    const end = this.#used + mostBytes;
    if (end <= this.#limit) return undefined;
    const full = this.take();
    if (mostBytes > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(mostBytes + slackBytes);
    return full;
  }

  #write(text: string): void {
    this.#used += this.#bytes.write(text, this.#used, 'utf8');
  }
}

function writeEscaped(from: Uint8Array, to: Uint8Array, start: number): number {
  let at = start;
  for (let i = 0; i < from.length; i++) {
    const byte = from[i] ?? 0;
    if (isEscaped[byte] === 0) {
      to[at++] = byte;
      continue;
    }
    const escape = escapes[byte];
    if (escape === undefined) continue;
    to.set(escape, at);
    at += escape.length;
  }
  return at;
}
