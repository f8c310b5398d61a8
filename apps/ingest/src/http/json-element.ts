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

const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Some senders put a byte order mark before JSON (RFC 8259 section 8.1 lets a reader ignore it). */
export function isMark(byte: number | undefined, place: number): boolean {
  return place < byteOrderMark.length && byte === byteOrderMark[place];
}

/** The JSON element that is being read: what is held of it, and the check that goes along. */
export class JsonElement {
  readonly scanner = new JsonScanner(httpLimits.jsonDepth);
  readonly held: GrowingRecord;
  readonly #sink: RecordSink;

  constructor(sink: RecordSink, maxElementBytes: number) {
    this.#sink = sink;
    this.held = new GrowingRecord(sink, maxElementBytes);
  }

  /** Throws where the element is none that a record is made of. */
  checkKind(place: ElementPlace): void {
    if (!mayBeRecord(this.scanner.first)) throw badElement('not-an-object-or-string', place);
  }

  /** Adds an element that is JSON and stands in one place as a whole. */
  addChecked(source: Buffer, start: number, end: number): void {
    addJsonValue({ source, start, end, hasEscape: this.scanner.hasEscape }, this.#sink);
  }

  /** Adds what is kept as it is, checked or not, without the spaces at its end. */
  addHeld(): void {
    const { bytes, isLong } = this.held;
    const end = trimmedEnd(bytes, 0, bytes.length);
    if (isLong) this.held.endLong(bytes.length - end);
    else this.#sink.add(bytes, 0, end);
  }
}

export function trimmedEnd(bytes: Buffer, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(bytes[at - 1])) at -= 1;
  return at;
}
