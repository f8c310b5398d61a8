import type { Origin } from '../record-edits.ts';

/** A record as one of the encodings that a source may send makes it text, in UTF-8. */
export interface Reading {
  text: Uint8Array;
  origin: Origin;
  /** What stands for these ASCII characters in the record itself, where they replace what begins at `at`. */
  written(ascii: Uint8Array, at: number): Uint8Array;
}

export const asIs = (ascii: Uint8Array): Uint8Array => ascii;

const replacement = 0xfffd;

/** Collects the bytes of a reading with the places that they stand for. */
export class ReadingBuilder {
  private text: Uint8Array;
  private from: Uint32Array;
  private to: Uint32Array;
  private size = 0;

  /** `bytes`: about how many there will be. */
  constructor(bytes: number) {
    this.text = new Uint8Array(bytes);
    this.from = new Uint32Array(bytes);
    this.to = new Uint32Array(bytes);
  }

  byte(value: number, from: number, to: number): void {
    if (this.size === this.text.length) this.grow();
    this.text[this.size] = value;
    this.from[this.size] = from;
    this.to[this.size++] = to;
  }

  character(point: number, from: number, to: number): void {
    if (point < 0x80) this.byte(point, from, to);
    else if (point < 0x800) {
      this.byte(0xc0 | (point >> 6), from, to);
      this.byte(0x80 | (point & 0x3f), from, to);
    } else if (point >= 0xd800 && point <= 0xdfff) this.character(replacement, from, to);
    else if (point < 0x10000) {
      this.byte(0xe0 | (point >> 12), from, to);
      this.byte(0x80 | ((point >> 6) & 0x3f), from, to);
      this.byte(0x80 | (point & 0x3f), from, to);
    } else {
      this.byte(0xf0 | (point >> 18), from, to);
      this.byte(0x80 | ((point >> 12) & 0x3f), from, to);
      this.byte(0x80 | ((point >> 6) & 0x3f), from, to);
      this.byte(0x80 | (point & 0x3f), from, to);
    }
  }

  private grow(): void {
    const capacity = this.size * 2 + 64;
    const text = new Uint8Array(capacity);
    const from = new Uint32Array(capacity);
    const to = new Uint32Array(capacity);
    text.set(this.text);
    from.set(this.from);
    to.set(this.to);
    this.text = text;
    this.from = from;
    this.to = to;
  }

  unknown(from: number, to: number): void {
    this.character(replacement, from, to);
  }

  build(written: Reading['written']): Reading {
    const { size } = this;
    return {
      text: this.text.subarray(0, size),
      origin: { from: this.from.subarray(0, size), to: this.to.subarray(0, size) },
      written,
    };
  }
}
