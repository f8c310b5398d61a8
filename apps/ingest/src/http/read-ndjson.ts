import { isMark, JsonElement, trimmedEnd } from './json-element.ts';
import { isSpace } from './json-scanner.ts';
import { badElement, type ElementPlace, type RecordSink } from './record-sink.ts';

const lineFeed = 0x0a;

/**
 * `application/x-ndjson`: one JSON object or string a line; lines of spaces are skipped. A line is checked while it comes.
 * One that is longer than an element may be, or nested deeper, is not checked any further and kept as it is.
 */
export class NdjsonReader {
  readonly #sink: RecordSink;
  readonly #element: JsonElement;
  #state: 'open' | 'done' | 'unchecked' = 'open';
  #line = 1;
  #lineStart = 0;
  #read = 0;

  constructor(sink: RecordSink, maxElementBytes: number) {
    this.#sink = sink;
    this.#element = new JsonElement(sink, maxElementBytes);
  }

  push(piece: Buffer): void {
    for (let start = 0; start < piece.length;) {
      const found = piece.indexOf(lineFeed, start);
      const end = found < 0 ? piece.length : found;
      const from = this.#element.held.isEmpty ? this.#skipSpace(piece, start, end) : start;
      if (from < end && this.#state !== 'unchecked') this.#check(piece, from, end);
      // A line that is there as a whole is taken from where it stands.
      if (found >= 0 && this.#element.held.isEmpty) this.#addValue(piece, from, end);
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
    while (from < end && (isSpace(piece[from]) || isMark(piece[from], this.#read + from - start))) from += 1;
    return from;
  }

  #hold(piece: Buffer, from: number, end: number): void {
    this.#element.held.append(piece, from, end);
    if (this.#element.held.isLong && this.#state !== 'unchecked') this.#leaveUnchecked();
  }

  #check(piece: Buffer, from: number, end: number): void {
    let rest = from;
    if (this.#state === 'open') {
      const { verdict, at } = this.#element.scanner.scan(piece, from, end);
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
    this.#element.checkKind(this.#place);
    this.#state = 'unchecked';
  }

  #endLine(): void {
    const { held } = this.#element;
    if (!held.isEmpty) {
      if (held.isLong) this.#element.addHeld();
      else this.#addValue(held.bytes, 0, held.bytes.length);
      held.clear();
    }
    this.#element.scanner.reset();
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
    if (this.#state === 'open' && this.#element.scanner.atEnd !== 'done') throw badElement('not-json', this.#place);
    this.#element.checkKind(this.#place);
    this.#element.addChecked(source, start, end);
  }

  get #place(): ElementPlace {
    return { line: this.#line, offset: this.#lineStart };
  }
}
