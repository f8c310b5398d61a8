import type { RecordList } from '@akashi/archive';
import { AppError } from '@akashi/server-kit';
import type { BodyFormat } from './body-type.ts';
import { readJsonArray } from './read-json-array.ts';
import { addJsonRecord, afterByteOrderMark, isSpace, RecordReader, type Pieces } from './record-reader.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

const readers: Readonly<Record<BodyFormat, (body: Buffer, reader: RecordReader) => Pieces>> = {
  text: readText,
  ndjson: readNdjson,
  json: readJsonArray,
};

/**
 * All records of a body, or an error with the position of what is wrong; never a part of them. `turn` is awaited before
 * each piece.
 */
export async function readRecords(body: Buffer, format: BodyFormat, turn: () => Promise<void>): Promise<RecordList> {
  await turn();
  const reader = new RecordReader(body.length);
  for (const pieces = readers[format](body, reader); pieces.next().done !== true;) await turn();
  if (reader.builder.count === 0) {
    throw new AppError('body-invalid', { detail: 'The body holds no record.', reason: 'no-records' });
  }
  return reader.builder.finish();
}

function* readText(body: Buffer, reader: RecordReader): Pieces {
  yield* readLines(body, reader, (start, end) => reader.add(body, start, end));
}

function* readLines(body: Buffer, reader: RecordReader, onLine: (start: number, end: number) => void): Pieces {
  for (let start = 0; start < body.length;) {
    const found = body.indexOf(lineFeed, start);
    const next = found < 0 ? body.length : found;
    onLine(start, next > start && body[next - 1] === carriageReturn ? next - 1 : next);
    start = next + 1;
    if (reader.endsPiece(start)) yield;
  }
}

function* readNdjson(body: Buffer, reader: RecordReader): Pieces {
  let line = 0;
  yield* readLines(body, reader, (start, end) => {
    line += 1;
    const from = skipSpace(body, start === 0 ? afterByteOrderMark(body) : start, end);
    if (from === end) return;
    let isJson = true;
    try {
      // Bytes above 0x7f can stand in strings only, so checking the syntax needs no UTF-8 decoding.
      JSON.parse(body.toString('latin1', from, end));
    } catch {
      isJson = false;
    }
    addJsonRecord({ body, start: from, end, isJson }, reader, { line, offset: start });
  });
}

function skipSpace(body: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(body[at])) at += 1;
  return at;
}
