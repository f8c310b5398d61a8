import { CardDataSearch, type Keep } from './card-data-search.ts';
import type { OpenEnds } from './open-ends.ts';
import type { EditedRecord, MaskNote } from './record-edits.ts';
import { splitMasked } from './split-masked.ts';

export interface MaskedRecord {
  record: Buffer;
  notes: MaskNote[];
}

export interface MaskPolicy {
  /** Sealed with every block, so that it stays known which rules a record went through. */
  version: string;
  keep: Keep;
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

class CardDataMasker implements Masker {
  readonly policy: MaskPolicy;
  private readonly cardData: CardDataSearch;

  constructor(policy: MaskPolicy) {
    this.policy = policy;
    this.cardData = new CardDataSearch(policy.keep, new CardDataSearch(policy.keep, null));
  }

  mask(record: Buffer): MaskedRecord | null {
    return this.cardData.mayHold(record) ? this.search(record) : null;
  }

  maskParts(parts: readonly Buffer[], open: OpenEnds): (MaskedRecord | null)[] {
    const record = Buffer.concat(parts);
    let length = 0;
    const cuts = parts.slice(0, -1).map((part) => (length += part.length));
    let masked: EditedRecord = { record, notes: [], cuts };
    if (this.cardData.mayHold(record)) masked = this.cardData.searched(masked);
    if (open.start || open.end) masked = this.cardData.openEnds(masked, open);
    return masked.record === record ? parts.map(() => null) : splitMasked(masked, parts);
  }

  maskText(text: string): string {
    const masked = this.mask(Buffer.from(text));
    return masked === null ? text : masked.record.toString();
  }

  private search(record: Buffer): MaskedRecord | null {
    const masked = this.cardData.searched({ record, notes: [], cuts: [] });
    const { buffer, byteOffset, length } = masked.record;
    return masked.record === record ? null : { record: Buffer.from(buffer, byteOffset, length), notes: masked.notes };
  }
}

/** A masker holds scratch memory of its own; it is cheap to use for many records and not meant to be shared by threads. */
export function createMasker(policy: MaskPolicy): Masker {
  return new CardDataMasker(policy);
}
