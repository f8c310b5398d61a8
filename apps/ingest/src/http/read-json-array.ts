import { AppError } from '@akashi/server-kit';
import { httpLimits } from './http-limits.ts';
import { isSpace, JsonScanner } from './json-scanner.ts';
import { LooseJson } from './loose-json.ts';
import {
  addJsonValue,
  badElement,
  GrowingRecord,
  mayBeRecord,
  type ElementPlace,
  type RecordSink,
} from './record-sink.ts';

const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * `application/json`: an array of objects and strings. Elements are found by their bytes, so that a record stays what the
 * sender wrote: no number is rewritten and no key reordered. Each is checked while it comes; one that is longer than an
 * element may be, or nested deeper, is only followed to its end and kept as it is.
 */
export class JsonArrayReader {
  readonly #sink: RecordSink;
  readonly #value: GrowingRecord;
  readonly #scanner = new JsonScanner(httpLimits.jsonDepth);
  #loose: LooseJson | undefined;
  #state: 'before' | 'first' | 'next' | 'element' | 'behind' | 'after' = 'before';
  #record = 0;
  #elementStart = 0;
  /** Bytes of the body before the piece that is read now. */
  #read = 0;

  constructor(sink: RecordSink, maxElementBytes: number) {
    this.#sink = sink;
    this.#value = new GrowingRecord(sink, maxElementBytes);
  }

  push(piece: Buffer): void {
    for (let at = 0; at < piece.length;) {
      if (this.#state === 'element') at = this.#takeElement(piece, at);
      else if (isSpace(piece[at])) at += 1;
      else at = this.#takeBetween(piece, at);
    }
    this.#read += piece.length;
  }

  end(): void {
    if (this.#state !== 'after') throw notAnArray(this.#read);
  }

  /** A byte that is no space and belongs to no element; answers where to read on. */
  #takeBetween(piece: Buffer, at: number): number {
    const byte = piece[at];
    const place = this.#read + at;
    switch (this.#state) {
      case 'before':
        if (place < byteOrderMark.length && byte === byteOrderMark[place]) return at + 1;
        if (byte !== openBracket) throw notAnArray(place);
        this.#state = 'first';
        return at + 1;
      case 'behind':
        if (byte !== comma && byte !== closeBracket) throw badElement('not-json', this.#place);
        this.#record += 1;
        this.#state = byte === comma ? 'next' : 'after';
        return at + 1;
      case 'after':
        throw notAnArray(place);
      case 'first':
      case 'next':
      case 'element':
        if (this.#state === 'first' && byte === closeBracket) {
          this.#state = 'after';
          return at + 1;
        }
        this.#state = 'element';
        this.#elementStart = place;
        this.#scanner.reset();
        return at;
    }
  }

  #takeElement(piece: Buffer, from: number): number {
    return this.#loose === undefined ? this.#takeChecked(piece, from) : this.#takeLoose(this.#loose, piece, from);
  }

  #takeChecked(piece: Buffer, from: number): number {
    const { verdict, at } = this.#scanner.scan(piece, from, piece.length);
    switch (verdict) {
      case 'invalid':
        throw badElement('not-json', this.#place);
      case 'done':
        this.#endChecked(piece, from, at);
        return at;
      case 'open':
      case 'too-deep':
        this.#value.append(piece, from, at);
        if (verdict === 'too-deep' || this.#value.isLong) this.#followLoosely();
        return at;
    }
  }

  #endChecked(piece: Buffer, from: number, at: number): void {
    if (!mayBeRecord(this.#scanner.first)) throw badElement('not-an-object-or-string', this.#place);
    const { hasEscape } = this.#scanner;
    if (this.#value.isEmpty) addJsonValue({ source: piece, start: from, end: at, hasEscape }, this.#sink);
    else {
      this.#value.append(piece, from, at);
      const { bytes, isLong } = this.#value;
      if (isLong) this.#value.endLong(0);
      else addJsonValue({ source: bytes, start: 0, end: bytes.length, hasEscape }, this.#sink);
    }
    this.#endElement();
  }

  #followLoosely(): void {
    if (!mayBeRecord(this.#scanner.first)) throw badElement('not-an-object-or-string', this.#place);
    this.#loose = new LooseJson(this.#scanner);
  }

  #takeLoose(loose: LooseJson, piece: Buffer, from: number): number {
    const { verdict, at } = loose.follow(piece, from, piece.length);
    this.#value.append(piece, from, at);
    if (verdict === 'invalid') throw notAnArray(this.#read + at);
    if (verdict === 'open') return at;
    const { bytes, isLong } = this.#value;
    let end = bytes.length;
    while (end > 0 && isSpace(bytes[end - 1])) end -= 1;
    if (isLong) this.#value.endLong(bytes.length - end);
    else this.#sink.add(bytes, 0, end);
    this.#endElement();
    return at;
  }

  #endElement(): void {
    this.#value.clear();
    this.#loose = undefined;
    this.#state = 'behind';
  }

  get #place(): ElementPlace {
    return { record: this.#record, offset: this.#elementStart };
  }
}

function notAnArray(position: number): AppError {
  return new AppError('body-invalid', {
    detail: 'The body is not a JSON array; nothing of it is kept.',
    reason: 'not-a-json-array',
    position,
    params: { offset: position },
  });
}
