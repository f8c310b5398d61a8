import { isUtf8 } from 'node:buffer';
import { findEncoding, TextStream, withMark, type TextEncoding } from '@akashi/line-text';

const byteOrderMark = Buffer.from('\ufeff');
const utf8 = findEncoding('utf-8');

/**
 * Messages of a source in another encoding as UTF-8. A message that says by a byte order mark that it is UTF-8 (RFC 5424
 * section 6.4 puts one before such a text) stays what it is; one that begins with a mark of UTF-16 is read so.
 */
export class MessageDecoder {
  readonly #encoding: TextEncoding;
  readonly #onUndecodable: (bytes: number) => void;
  /** Of a message that comes in parts. */
  #stream: TextStream | undefined;

  constructor(encoding: TextEncoding, onUndecodable: (bytes: number) => void) {
    this.#encoding = encoding;
    this.#onUndecodable = onUndecodable;
  }

  /** The encoding's label. */
  get label(): string {
    return this.#encoding.label;
  }

  /** A message, or a part of one with `hasMore` to come. */
  decode(message: Buffer, hasMore: boolean): Buffer {
    const isWhole = this.#stream === undefined && !hasMore;
    if (isWhole && message.includes(byteOrderMark) && isUtf8(message)) return message;
    const stream = this.#stream ?? new TextStream(encodingOf(message, this.#encoding), { isMarked: true });
    const before = stream.undecodable;
    const begun = stream.push(hasMore ? message : withWholeUnits(message, stream.encoding));
    const text = begun + (hasMore ? stream.settle() : stream.end());
    this.#stream = hasMore ? stream : undefined;
    if (stream.undecodable > before) this.#onUndecodable(stream.undecodable - before);
    return Buffer.from(text);
  }
}

/** Decodes the messages of a source; undefined where they are UTF-8, whose bytes stay as they come. */
export function messageDecoder(
  name: string | null,
  onUndecodable: (bytes: number) => void,
): MessageDecoder | undefined {
  const encoding = findEncoding(name ?? '') ?? utf8;
  return encoding === undefined || encoding.label === 'utf-8' ? undefined : new MessageDecoder(encoding, onUndecodable);
}

function encodingOf(message: Buffer, encoding: TextEncoding): TextEncoding {
  const marked = utf8 === undefined ? encoding : withMark(utf8, message);
  return marked.label === 'utf-8' ? encoding : marked;
}

/** What ends a frame leaves half of a character of UTF-16: the zero byte of the last one, or of the line feed that is gone. */
function withWholeUnits(message: Buffer, { unit, isBigEndian }: TextEncoding): Buffer {
  if (unit === 1 || message.length % unit === 0) return message;
  if (!isBigEndian) return Buffer.concat([message, Buffer.alloc(unit - (message.length % unit))]);
  return message.at(-1) === 0 ? message.subarray(0, -1) : message;
}
