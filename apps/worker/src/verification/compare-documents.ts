import type { VerificationFinding } from '@akashi/database';
import { documentHashBytes, documentMarkBytes, documentsDigest, type DocumentHasher } from '@akashi/integrity';
import { decodeRecordText, eventIdOf, parseEventId } from '@akashi/log-event';
import type { StoredBytes } from '@akashi/search';

/** What the ledger says of one segment's documents. */
export interface ExpectedDocuments {
  readonly segmentId: string;
  readonly block: number | null;
  readonly firstLeaf: number;
  /** How many there must be when nothing else was noted of them. */
  readonly records: number;
  /** Null for documents of an earlier version, of which only the records can be compared. */
  readonly noted: { readonly sha256: Buffer; readonly marks: Buffer } | null;
  /** They are past their days online: what is there must be right, and nothing must be there. */
  readonly mayBeGone: boolean;
}

/** A document that is not as it was written; its bytes are for naming the fields, and for nothing else. */
export interface AlteredDocument {
  readonly position: number;
  readonly source: Buffer;
  readonly finding: VerificationFinding;
}

export interface ComparedDocuments {
  readonly findings: readonly VerificationFinding[];
  /** Those findings of altered documents that have no fields yet. */
  readonly altered: readonly AlteredDocument[];
  readonly documents: number;
}

/** More of one segment say nothing new. */
const mostOfSegment = 1_000;
/** Bytes of altered documents are kept for naming their fields. */
const mostNamed = 20;

/**
 * Holds the documents of one segment, as they were read back, against their digest and their sealed records (PCI DSS 10.3.4,
 * 10.5.1.1). Nothing is parsed: not what a record means is compared, but what was written.
 */
export class DocumentsComparison {
  readonly #expected: ExpectedDocuments;
  readonly #hasher: DocumentHasher;
  readonly #records: Iterator<Uint8Array> | null;
  readonly #count: number;
  readonly #hashes: Buffer;
  readonly #findings: VerificationFinding[] = [];
  readonly #altered: AlteredDocument[] = [];
  #next = 0;
  #documents = 0;

  /** `records`: the sealed records in the order of their positions; null when they are in no block yet. */
  constructor(
    expected: ExpectedDocuments,
    { hasher, records }: { hasher: DocumentHasher; records: Iterator<Uint8Array> | null },
  ) {
    this.#expected = expected;
    this.#hasher = hasher;
    this.#records = records;
    const { noted } = expected;
    this.#count = noted === null ? expected.records : noted.marks.length / documentMarkBytes;
    this.#hashes = Buffer.alloc(this.#count * documentHashBytes);
  }

  /** Documents come in the order of the positions that they claim. */
  add(stored: StoredBytes): void {
    const { position } = stored;
    const isOurs = stored.id === eventIdOf({ segmentId: this.#expected.segmentId, position: Math.max(position, 0) });
    if (!isOurs || position < this.#next || position >= this.#count) {
      this.#find({ code: 'index-document-added', ...this.#placeOfId(stored.id) });
      return;
    }
    while (this.#next < position) this.#miss();
    this.#next += 1;
    this.#documents += 1;
    this.#compare(stored);
  }

  finish(): ComparedDocuments {
    if (!this.#expected.mayBeGone || this.#documents > 0) while (this.#next < this.#count) this.#miss();
    const { noted } = this.#expected;
    const isWhole = this.#documents === this.#count && this.#findings.length === 0;
    if (noted !== null && isWhole && !documentsDigest(this.#hashes).sha256.equals(noted.sha256)) {
      const { segmentId, block } = this.#expected;
      const where = `digest of segment ${segmentId}`;
      this.#find({ code: 'index-digest-altered', where, segmentId, ...(block === null ? {} : { block }) });
    }
    return { findings: this.#findings, altered: this.#altered, documents: this.#documents };
  }

  #compare({ position, source }: StoredBytes): void {
    const start = position * documentHashBytes;
    this.#hasher.write(source, this.#hashes, start);
    const { noted } = this.#expected;
    const mark = this.#hashes.subarray(start, start + documentMarkBytes);
    const isMarked =
      noted === null ||
      mark.equals(noted.marks.subarray(position * documentMarkBytes, (position + 1) * documentMarkBytes));
    const record = this.#records?.next();
    const isSealed = record === undefined || (record.done !== true && holdsRecord(source, record.value));
    if (isMarked && isSealed) return;
    const finding: VerificationFinding = { code: 'index-document-altered', ...this.#placeOf(position) };
    if (!isSealed) finding.fields = ['record'];
    this.#find(finding);
    if (this.#altered.length < mostNamed) this.#altered.push({ position, source: Buffer.from(source), finding });
  }

  #miss(): void {
    if (this.#records !== null) this.#records.next();
    this.#find({ code: 'index-document-missing', ...this.#placeOf(this.#next) });
    this.#next += 1;
  }

  #find(finding: VerificationFinding): void {
    if (this.#findings.length < mostOfSegment) this.#findings.push(finding);
  }

  #placeOf(position: number): Omit<VerificationFinding, 'code'> {
    const { segmentId, block, firstLeaf } = this.#expected;
    const event = eventIdOf({ segmentId, position });
    const place = block === null ? {} : { block, leaf: firstLeaf + position };
    return { where: `event ${event}`, event, segmentId, position, ...place };
  }

  /** A document that is not one of the segment's stands for itself. */
  #placeOfId(id: string): Omit<VerificationFinding, 'code'> {
    const { segmentId } = this.#expected;
    const claimed = parseEventId(id);
    const event = claimed?.segmentId === segmentId ? { event: id, position: claimed.position } : {};
    return { where: `event ${id}`, segmentId, ...event };
  }
}

/** Whether the document's record is the text of the sealed bytes. */
export function holdsRecord(document: Buffer, record: Uint8Array): boolean {
  return document.includes(`"record":${JSON.stringify(decodeRecordText(record))}`);
}
