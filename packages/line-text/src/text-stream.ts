import { decodeText, withMark, type TextEncoding } from './text-encoding.ts';

/** A line of which more is there is decoded as it comes. */
const wholeLineBytes = 256 * 1024;
/** No character takes more bytes, but for what UTF-7 shifts. */
const longestCharacter = 8;
const longestMark = 4;
const nextLine = /\u0085/g;

/** Decodes a text that comes in pieces, line by line: what is broken in one line does not reach the next. */
export class TextStream {
  /** Bytes so far that are no text in the encoding. */
  undecodable = 0;
  #encoding: TextEncoding;
  #isSure: boolean;
  #held: Buffer = Buffer.alloc(0);
  #state = '';

  /** `isMarked`: a byte order mark at the start of the text may say something else, and is left out. */
  constructor(encoding: TextEncoding, { isMarked }: { isMarked: boolean }) {
    this.#encoding = encoding;
    this.#isSure = !isMarked;
  }

  /** Final once something has been decoded. */
  get encoding(): TextEncoding {
    return this.#encoding;
  }

  /** Text of the lines that are complete now, and of what there is of a long one. */
  push(piece: Buffer): string {
    const bytes = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    this.#held = bytes;
    if (!this.#isSure && bytes.length < longestMark) return '';
    this.#readMark();
    const end = lastLineEnd(this.#held, this.#encoding);
    const lines = end === 0 ? '' : this.#take(end);
    return lines + (this.#held.length > wholeLineBytes ? this.settle() : '');
  }

  /** Text of all characters that are complete for sure, although their line goes on. */
  settle(): string {
    const bytes = this.#held;
    const settled = this.#state === '' ? this.#wholeCharacters(bytes) : undefined;
    if (settled !== undefined) {
      this.#keep(bytes.subarray(settled.end));
      return settled.text;
    }
    let end = 0;
    this.#encoding.decoder.walk(bytes, this.#state, (_at, characterEnd) => {
      if (characterEnd <= bytes.length - longestCharacter) end = characterEnd;
    });
    if (end === 0 && bytes.length > 4 * wholeLineBytes) end = bytes.length;
    const { text, state, undecodable } = decodeText(bytes.subarray(0, end), this.#encoding, this.#state);
    this.#state = state;
    this.undecodable += undecodable;
    this.#keep(bytes.subarray(end));
    return text;
  }

  /** As far as nothing is broken, without a look at each character: what is asked for again and again stays cheap. */
  #wholeCharacters(bytes: Buffer): { text: string; end: number } | undefined {
    const last = bytes.length - longestCharacter;
    for (let end = last; end > Math.max(0, last - longestCharacter); end -= 1) {
      const text = this.#encoding.decoder.whole?.(bytes.subarray(0, end));
      if (text !== undefined) return { text, end };
    }
    return undefined;
  }

  /** Text of what is left; the next piece begins a new line. */
  end(): string {
    this.#readMark();
    const text = this.#take(this.#held.length);
    this.#state = '';
    return text;
  }

  #readMark(): void {
    if (this.#isSure) return;
    this.#isSure = true;
    this.#encoding = withMark(this.#encoding, this.#held);
    const { unit, label } = this.#encoding;
    const first = decodeText(this.#held.subarray(0, unit === 1 ? 3 : unit), this.#encoding).text;
    if (first === '\ufeff' && label !== 'utf-8') this.#held = this.#held.subarray(unit === 1 ? 3 : unit);
  }

  #take(end: number): string {
    const bytes = this.#held.subarray(0, end);
    const whole = this.#state === '' ? this.#encoding.decoder.whole?.(bytes) : undefined;
    const text = whole ?? this.#linesOf(bytes);
    this.#state = '';
    this.#keep(this.#held.subarray(end));
    // What ends lines in EBCDIC.
    return this.#encoding.lineEnds.length === 1 ? text : text.replace(nextLine, '\n');
  }

  #linesOf(bytes: Buffer): string {
    let text = '';
    let state = this.#state;
    for (let start = 0; start < bytes.length;) {
      const end = firstLineEnd(bytes, start, this.#encoding);
      const line = decodeText(bytes.subarray(start, end), this.#encoding, state);
      text += line.text;
      this.undecodable += line.undecodable;
      state = '';
      start = end;
    }
    return text;
  }

  /** A copy, because the piece that it came in is its giver's. */
  #keep(rest: Buffer): void {
    this.#held = Buffer.from(rest);
  }
}

/** Behind the first line end from `from` on; the end of the bytes when there is none. */
function firstLineEnd(bytes: Buffer, from: number, encoding: TextEncoding): number {
  if (encoding.unit === 1) {
    const found = encoding.lineEnds.map((lineEnd) => bytes.indexOf(lineEnd, from)).filter((at) => at >= 0);
    return found.length === 0 ? bytes.length : Math.min(...found) + 1;
  }
  for (let at = from; at + encoding.unit <= bytes.length; at += encoding.unit) {
    if (isLineEnd(bytes, at, encoding)) return at + encoding.unit;
  }
  return bytes.length;
}

/** Behind the last line end; 0 when there is none. */
function lastLineEnd(bytes: Buffer, encoding: TextEncoding): number {
  const { unit, lineEnds } = encoding;
  if (unit === 1) return Math.max(...lineEnds.map((lineEnd) => bytes.lastIndexOf(lineEnd))) + 1;
  for (let at = bytes.length - (bytes.length % unit) - unit; at >= 0; at -= unit) {
    if (isLineEnd(bytes, at, encoding)) return at + unit;
  }
  return 0;
}

function isLineEnd(bytes: Buffer, at: number, { unit, isBigEndian, lineEnds }: TextEncoding): boolean {
  return lineEnds.includes(isBigEndian ? bytes.readUIntBE(at, unit) : bytes.readUIntLE(at, unit));
}
