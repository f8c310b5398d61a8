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
  nothingFound,
  ofWhatShowsMost,
  together,
} from './record-edits.ts';

/** What stays of a card number (PCI DSS 4.0.1 3.4.1, 3.5.1): first six and last four digits, or nothing. */
export type Keep = 'first6last4' | 'none';

/** Scratch memory above this many characters is given back after the record that needed it. */
const keptCapacity = 1 << 18;
const startCapacity = 1 << 12;
const mostRounds = 8;

/** The search for card data in all readings of a record; without Node, for browsers. */
export class CardDataSearch {
  private readonly decodeTokens: boolean;
  private readonly glance = new Glance();
  private readonly finder: CardDataFinder;
  private scratch: DecodedRecord = createDecodedRecord(startCapacity);
  /** The record searched last has readings besides the plain one. */
  private isReadOtherwise = false;

  /** `inner` searches what base64 tokens stand for. */
  constructor(keep: Keep, inner: CardDataSearch | null) {
    this.decodeTokens = inner !== null;
    const kept: Kept = keep === 'first6last4' ? { head: 6, tail: 4 } : { head: 0, tail: 0 };
    this.finder = new CardDataFinder(inner === null ? { kept } : { kept, holdsCardData: (text) => inner.holds(text) });
  }

  /** The glance: false for nearly all records without card data, true for all with. */
  mayHold(record: Uint8Array): boolean {
    return this.glance.mayHold(record, this.decodeTokens);
  }

  /** What is found at once, before anything is starred, in places of the record itself. */
  find(record: Uint8Array): Findings {
    return this.mayHold(record) ? this.findIn(record, 'any') : nothingFound;
  }

  private holds(text: Uint8Array): boolean {
    return this.find(text).edits.length > 0;
  }

  /** Everything masked. What is starred may bring new neighbours together, so it is looked again until nothing is found. */
  searched(record: EditedRecord): EditedRecord {
    let masked = record;
    for (let round = 0; round < mostRounds; round++) {
      const findings = this.findIn(masked.record, 'any');
      if (findings.edits.length === 0) break;
      masked = applyEdits(masked, findings);
      // The plain reading has come to its end by itself.
      if (!this.isReadOtherwise || !this.mayHold(masked.record)) break;
    }
    return masked;
  }

  /** Stars what may belong to a value across an open end. */
  openEnds(record: EditedRecord, open: OpenEnds): EditedRecord {
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
    if (!this.decodeTokens) return this.findPlainly(record);
    const found = [this.findPlainly(record)];
    if (kind === 'any') this.isReadOtherwise = false;
    const exclusive: Findings[] = [];
    for (const way of readingsOf(record, kind)) {
      const reading = way.read(record);
      if (reading === null) continue;
      if (kind === 'any') this.isReadOtherwise = true;
      if (!this.mayHold(reading.text)) continue;
      const shown =
        kind === 'any'
          ? this.findIn(reading.text, way.kind === 'escapes' ? 'encoding' : 'escapes')
          : this.findPlainly(reading.text);
      if (shown.edits.length === 0) continue;
      const findings = inRecord(shown, reading.origin, (bytes, at) => reading.written(bytes, at));
      if (way.isExclusive === true) exclusive.push(findings);
      else found.push(findings);
    }
    return together([...found, ...ofWhatShowsMost(exclusive, record)]);
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
