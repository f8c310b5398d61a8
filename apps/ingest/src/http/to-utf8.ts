import { AppError } from '@akashi/server-kit';

const lineFeed = 0x0a;
/** A line of which more is there is decoded as it comes. */
const wholeLineBytes = 256 * 1024;

type Decoding = InstanceType<typeof TextDecoder>;

/**
 * A body in another charset as UTF-8, piece by piece. A line that is not in that charset keeps its bytes, so that nothing
 * is lost; UTF-16 has no lines before it is decoded, and is refused then.
 */
export class Utf8Stream {
  readonly #charset: string;
  #encoding: string | undefined;
  #decoder: Decoding | undefined;
  /** The beginning of a line whose end has not come. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** What comes up to the next line feed belongs to a line that is not in the charset. */
  #keepsBytes = false;

  constructor(charset: string) {
    this.#charset = charset;
  }

  /** What the body is in; undefined when it is UTF-8 already. */
  get encoding(): string | undefined {
    return this.#charset === 'utf-8' ? undefined : (this.#encoding ?? this.#charset);
  }

  push(piece: Buffer): Buffer {
    if (this.#charset === 'utf-8') return piece;
    if (this.#charset.startsWith('utf-16')) return this.#pushUtf16(piece);
    const last = piece.lastIndexOf(lineFeed) + 1;
    if (last === 0) return this.#hold(piece);
    const lines = Buffer.concat([...this.#held, piece.subarray(0, last)]);
    this.#held = [];
    this.#heldBytes = 0;
    const decoded = this.#decodeLines(lines);
    return last === piece.length ? decoded : Buffer.concat([decoded, this.#hold(piece.subarray(last))]);
  }

  end(): Buffer {
    if (this.#charset === 'utf-8') return Buffer.alloc(0);
    if (this.#charset.startsWith('utf-16')) {
      return this.#decodeUtf16(Buffer.concat(this.#held), { stream: false });
    }
    const rest = Buffer.concat(this.#held);
    if (this.#keepsBytes) return rest;
    const decoded = this.#tryDecode(rest, { stream: false });
    return decoded ?? rest;
  }

  #hold(piece: Buffer): Buffer {
    this.#held.push(piece);
    this.#heldBytes += piece.length;
    if (this.#heldBytes <= wholeLineBytes) return Buffer.alloc(0);
    const begun = Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    if (this.#keepsBytes) return begun;
    const decoded = this.#tryDecode(begun, { stream: true });
    this.#keepsBytes = decoded === undefined;
    return decoded ?? begun;
  }

  /** Lines with their ends, of which the first may have begun before. */
  #decodeLines(lines: Buffer): Buffer {
    if (!this.#keepsBytes) {
      const whole = this.#tryDecode(lines, { stream: true });
      if (whole !== undefined) return whole;
    }
    const parts: Buffer[] = [];
    for (let start = 0; start < lines.length;) {
      const end = lines.indexOf(lineFeed, start) + 1;
      const line = lines.subarray(start, end);
      parts.push((this.#keepsBytes ? undefined : this.#tryDecode(line, { stream: false })) ?? line);
      this.#keepsBytes = false;
      start = end;
    }
    return Buffer.concat(parts);
  }

  /** With `stream` what was begun goes on in the next call; a failure forgets it. */
  #tryDecode(bytes: Buffer, options: { stream: boolean }): Buffer | undefined {
    this.#decoder ??= new TextDecoder(this.encoding, { fatal: true });
    try {
      return Buffer.from(this.#decoder.decode(bytes, options));
    } catch {
      this.#decoder = undefined;
      return undefined;
    }
  }

  #pushUtf16(piece: Buffer): Buffer {
    if (this.#encoding !== undefined) return this.#decodeUtf16(piece, { stream: true });
    this.#held.push(piece);
    this.#heldBytes += piece.length;
    if (this.#heldBytes < 2) return Buffer.alloc(0);
    const begun = Buffer.concat(this.#held);
    this.#held = [];
    return this.#decodeUtf16(begun, { stream: true });
  }

  #decodeUtf16(bytes: Buffer, options: { stream: boolean }): Buffer {
    // "utf-16" alone leaves the order of the bytes to the mark at their start.
    const isBigEndian = this.#charset === 'utf-16le' && bytes[0] === 0xfe && bytes[1] === 0xff;
    this.#encoding ??= isBigEndian ? 'utf-16be' : this.#charset;
    const decoded = this.#tryDecode(bytes, options);
    if (decoded !== undefined) return decoded;
    throw new AppError('body-invalid', {
      detail: 'The body is not in the charset that its Content-Type says.',
      reason: 'charset',
    });
  }
}
