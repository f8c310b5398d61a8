import { isUtf8 } from 'node:buffer';
import { RecordListBuilder } from '@akashi/archive';
import { AppError } from '@akashi/server-kit';
import { maxRecordBytes } from '../landing/landing.ts';
import { tooLarge } from './decode-body.ts';
import { httpLimits } from './http-limits.ts';

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;

/** So much of a body is read at a time: some milliseconds. */
const pieceBytes = 128 * 1024;

/** Reading a body: yields after each piece, so that others may read before it goes on. */
export type Pieces<Answer = void> = Generator<void, Answer, void>;

/** A body's records: added where they stand, bytes unchanged. */
export class RecordReader {
  readonly builder: RecordListBuilder;
  #pieceEnd = pieceBytes;

  constructor(bodyBytes: number) {
    // Room for the bytes and, for lines of 50 bytes and more, their prefixes, so that nothing is copied twice.
    this.builder = new RecordListBuilder({ maxRecordBytes, sizeHint: bodyBytes + bodyBytes / 8 + 64 });
  }

  /** Whether a piece has been read when the body has been read up to here; the next one then begins. */
  endsPiece(at: number): boolean {
    if (at < this.#pieceEnd) return false;
    this.#pieceEnd = at + pieceBytes;
    return true;
  }

  add(body: Buffer, start: number, end: number): void {
    if (start === end) return;
    if (this.builder.count >= httpLimits.records) throw tooLarge('records', httpLimits.records);
    this.builder.add(body, start, end);
  }
}

interface JsonSpan {
  body: Buffer;
  start: number;
  end: number;
  isJson: boolean;
}

/**
 * Adds one JSON value as a record: an object as its own text, a string as the text that it stands for. That are its very
 * bytes unless it has escapes; a string that is no UTF-8 keeps its bytes, escapes and all.
 */
export function addJsonRecord(span: JsonSpan, reader: RecordReader, at: Record<string, number>): void {
  const { body, start } = span;
  let end = span.end;
  while (end > start && isSpace(body[end - 1])) end -= 1;
  const first = body[start];
  if (!span.isJson || (first !== openBrace && first !== quote)) {
    const what = span.isJson ? 'is neither an object nor a string' : 'is not JSON';
    throw new AppError('body-invalid', {
      detail: `A record ${what}; nothing of the batch is kept.`,
      reason: span.isJson ? 'not-an-object-or-string' : 'not-json',
      position: at['offset'],
      params: at,
    });
  }
  if (first === openBrace) {
    reader.add(body, start, end);
    return;
  }
  const escape = body.indexOf(backslash, start);
  if (escape < 0 || escape >= end || !isUtf8(body.subarray(start, end))) {
    reader.add(body, start + 1, end - 1);
    return;
  }
  const text = Buffer.from(String(JSON.parse(body.toString('utf8', start, end))));
  reader.add(text, 0, text.length);
}

/** Some senders put a byte order mark before JSON (RFC 8259 section 8.1 lets a reader ignore it). */
export function afterByteOrderMark(body: Buffer): number {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
