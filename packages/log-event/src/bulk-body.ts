/** A `_bulk` body while it is filled with whole lines. */

const bytesPerChar = 3;
/** A control character becomes six: `\u0000`. */
const bytesPerEscape = 6;
const slackBytes = 64 * 1024;

const noBytes = Buffer.alloc(0);

const backslash = 0x5c;

/** For each byte of UTF-8 below 0x80 that JSON does not take as it is, what stands for it. */
const escapes: readonly (Buffer | undefined)[] = Array.from({ length: 256 }, (_, code) => {
  if (code >= 32 && code !== 0x22 && code !== backslash) return undefined;
  return Buffer.from(JSON.stringify(String.fromCharCode(code)).slice(1, -1));
});
const isEscaped = Uint8Array.from(escapes, (escape) => (escape === undefined ? 0 : 1));

export class BulkBody {
  readonly #limit: number;
  #bytes: Buffer = noBytes;
  #isLent = false;
  #used = 0;

  /** `memory` is filled first, if it is large enough. */
  constructor(limit: number, memory: Buffer = noBytes) {
    this.#limit = limit;
    if (memory.length < limit) return;
    this.#bytes = memory;
    this.#isLent = true;
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

  /**
   * What was filled, in memory of its own, so that it can be handed to another thread. A small part of the working memory
   * is copied, so that it does not hold all of it; memory that was given goes back with what it was filled with.
   */
  take(): Buffer | undefined {
    if (this.#used === 0) return undefined;
    const used = this.#bytes.subarray(0, this.#used);
    this.#used = 0;
    if (this.#isLent || used.length * 2 > this.#bytes.length) {
      this.#bytes = noBytes;
      this.#isLent = false;
      return used;
    }
    const copy = Buffer.allocUnsafeSlow(used.length);
    used.copy(copy);
    return copy;
  }

  #makeRoom(mostBytes: number): Buffer | undefined {
    if (this.#used + mostBytes <= this.#limit && this.#bytes.length > 0) return undefined;
    const full = this.take();
    if (mostBytes > this.#bytes.length) {
      this.#isLent = false;
      this.#bytes = Buffer.allocUnsafeSlow(Math.max(this.#limit, mostBytes) + slackBytes);
    }
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
