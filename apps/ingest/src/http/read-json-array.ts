import { AppError } from '@akashi/server-kit';
import { isMark, JsonElement } from './json-element.ts';
import { isSpace } from './json-scanner.ts';
import { LooseJson } from './loose-json.ts';
import { badElement, type ElementPlace, type RecordSink } from './record-sink.ts';

const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * `application/json`: an array of objects and strings. Elements are found by their bytes, so that a record stays what the
 * sender wrote: no number is rewritten and no key reordered. Each is checked while it comes; one that is longer than an
 * element may be, or nested deeper, is only followed to its end and kept as it is.
 */
export class JsonArrayReader {
  readonly #element: JsonElement;
  #loose: LooseJson | undefined;
  #state: 'before' | 'first' | 'next' | 'element' | 'behind' | 'after' = 'before';
  #record = 0;
  #elementStart = 0;
  /** Bytes of the body before the piece that is read now. */
  #read = 0;

  constructor(sink: RecordSink, maxElementBytes: number) {
    this.#element = new JsonElement(sink, maxElementBytes);
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
        if (isMark(byte, place)) return at + 1;
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
        this.#element.scanner.reset();
        return at;
    }
  }

  #takeElement(piece: Buffer, from: number): number {
    return this.#loose === undefined ? this.#takeChecked(piece, from) : this.#takeLoose(this.#loose, piece, from);
  }

  #takeChecked(piece: Buffer, from: number): number {
    const { verdict, at } = this.#element.scanner.scan(piece, from, piece.length);
    switch (verdict) {
      case 'invalid':
        throw badElement('not-json', this.#place);
      case 'done':
        this.#endChecked(piece, from, at);
        return at;
      case 'open':
      case 'too-deep':
        this.#element.held.append(piece, from, at);
        if (verdict === 'too-deep' || this.#element.held.isLong) this.#followLoosely();
        return at;
    }
  }

  #endChecked(piece: Buffer, from: number, at: number): void {
    this.#element.checkKind(this.#place);
    const { held } = this.#element;
    if (held.isEmpty) this.#element.addChecked(piece, from, at);
    else {
      held.append(piece, from, at);
      if (held.isLong) held.endLong(0);
      else this.#element.addChecked(held.bytes, 0, held.bytes.length);
    }
    this.#endElement();
  }

  #followLoosely(): void {
    this.#element.checkKind(this.#place);
    this.#loose = new LooseJson(this.#element.scanner);
  }

  #takeLoose(loose: LooseJson, piece: Buffer, from: number): number {
    const { verdict, at } = loose.follow(piece, from, piece.length);
    this.#element.held.append(piece, from, at);
    if (verdict === 'invalid') throw notAnArray(this.#read + at);
    if (verdict === 'open') return at;
    this.#element.addHeld();
    this.#endElement();
    return at;
  }

  #endElement(): void {
    this.#element.held.clear();
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
