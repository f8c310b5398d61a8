import { AppError } from '@akashi/server-kit';
import { addJsonRecord, afterByteOrderMark, isSpace, type Pieces, type RecordReader } from './record-reader.ts';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Finds the elements of a JSON array by their bytes, so that a record stays what the sender wrote: no number is
 * rewritten and no key reordered. Each element is then checked by itself.
 */
export function* readJsonArray(body: Buffer, reader: RecordReader): Pieces {
  let at = skipSpaceFrom(body, afterByteOrderMark(body));
  if (body[at] !== openBracket) throw notAnArray(at);
  at = skipSpaceFrom(body, at + 1);
  if (body[at] !== closeBracket) at = yield* readElements(body, at, reader);
  if (skipSpaceFrom(body, at + 1) !== body.length) throw notAnArray(at + 1);
}

/** Answers where the closing bracket stands. */
function* readElements(body: Buffer, first: number, reader: RecordReader): Pieces<number> {
  for (let start = first, record = 0; ; record += 1) {
    const end = elementEnd(body, start);
    if (end >= body.length) throw notAnArray(end);
    addJsonRecord({ body, start, end, isJson: isJson(body, start, end) }, reader, { record, offset: start });
    if (body[end] === closeBracket) return end;
    start = skipSpaceFrom(body, end + 1);
    if (reader.endsPiece(start)) yield;
  }
}

function isJson(body: Buffer, start: number, end: number): boolean {
  try {
    JSON.parse(body.toString('latin1', start, end));
    return true;
  } catch {
    return false;
  }
}

/** The comma or bracket behind an element; strings are skipped as wholes. */
function elementEnd(body: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === quote) {
      at = stringEnd(body, at);
    } else if (byte === openBrace || byte === openBracket) {
      depth += 1;
    } else if (depth === 0 && (byte === comma || byte === closeBracket)) {
      return at;
    } else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1;
      if (depth < 0) throw notAnArray(at);
    }
  }
  return body.length;
}

/** The closing quote; one that an odd number of backslashes precedes does not close. */
function stringEnd(body: Buffer, open: number): number {
  for (let at = body.indexOf(quote, open + 1); at >= 0; at = body.indexOf(quote, at + 1)) {
    let before = at;
    while (body[before - 1] === backslash) before -= 1;
    if ((at - before) % 2 === 0) return at;
  }
  return body.length;
}

function skipSpaceFrom(body: Buffer, start: number): number {
  let at = start;
  while (at < body.length && isSpace(body[at])) at += 1;
  return at;
}

function notAnArray(position: number): AppError {
  return new AppError('body-invalid', {
    detail: 'The body is not a JSON array; nothing of it is kept.',
    reason: 'not-a-json-array',
    position,
    params: { offset: position },
  });
}
