import { maxRecordBytes } from '../landing/landing.ts';
import { GrowingRecord, type RecordSink } from './record-sink.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** `text/plain`: one record a line, LF or CRLF left out; empty lines are skipped. */
export class TextReader {
  readonly #sink: RecordSink;
  readonly #line: GrowingRecord;

  constructor(sink: RecordSink) {
    this.#sink = sink;
    this.#line = new GrowingRecord(sink, maxRecordBytes);
  }

  push(piece: Buffer): void {
    for (let start = 0; start < piece.length;) {
      const end = piece.indexOf(lineFeed, start);
      if (end < 0) {
        this.#line.append(piece, start, piece.length);
        return;
      }
      if (this.#line.isEmpty) this.#add(piece, start, end);
      else {
        this.#line.append(piece, start, end);
        this.#endLine();
      }
      start = end + 1;
    }
  }

  end(): void {
    this.#endLine();
  }

  #endLine(): void {
    const { bytes, isLong } = this.#line;
    if (isLong) {
      this.#line.endLong(bytes.at(-1) === carriageReturn ? 1 : 0);
      return;
    }
    this.#add(bytes, 0, bytes.length);
    this.#line.clear();
  }

  #add(source: Buffer, start: number, end: number): void {
    this.#sink.add(source, start, end > start && source[end - 1] === carriageReturn ? end - 1 : end);
  }
}
