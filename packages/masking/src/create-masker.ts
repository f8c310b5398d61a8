import { createDecodedRecord, decodeRecord, type DecodedRecord } from './decoded-record.ts';
import { CardDataFinder, type Kept } from './find-card-data.ts';
import { MaskMarks } from './mask-marks.ts';
import { Glance } from './may-hold-card-data.ts';
import { type OpenEnds, starOpenEnds } from './open-ends.ts';
import { readingsOf, type WayOfReading } from './readings/readings-of.ts';
import {
  applyEdits,
  type EditedRecord,
  type Findings,
  inRecord,
  type MaskNote,
  nothingFound,
  sizeOf,
  together,
} from './record-edits.ts';
import { splitMasked } from './split-masked.ts';

export interface MaskedRecord {
  record: Buffer;
  notes: MaskNote[];
}

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
    const record = Buffer.concat(parts);
    let length = 0;
    const cuts = parts.slice(0, -1).map((part) => (length += part.length));
    let masked: EditedRecord = { record, notes: [], cuts };
    if (this.glance.mayHold(record, this.decodeTokens)) masked = this.searched(masked);
    if (open.start || open.end) masked = this.openEnds(masked, open);
    return masked.record === record ? parts.map(() => null) : splitMasked(masked, parts);
  }

  maskText(text: string): string {
    const masked = this.mask(Buffer.from(text));
    return masked === null ? text : masked.record.toString();
  }

  private search(record: Buffer): MaskedRecord | null {
    const masked = this.searched({ record, notes: [], cuts: [] });
    const { buffer, byteOffset, length } = masked.record;
    return masked.record === record ? null : { record: Buffer.from(buffer, byteOffset, length), notes: masked.notes };
  }

  /** Everything masked. What is starred may bring new neighbours together, so it is looked again until nothing is found. */
  private searched(record: EditedRecord): EditedRecord {
    let masked = record;
    for (let round = 0; round < mostRounds; round++) {
      const findings = this.findIn(masked.record, 'any');
      if (findings.edits.length === 0) break;
      masked = applyEdits(masked, findings);
      if (!this.glance.mayHold(masked.record, this.decodeTokens)) break;
    }
    return masked;
  }

  private openEnds(record: EditedRecord, open: OpenEnds): EditedRecord {
    let masked = applyEdits(
      record,
      this.marked(record.record, (decoded, marks) => starOpenEnds(decoded, marks, open)),
    );
    for (const way of readingsOf(masked.record, 'any')) {
      const reading = way.read(masked.record);
      if (reading === null) continue;
      const findings = this.marked(reading.text, (decoded, marks) => starOpenEnds(decoded, marks, open));
      masked = applyEdits(
        masked,
        inRecord(findings, reading.origin, (bytes, at) => reading.written(bytes, at)),
      );
    }
    return masked;
  }

  /** What all readings of the record show: plainly, in other encodings, of control escapes. */
  private findIn(record: Uint8Array, kind: WayOfReading['kind'] | 'any'): Findings {
    const found = [this.findPlainly(record)];
    let exclusive = nothingFound;
    for (const way of readingsOf(record, kind)) {
      const reading = way.read(record);
      if (reading === null || !this.glance.mayHold(reading.text, this.decodeTokens)) continue;
      const shown =
        kind === 'any'
          ? this.findIn(reading.text, way.kind === 'escapes' ? 'encoding' : 'escapes')
          : this.findPlainly(reading.text);
      if (shown.edits.length === 0) continue;
      const findings = inRecord(shown, reading.origin, (bytes, at) => reading.written(bytes, at));
      if (way.isExclusive !== true) found.push(findings);
      else if (sizeOf(findings) > sizeOf(exclusive)) exclusive = findings;
    }
    found.push(exclusive);
    return together(found);
  }

  private findPlainly(record: Uint8Array): Findings {
    return this.marked(record, (decoded, marks) => {
      for (let round = 0; round < mostRounds; round++) {
        const before = marks.length;
        this.finder.findAll(decoded, marks);
        if (marks.length === before) break;
      }
    });
  }

  /** What `mark` marks in the record, read plainly. */
  private marked(record: Uint8Array, mark: (decoded: DecodedRecord, marks: MaskMarks) => void): Findings {
    if (this.scratch.from.length < record.length) {
      this.scratch = createDecodedRecord(record.length < keptCapacity ? record.length * 2 : record.length);
    }
    const decoded = this.scratch;
    decodeRecord(record, decoded);
    const marks = new MaskMarks(record, decoded);
    mark(decoded, marks);
    if (decoded.codes.length > keptCapacity) this.scratch = createDecodedRecord(startCapacity);
    return marks.length === 0 ? nothingFound : marks.findings();
  }
}

/** A masker holds scratch memory of its own; it is cheap to use for many records and not meant to be shared by threads. */
export function createMasker(policy: MaskPolicy): Masker {
  return new CardDataMasker(policy, new CardDataMasker(policy, null));
}
