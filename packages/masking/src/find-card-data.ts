import { base64Codes, decodeBase64, shortestToken, suspectPhases } from './base64-tokens.ts';
import type { DecodedRecord } from './decoded-record.ts';
import {
  cardNumberFrom,
  collectDigitGroups,
  createDigitGroups,
  type DigitGroups,
  digitsIn,
  isDigit,
  isLetter,
  joinedNumberFrom,
  keyedNumberFrom,
  leadingZeros,
  leaveOutWords,
  partAtJoints,
} from './digit-groups.ts';
import { findInHex, HexRuns } from './find-emv.ts';
import { scientificAt, scientificAtEnd } from './find-scientific.ts';
import { trackAround } from './find-track.ts';
import { longestPan, shortestPan } from './issuer-ranges.ts';
import { isExplicit, KeyReader } from './key-before.ts';
import { keyKind } from './key-kinds.ts';
import { kindBits } from './name-trie.ts';
import { truncatedEnd } from './truncated-number.ts';
import type { MaskMarks } from './mask-marks.ts';
import { escapeDigits, separatesMembers, ValuePlaces, wholeValueAt } from './value-places.ts';

/** How much of a card number is kept: PCI SSC FAQ 1091 allows the first six and the last four digits. */
export interface Kept {
  head: number;
  tail: number;
}

export interface FindSettings {
  kept: Kept;
  /** Whether text that a base64 token stands for holds card data; absent where tokens are not decoded again. */
  holdsCardData?: (text: Uint8Array) => boolean;
}

const letter = 1;
const hexLetter = 2;
const numeral = 3;
const wordCodes = new Uint8Array(1 << 16);
for (let code = 0x30; code <= 0x7a; code++) {
  if (isDigit(code)) wordCodes[code] = numeral;
  else if (isLetter(code)) wordCodes[code] = isHexCode(code) ? hexLetter : letter;
}

const longestHexBlock = 48;
const nothingKept: Kept = { head: 0, tail: 0 };

/** Walks over a decoded record and marks what must go. */
export class CardDataFinder {
  private groups: DigitGroups = createDigitGroups(64);
  private parted: DigitGroups = createDigitGroups(64);
  /** The first place of a character of no width that was not passed yet. */
  private joint = 0;
  private readonly keys = new KeyReader();
  private readonly places = new ValuePlaces(this.keys);
  private readonly hexRuns = new HexRuns();
  private readonly settings: FindSettings;

  constructor(settings: FindSettings) {
    this.settings = settings;
  }

  /** One walk; marks may bring new neighbours together, so callers repeat it until nothing is marked any more. */
  findAll(decoded: DecodedRecord, marks: MaskMarks): void {
    const { codes, length } = decoded;
    let at = 0;
    this.keys.reset();
    this.places.reset();
    this.joint = 0;
    // Data in hexadecimal is looked for first, before anything of it is taken for a number by itself.
    if (marks.length === 0) this.inHex(decoded, marks);
    let previous = 0;
    while (at < length) {
      const kind = wordCodes[codes[at] ?? 0] ?? 0;
      if (kind === numeral) {
        at = this.atDigits(decoded, marks, at);
        previous = wordCodes[codes[at - 1] ?? 0] ?? 0;
        continue;
      }
      if (kind === hexLetter && previous === 0) this.atHexBlock(decoded, marks, at);
      const code = codes[at] ?? 0;
      if (this.places.hasList || code === 0x5b || code === 0x28) this.places.pass(code, at);
      previous = kind;
      at++;
    }
    if (this.settings.holdsCardData !== undefined) this.tokens(decoded, marks, this.settings.holdsCardData);
  }

  private inHex({ codes, length }: DecodedRecord, marks: MaskMarks): void {
    let at = 0;
    for (;;) {
      const next = this.hexRuns.next(codes, at, length);
      if (next === null) return;
      const { run, end } = next;
      for (const { rule, first, last } of findInHex(run)) {
        marks.markPlaces(rule, run.places.slice(first, last + 1), rule === 'pan' ? this.settings.kept : nothingKept);
      }
      at = end;
    }
  }

  /** Handles the chain of digit groups at `at`; answers where to go on. */
  private atDigits(decoded: DecodedRecord, marks: MaskMarks, at: number): number {
    const { groups } = this;
    const { codes } = decoded;
    const skipped = escapeDigits(codes, at);
    if (skipped > 0) return at + skipped;
    collectDigitGroups(codes, at, { groups, length: decoded.length });
    let { end } = groups;
    const track = trackAround(codes, groups, decoded.length);
    if (track !== null) {
      marks.markWhole('track', track.first, track.last);
      if (track.group === 0) return track.last + 1;
      this.leaveOutFrom(track.group);
      end = track.last + 1;
    }
    const keyed = this.keyedValue(decoded, marks, at);
    if (keyed.next > at) return keyed.next;
    if (track === null) end = this.scientific(codes, marks);
    if (groups.count === 0) return end;
    const before = marks.length;
    const parts = this.hasJoints(decoded, at);
    this.numbers(codes, marks, { exempt: keyed.exempt, from: cardNumberFrom });
    // What was marked has new neighbours: the next walk looks at them again.
    if (parts && marks.length === before) this.numbersApart(decoded, marks, keyed.exempt);
    return end;
  }

  private leaveOutFrom(group: number): void {
    const { groups } = this;
    groups.count = group;
    if (group === 0) return;
    groups.separator[group - 1] = 0;
    groups.end = (groups.start[group - 1] ?? 0) + (groups.length[group - 1] ?? 0);
  }

  /** A card number with an exponent at the end of the chain; answers where to go on. */
  private scientific(codes: Uint16Array, marks: MaskMarks): number {
    const { groups } = this;
    const found = scientificAtEnd(codes, groups);
    if (found === null || !found.isCardNumber) return groups.end;
    const first = groups.start[found.group] ?? 0;
    if (found.isExact) marks.markDigits('pan', { first, last: found.mantissaEnd - 1 }, this.settings.kept);
    else marks.markWhole('pan', first, found.end - 1);
    this.leaveOutFrom(found.group);
    return found.end;
  }

  /** Whether a character of no width stands in the chain at `at`; if so, its groups are parted there. */
  private hasJoints({ joints }: DecodedRecord, at: number): boolean {
    if (joints.length === 0) return false;
    while (this.joint < joints.length && (joints[this.joint] ?? 0) <= at) this.joint++;
    return partAtJoints(this.groups, { at: joints, from: this.joint }, this.parted);
  }

  /** Numbers and track data that characters of no width join with more digits. */
  private numbersApart({ codes, length }: DecodedRecord, marks: MaskMarks, exempt: boolean): void {
    [this.groups, this.parted] = [this.parted, this.groups];
    const track = trackAround(codes, this.groups, length);
    if (track !== null) {
      marks.markWhole('track', track.first, track.last);
      return;
    }
    const from: typeof cardNumberFrom = (all, groups, first) =>
      Math.max(cardNumberFrom(all, groups, first), joinedNumberFrom(all, groups, first));
    this.numbers(codes, marks, { exempt, from });
  }

  /** Marks the card numbers among the groups. */
  private numbers(codes: Uint16Array, marks: MaskMarks, rule: { exempt: boolean; from: typeof cardNumberFrom }): void {
    const { groups } = this;
    leaveOutWords(codes, groups);
    let { first } = groups;
    while (first < groups.count) {
      const last = rule.from(codes, groups, first);
      const isExempt = rule.exempt && first === groups.first && last === first;
      if (last < 0 || isExempt) first++;
      else {
        const span = this.spanOf(first, last);
        if (first === last) span.first += leadingZeros(codes, groups, first);
        marks.markDigits('pan', span, this.settings.kept);
        first = last + 1;
      }
    }
  }

  private spanOf(first: number, last: number): { first: number; last: number } {
    const { start, length } = this.groups;
    return { first: start[first] ?? 0, last: (start[last] ?? 0) + (length[last] ?? 0) - 1 };
  }

  private keyedValue(decoded: DecodedRecord, marks: MaskMarks, at: number): { next: number; exempt: boolean } {
    const { codes } = decoded;
    const { groups } = this;
    const none = { next: at, exempt: false };
    const key = this.places.keyOf(codes, at);
    const explicit = (key & isExplicit) !== 0;
    const digits = groups.length[0] ?? 0;
    const kind = key & kindBits;
    if (kind === keyKind.none) return none;
    if (kind === keyKind.exempt) return { next: at, exempt: true };
    if (this.places.isIndex(codes, { at, digits, key })) return { next: at + digits, exempt: false };
    switch (kind) {
      case keyKind.pan:
      case keyKind.card:
        return {
          next: this.keyedPan(decoded, marks, { isStrong: kind === keyKind.pan && explicit, explicit }),
          exempt: false,
        };
      case keyKind.cardIdentification:
        if (!explicit || digits < 3 || digits > 4) return none;
        return this.wholeValue(decoded, marks, 'verification-code');
      case keyKind.verificationCode:
        if (digits >= 3) return this.wholeValue(decoded, marks, 'verification-code');
        return explicit ? this.partedCode(codes, marks, { rule: 'verification-code', least: 3, most: 4 }) : none;
      case keyKind.pin:
        if (!explicit) return none;
        if (this.valueEnd(decoded, at) - at >= 4) return this.wholeValue(decoded, marks, 'pin');
        return this.partedCode(codes, marks, { rule: 'pin', least: 4, most: 12 });
      case keyKind.pinBlock:
        return this.wholeValue(decoded, marks, 'pin');
      case keyKind.track:
        return this.valueEnd(decoded, at) - at < 8 ? none : this.wholeValue(decoded, marks, 'track');
      default:
        return none;
    }
  }

  /** A code whose digits stand apart (`7 3 1`), or that is written with an exponent. */
  private partedCode(
    codes: Uint16Array,
    marks: MaskMarks,
    code: { rule: string; least: number; most: number },
  ): { next: number; exempt: boolean } {
    const { groups } = this;
    const at = groups.start[0] ?? 0;
    const exponent = this.exponentOf(codes, 1);
    let last = 0;
    let total = groups.length[0] ?? 0;
    while (last + 1 < groups.count && groups.separator[last] === groups.separator[0])
      total += groups.length[++last] ?? 0;
    if (exponent < 0 && (total < code.least || total > code.most)) return { next: at, exempt: false };
    const end = exponent < 0 ? this.spanOf(0, last).last + 1 : exponent;
    marks.markWhole(code.rule, at, end - 1);
    return { next: end, exempt: false };
  }

  /** Where the exponent of the first number ends, which has `least` digits; or -1. */
  private exponentOf(codes: Uint16Array, least: number): number {
    const { groups } = this;
    const last = groups.separator[0] === 3 ? 1 : 0;
    if (digitsIn(groups, 0, last) < least) return -1;
    return scientificAt(codes, groups, last)?.end ?? -1;
  }

  /** Masks a value that its key names a card number; answers the place behind it, or where it began. */
  private keyedPan(decoded: DecodedRecord, marks: MaskMarks, key: { isStrong: boolean; explicit: boolean }): number {
    const { codes } = decoded;
    const { groups } = this;
    const { isStrong } = key;
    const at = groups.start[0] ?? 0;
    const maskedEnd = truncatedEnd(decoded, at);
    if (maskedEnd > at) {
      if (this.settings.kept.head === 0 && isStrong) {
        marks.markDigits('pan-key', { first: at, last: maskedEnd - 1 }, nothingKept);
      }
      return this.numberFromTail(decoded, marks, maskedEnd);
    }
    const exponent = this.exponentOf(codes, isStrong ? 1 : shortestPan - 2);
    if (exponent > at) {
      marks.markWhole('pan-key', at, exponent - 1);
      return exponent;
    }
    const last = keyedNumberFrom(codes, groups);
    const whole = digitsIn(groups, 0, last) < shortestPan ? wholeValueAt(codes, groups, decoded.length) : null;
    if (whole !== null && (isStrong || whole.digits >= shortestPan)) {
      marks.markDigits('pan-key', whole, whole.digits >= shortestPan ? this.settings.kept : nothingKept);
      return whole.last + 1;
    }
    const span = this.spanOf(0, last);
    let digits = digitsIn(groups, 0, last);
    const isNumber = cardNumberFrom(codes, groups, 0) === last;
    if (isNumber && last === 0) {
      const zeros = leadingZeros(codes, groups, 0);
      span.first += zeros;
      digits -= zeros;
    }
    const isCardLength = digits >= shortestPan && digits <= longestPan;
    if (!isCardLength && !isStrong) {
      if (key.explicit) this.partOfNumber(codes, marks, { at, digits });
      return at;
    }
    marks.markDigits(isNumber ? 'pan' : 'pan-key', span, isCardLength ? this.settings.kept : nothingKept);
    return isStrong ? this.furtherNumbers(codes, marks, last) : span.last + 1;
  }

  /** `pan=A,B,C`: further numbers of a card's length right behind the first one. */
  private furtherNumbers(codes: Uint16Array, marks: MaskMarks, from: number): number {
    const { groups } = this;
    let last = from;
    while (last + 1 < groups.count && separatesMembers(groups.separator[last] ?? 0)) {
      const digits = groups.length[last + 1] ?? 0;
      const end = (groups.start[last + 1] ?? 0) + digits;
      if (digits < shortestPan || digits > longestPan || isLetter(codes[end])) break;
      last++;
      marks.markDigits('pan-key', this.spanOf(last, last), this.settings.kept);
    }
    return this.spanOf(last, last).last + 1;
  }

  /** `card1=4556&card2=7345&…`: values that only together are a card number. */
  private partOfNumber(codes: Uint16Array, marks: MaskMarks, part: { at: number; digits: number }): void {
    for (const { first, last } of this.places.addPart(codes, part)) marks.markWhole('pan', first, last);
  }

  /** The last digits of a truncated number may be the first of another; answers the place behind either. */
  private numberFromTail(decoded: DecodedRecord, marks: MaskMarks, end: number): number {
    const { codes, length } = decoded;
    let tail = end;
    while (isDigit(codes[tail - 1])) tail--;
    if (tail === end) return end;
    collectDigitGroups(codes, tail, { groups: this.groups, length });
    const last = cardNumberFrom(codes, this.groups, 0);
    if (last < 0) return end;
    const span = this.spanOf(0, last);
    marks.markDigits('pan', span, this.settings.kept);
    return span.last + 1;
  }

  private valueEnd(decoded: DecodedRecord, at: number): number {
    const { codes, length } = decoded;
    let end = at;
    while (end < length && wordCodes[codes[end] ?? 0] !== 0) end++;
    return end;
  }

  private wholeValue(decoded: DecodedRecord, marks: MaskMarks, rule: string): { next: number; exempt: boolean } {
    const at = this.groups.start[0] ?? 0;
    const end = rule === 'track' ? this.trackValueEnd(decoded, at) : this.valueEnd(decoded, at);
    marks.markWhole(rule, at, end - 1);
    return { next: end, exempt: false };
  }

  private trackValueEnd(decoded: DecodedRecord, at: number): number {
    const { codes, length } = decoded;
    let end = at;
    while (end < length && end - at < 128 && !isTrackEnd(codes[end])) end++;
    return end;
  }

  /** A PIN block may begin with a letter (ISO 9564-1 blocks are 16 hexadecimal characters, often enciphered). */
  private atHexBlock(decoded: DecodedRecord, marks: MaskMarks, at: number): void {
    const { codes } = decoded;
    let end = at;
    while (end - at <= longestHexBlock && end < decoded.length && wordCodes[codes[end] ?? 0] !== 0) end++;
    if (end - at !== 16 && end - at !== 32 && end - at !== 48) return;
    for (let k = at; k < end; k++) if (!isHexCode(decoded.codes[k])) return;
    const key = this.keys.keyBefore(decoded.codes, at);
    if ((key & kindBits) === keyKind.pinBlock || key === (keyKind.pin | isExplicit))
      marks.markWhole('pin', at, end - 1);
  }

  private tokens(decoded: DecodedRecord, marks: MaskMarks, holdsCardData: (text: Uint8Array) => boolean): void {
    const { codes, length } = decoded;
    let start = 0;
    for (let at = 0; at <= length; at++) {
      if (at < length && base64Codes[codes[at] ?? 0] === 1) continue;
      const phases = at - start < shortestToken ? 0 : suspectPhases(codes, start, at);
      for (let phase = 0; phase < 4 && phases >>> phase !== 0; phase++) {
        if (((phases >>> phase) & 1) === 0 || !holdsCardData(decodeBase64(codes, start + phase, at))) continue;
        marks.markWhole('base64', start, at - 1);
        break;
      }
      start = at + 1;
    }
  }
}

function isHexCode(code: number | undefined): boolean {
  return code !== undefined && (isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66));
}

const trackEnds = new Set([0x22, 0x27, 0x26, 0x2c, 0x5c, 0x3c, 0x3e, 0x7d, 0x5d, 0x29]);

function isTrackEnd(code: number | undefined): boolean {
  return code === undefined || code <= 0x20 || trackEnds.has(code);
}
