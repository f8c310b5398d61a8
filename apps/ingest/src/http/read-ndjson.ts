import { httpLimits } from './http-limits.ts';
import { isSpace, JsonScanner } from './json-scanner.ts';
import {
  addJsonValue,
  badElement,
  GrowingRecord,
  mayBeRecord,
  type ElementPlace,
  type RecordSink,
} from './record-sink.ts';

const lineFeed = 0x0a;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * `application/x-ndjson`: one JSON object or string a line; lines of spaces are skipped. A line is checked while it comes.
 * One that is longer than an element may be, or nested deeper, is not checked any further and kept as it is.
 */
export class NdjsonReader {
  readonly #sink: RecordSink;
  readonly #value: GrowingRecord;
  readonly #scanner = new JsonScanner(httpLimits.jsonDepth);
  #state: 'open' | 'done' | 'unchecked' = 'open';
  #line = 1;
  #lineStart = 0;
  #read = 0;

  constructor(sink: RecordSink, maxElementBytes: number) {
    this.#sink = sink;
    this.#value = new GrowingRecord(sink, maxElementBytes);
  }

  push(piece: Buffer): void {
    for (let start = 0; start < piece.length;) {
      const found = piece.indexOf(lineFeed, start);
      const end = found < 0 ? piece.length : found;
      const from = this.#value.isEmpty ? this.#skipSpace(piece, start, end) : start;
      if (from < end && this.#state !== 'unchecked') this.#check(piece, from, end);
      // A line that is there as a whole is taken from where it stands.
      if (found >= 0 && this.#value.isEmpty) this.#addValue(piece, from, end);
      else if (from < end) this.#hold(piece, from, end);
      this.#read += end - start;
      if (found < 0) return;
      this.#read += 1;
      this.#endLine();
      start = end + 1;
    }
  }

  end(): void {
    this.#endLine();
  }

  /** Nothing is held of the spaces before a value, however many there are. */
  #skipSpace(piece: Buffer, start: number, end: number): number {
    let from = start;
    while (from < end && (isSpace(piece[from]) || this.#isMark(piece[from], from - start))) from += 1;
    return from;
  }

  #hold(piece: Buffer, from: number, end: number): void {
    this.#value.append(piece, from, end);
    if (this.#value.isLong && this.#state !== 'unchecked') this.#leaveUnchecked();
  }

  /** Some senders put a byte order mark before JSON (RFC 8259 section 8.1 lets a reader ignore it). */
  #isMark(byte: number | undefined, at: number): boolean {
    const place = this.#read + at;
    return place < byteOrderMark.length && byte === byteOrderMark[place];
  }

  #check(piece: Buffer, from: number, end: number): void {
    let rest = from;
    if (this.#state === 'open') {
      const { verdict, at } = this.#scanner.scan(piece, from, end);
      rest = at;
      if (verdict === 'invalid') throw badElement('not-json', this.#place);
      if (verdict === 'too-deep') this.#leaveUnchecked();
      if (verdict !== 'done') return;
      this.#state = 'done';
    }
    while (rest < end && isSpace(piece[rest])) rest += 1;
    if (rest < end) throw badElement('not-json', this.#place);
  }

  #leaveUnchecked(): void {
    if (!mayBeRecord(this.#scanner.first)) throw badElement('not-an-object-or-string', this.#place);
    this.#state = 'unchecked';
  }

  #endLine(): void {
    if (!this.#value.isEmpty) {
      const { bytes, isLong } = this.#value;
      if (isLong) this.#value.endLong(bytes.length - trimmedEnd(bytes, 0, bytes.length));
      else this.#addValue(bytes, 0, bytes.length);
      this.#value.clear();
    }
    this.#scanner.reset();
    this.#state = 'open';
    this.#line += 1;
    this.#lineStart = this.#read;
  }

  #addValue(source: Buffer, start: number, lineEnd: number): void {
    const end = trimmedEnd(source, start, lineEnd);
    if (start === end) return;
    if (this.#state === 'unchecked') {
      this.#sink.add(source, start, end);
      return;
    }
    if (this.#state === 'open' && this.#scanner.atEnd !== 'done') throw badElement('not-json', this.#place);
    if (!mayBeRecord(this.#scanner.first)) throw badElement('not-an-object-or-string', this.#place);
    addJsonValue({ source, start, end, hasEscape: this.#scanner.hasEscape }, this.#sink);
  }

  get #place(): ElementPlace {
    return { line: this.#line, offset: this.#lineStart };
  }
}

function trimmedEnd(bytes: Buffer, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(bytes[at - 1])) at -= 1;
  return at;
}
