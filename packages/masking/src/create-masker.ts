import { createDecodedRecord, decodeRecord, type DecodedRecord } from './decoded-record.ts';
import { CardDataFinder, type Kept } from './find-card-data.ts';
import { type MaskedRecord, MaskMarks } from './mask-marks.ts';
import { Glance } from './may-hold-card-data.ts';
import { type OpenEnds, starOpenEnds } from './open-ends.ts';
import { splitMasked } from './split-masked.ts';

export interface MaskPolicy {
  /** Sealed with every block, so that it stays known which rules a record went through. */
  version: string;
  /** What stays of a card number (PCI DSS 4.0.1 3.4.1, 3.5.1): first six and last four digits, or nothing. */
  keep: 'first6last4' | 'none';
}

export interface Masker {
  readonly policy: MaskPolicy;
  /**
   * Masks card data in one record. `null`: nothing to mask, the record stands as it is. The given bytes are never
   * changed. Masking the result again changes nothing. Linear in the record's length.
   */
  mask(record: Buffer): MaskedRecord | null;
  /**
   * Masks parts of one line as the one text that they are; each part is answered as `mask` answers a record. At an open
   * end the line goes on with what is not here: what may belong to a value across it is starred whole. Memory is 20 times
   * the line's length for as long as the call takes.
   */
  maskParts(parts: readonly Buffer[], open: OpenEnds): (MaskedRecord | null)[];
  /** The same for text: names, queries, messages. */
  maskText(text: string): string;
}

/** Scratch memory above this many characters is given back after the record that needed it. */
const keptCapacity = 1 << 18;
const startCapacity = 1 << 12;
const mostRounds = 8;

class CardDataMasker implements Masker {
  readonly policy: MaskPolicy;
  private readonly decodeTokens: boolean;
  private readonly glance = new Glance();
  private readonly finder: CardDataFinder;
  private scratch: DecodedRecord = createDecodedRecord(startCapacity);

  constructor(policy: MaskPolicy, inner: Masker | null) {
    this.policy = policy;
    this.decodeTokens = inner !== null;
    const kept: Kept = policy.keep === 'first6last4' ? { head: 6, tail: 4 } : { head: 0, tail: 0 };
    this.finder = new CardDataFinder(
      inner === null ? { kept } : { kept, holdsCardData: (text) => inner.mask(text) !== null },
    );
  }

  mask(record: Buffer): MaskedRecord | null {
    return this.glance.mayHold(record, this.decodeTokens) ? this.search(record) : null;
  }

  maskParts(parts: readonly Buffer[], open: OpenEnds): (MaskedRecord | null)[] {
    const line = Buffer.concat(parts);
    if (!open.start && !open.end && !this.glance.mayHold(line, this.decodeTokens)) return parts.map(() => null);
    const marks = this.marksOf(line, open);
    return marks.length === 0 ? parts.map(() => null) : splitMasked(marks, parts);
  }

  maskText(text: string): string {
    const masked = this.mask(Buffer.from(text));
    return masked === null ? text : masked.record.toString();
  }

  private search(record: Buffer): MaskedRecord | null {
    const marks = this.marksOf(record);
    return marks.length === 0 ? null : marks.toRecord();
  }

  private marksOf(record: Buffer, open?: OpenEnds): MaskMarks {
    if (this.scratch.codes.length < record.length) this.scratch = createDecodedRecord(record.length * 2);
    const decoded = this.scratch;
    decodeRecord(record, decoded);
    const marks = new MaskMarks(record, decoded);
    for (let round = 0; round < mostRounds; round++) {
      const before = marks.length;
      this.finder.findAll(decoded, marks);
      if (marks.length === before) break;
    }
    if (open !== undefined) starOpenEnds(decoded, marks, open);
    if (decoded.codes.length > keptCapacity) this.scratch = createDecodedRecord(startCapacity);
    return marks;
  }
}

/** A masker holds scratch memory of its own; it is cheap to use for many records and not meant to be shared by threads. */
export function createMasker(policy: MaskPolicy): Masker {
  return new CardDataMasker(policy, new CardDataMasker(policy, null));
}
