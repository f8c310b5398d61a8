import type { DecodedRecord } from './decoded-record.ts';
import { isDigit } from './digit-groups.ts';
import type { Edit, Findings } from './record-edits.ts';

interface Mark {
  rule: string;
  first: number;
  last: number;
}

interface Strings {
  seen: number;
  inString: boolean;
  hasList: boolean;
  quote: Uint8Array | null;
}

interface Quote {
  at: number;
  bytes: Uint8Array;
}

const star = 0x2a;

/** What will be masked in a decoded record. A marked character is a star at once, so that later rules see it so. */
export class MaskMarks {
  readonly marks: Mark[] = [];
  private readonly quotes: Quote[] = [];
  private readonly quotedAt = new Set<number>();
  /** How far the record was read for string borders; marks mostly come in order, so this is read once a round. */
  private strings: Strings = { seen: 0, inString: false, hasList: false, quote: null };
  /** Quotes that begin a string; read once, when one is in doubt. */
  private opening: Uint8Array | null = null;
  private readonly bytes: Uint8Array;
  private readonly decoded: DecodedRecord;

  constructor(bytes: Uint8Array, decoded: DecodedRecord) {
    this.bytes = bytes;
    this.decoded = decoded;
  }

  get length(): number {
    return this.marks.length;
  }

  /** Stars every character from first to last. */
  markWhole(rule: string, first: number, last: number): void {
    this.decoded.codes.fill(star, first, last + 1);
    this.marks.push({ rule, first, last });
    this.keepNumberValid(first, last);
  }

  /** Stars the characters at these places, in order, except so many at the beginning and end. */
  markPlaces(rule: string, places: ArrayLike<number>, kept: { head: number; tail: number }): void {
    const last = places.length - kept.tail - 1;
    for (let k = kept.head; k <= last; k++) this.decoded.codes[places[k] ?? 0] = star;
    if (last >= kept.head) this.marks.push({ rule, first: places[kept.head] ?? 0, last: places[last] ?? 0 });
  }

  /** Stars the digits from first to last except so many at the beginning and end; what separates them stays. */
  markDigits(rule: string, span: { first: number; last: number }, kept: { head: number; tail: number }): void {
    const { codes } = this.decoded;
    let digits = 0;
    for (let k = span.first; k <= span.last; k++) if (isDigit(codes[k])) digits++;
    let seen = 0;
    let first = -1;
    let last = -1;
    for (let k = span.first; k <= span.last; k++) {
      if (!isDigit(codes[k])) continue;
      seen++;
      if (seen <= kept.head || seen > digits - kept.tail) continue;
      codes[k] = star;
      if (first < 0) first = k;
      last = k;
    }
    if (first < 0) return;
    this.marks.push({ rule, first, last });
    this.keepNumberValid(span.first, span.last);
  }

  /** A bare JSON number that gets a star must become a string, in the quotes of its own nesting level. */
  private keepNumberValid(first: number, last: number): void {
    const { codes, length, from, to } = this.decoded;
    const isNumberCode = (code: number): boolean =>
      isDigit(code) || code === star || code === 0x2e || code === 0x2d || code === 0x2b || (code | 0x20) === 0x65;
    const stop = Math.max(0, first - 32);
    let start = first;
    while (start > stop && isNumberCode(codes[start - 1] ?? 0)) start--;
    let end = last;
    while (end + 1 < length && end - last < 32 && isNumberCode(codes[end + 1] ?? 0)) end++;
    let before = start - 1;
    while (before >= 0 && start - before < 64 && isBlank(codes[before])) before--;
    let after = end + 1;
    while (after < length && isBlank(codes[after])) after++;
    if (after < length && codes[after] !== 0x2c && codes[after] !== 0x7d && codes[after] !== 0x5d) return;
    const quote = codes[before] === 0x3a ? this.keyQuote(before - 1) : this.listQuote(before, after);
    const startByte = from[start];
    const endByte = to[end];
    if (quote === null || startByte === undefined || endByte === undefined || this.quotedAt.has(startByte)) return;
    this.quotedAt.add(startByte);
    this.quotes.push({ at: startByte, bytes: quote }, { at: endByte, bytes: quote });
  }

  private keyQuote(from: number): Uint8Array | null {
    let at = from;
    while (at >= 0 && from - at < 32 && isBlank(this.decoded.codes[at])) at--;
    const code = this.decoded.codes[at];
    if (code === 0x27) return this.quoteBytes(at);
    return code === 0x22 && !this.opensString(at) ? this.quoteBytes(at) : null;
  }

  /** `{"a":":4111…,"}`: a quote behind a colon, comma or bracket may begin a string instead of ending a key. */
  private opensString(quote: number): boolean {
    const { codes } = this.decoded;
    let before = quote - 1;
    while (before >= 0 && quote - before < 32 && isBlank(codes[before])) before--;
    const code = codes[before];
    if (code !== 0x3a && code !== 0x2c && code !== 0x5b && code !== 0x7b) return false;
    this.opening ??= this.findOpening();
    return this.opening[quote] === 1;
  }

  /** Which quotes begin a string, each among those of its own nesting level. */
  private findOpening(): Uint8Array {
    const { codes, length } = this.decoded;
    const opening = new Uint8Array(length);
    /** Levels in which a string is open, by the length of their quotes. */
    let open: number[] = [];
    for (let k = 0; k < length; k++) {
      if (codes[k] !== 0x22) continue;
      const level = this.quoteBytes(k).length;
      const isOpen = open.includes(level);
      open = open.filter((other) => other < level);
      if (isOpen) continue;
      opening[k] = 1;
      open.push(level);
    }
    return opening;
  }

  /** A quote as it is written here; behind an even run of backslashes it is a plain one, as the run escapes itself. */
  private quoteBytes(at: number): Uint8Array {
    const start = this.decoded.from[at] ?? 0;
    const end = this.decoded.to[at] ?? 0;
    const isPlain = this.bytes[start] === 0x5c && (end - 1 - start) % 2 === 0 && this.bytes[end - 2] === 0x5c;
    return this.bytes.subarray(isPlain ? end - 1 : start, end);
  }

  /** An element of a list, where a list is what an unquoted `[` opens; inside a string only with escaped quotes. */
  private listQuote(before: number, after: number): Uint8Array | null {
    const { codes, length } = this.decoded;
    if (codes[before] !== 0x5b && codes[before] !== 0x2c) return null;
    if (codes[before] === 0x5b && !this.opensList(before)) return null;
    if (after >= length) return null;
    if (before + 1 < this.strings.seen) this.strings = { seen: 0, inString: false, hasList: false, quote: null };
    const { strings } = this;
    for (; strings.seen <= before; strings.seen++) {
      const code = codes[strings.seen];
      if (code === 0x5b && this.opensList(strings.seen)) strings.hasList = true;
      if (code !== 0x22) continue;
      const quote = this.quoteBytes(strings.seen);
      if (quote.length === 1) strings.inString = !strings.inString;
      else if (strings.inString) strings.quote = quote;
    }
    if (!strings.hasList) return null;
    return strings.inString ? (strings.quote ?? escapedQuote) : plainQuote;
  }

  /** `card[4111…]`, `<![CDATA[` and `error: [4111…]` open no list; nor does the first bracket of a line of text. */
  private opensList(bracket: number): boolean {
    const { codes, length } = this.decoded;
    let before = bracket - 1;
    while (before >= 0 && bracket - before < 32 && isBlank(codes[before])) before--;
    if (before < 0) {
      let last = length - 1;
      while (last > bracket && isBlank(codes[last])) last--;
      return codes[last] === 0x5d;
    }
    const code = codes[before];
    if (code === 0x3a) return this.keyQuote(before - 1) !== null;
    return code === 0x2c || code === 0x5b || code === 0x22 || code === 0x27;
  }

  /** What is to be done to the bytes: those of marked characters become one `*` each, quotes are put in. */
  findings(): Findings {
    const { quotes } = this;
    const { codes, from, to, length } = this.decoded;
    quotes.sort((a, b) => a.at - b.at);
    const marked = [...this.marks].sort((a, b) => a.first - b.first);
    const edits: Edit[] = [];
    let quoteIndex = 0;
    const quotesUpTo = (place: number): void => {
      for (; quoteIndex < quotes.length && (quotes[quoteIndex]?.at ?? 0) <= place; quoteIndex++) {
        const { at, bytes } = quotes[quoteIndex] ?? { at: place, bytes: noBytes };
        edits.push({ at, until: at, bytes });
      }
    };
    const runs: Edit[] = [];
    let k = 0;
    for (const mark of marked) {
      let run: Edit | null = null;
      for (k = Math.max(k, mark.first); k <= mark.last && k < length; k++) {
        if (codes[k] !== star) continue;
        const at = from[k] ?? 0;
        const until = to[k] ?? at;
        // Neighbours of one byte each are one edit; from here on `from` tells which edit the star is in.
        const isNext: boolean =
          run !== null && run.until === at && until === at + 1 && (quotes[quoteIndex]?.at ?? -1) !== at;
        if (isNext && run !== null) {
          if (run.until === run.at + 1) runs.push(run);
          run.until = until;
        } else {
          quotesUpTo(at);
          run = { at, until, bytes: starBytes };
          edits.push(run);
          if (until !== at + 1) run = null;
        }
        from[k] = edits.length - 1;
      }
    }
    for (const one of runs) one.bytes = new Uint8Array(one.until - one.at).fill(star);
    quotesUpTo(this.bytes.length);
    const marks = marked.map(({ rule, first, last }) => ({
      rule,
      firstEdit: from[first] ?? 0,
      lastEdit: from[last] ?? 0,
    }));
    return { edits, marks };
  }
}

const starBytes = Uint8Array.of(star);
const noBytes = new Uint8Array(0);
const plainQuote = Uint8Array.of(0x22);
const escapedQuote = Uint8Array.of(0x5c, 0x22);

function isBlank(code: number | undefined): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
