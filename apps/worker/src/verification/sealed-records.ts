import type { TenantId } from '@akashi/database';
import { readBlockRecords } from '@akashi/integrity';
import type { PipelineParts } from '../pipeline/process-segment.ts';
import { readPayload } from '../pipeline/read-sealed.ts';

interface OpenBlock {
  readonly block: number;
  readonly payload: Buffer;
  records: Iterator<{ readonly leaf: number; readonly record: Uint8Array }>;
  /** The leaf that the iterator gives next. */
  next: number;
}

/** Lanes of several policies take turns; each has its own block. */
const mostOpen = 3;

/**
 * The sealed records of segments, out of the archive. Segments of one block follow each other, so a block is read once and
 * walked once.
 */
export class SealedRecords {
  readonly #parts: PipelineParts;
  readonly #tenantId: TenantId;
  #open: OpenBlock[] = [];

  constructor(parts: PipelineParts, tenantId: TenantId) {
    this.#parts = parts;
    this.#tenantId = tenantId;
  }

  /** The records from a leaf on. Rejects as `readPayload` does when the block cannot be read. */
  async from(place: { readonly block: number; readonly firstLeaf: number }): Promise<Iterator<Uint8Array>> {
    const open = await this.#openBlock(place.block);
    if (open.next > place.firstLeaf) {
      open.records = readBlockRecords(open.payload);
      open.next = 0;
    }
    while (open.next < place.firstLeaf && open.records.next().done !== true) open.next += 1;
    return {
      next: () => {
        const { done, value } = open.records.next();
        if (done === true) return { done: true, value: undefined };
        open.next += 1;
        return { done: false, value: (value as { record: Uint8Array }).record };
      },
    };
  }

  async #openBlock(number: number): Promise<OpenBlock> {
    const known = this.#open.find(({ block }) => block === number);
    if (known !== undefined) return known;
    const block = await this.#parts.database.forTenant(this.#tenantId).blocks.get(number);
    if (block === null) throw new SealedRecordsError(number);
    const payload = await readPayload(this.#parts, this.#tenantId, block);
    const open: OpenBlock = { block: number, payload, records: readBlockRecords(payload), next: 0 };
    this.#open = [open, ...this.#open].slice(0, mostOpen);
    return open;
  }
}

/** The ledger has no block of that number: the segment says that it is in one. */
export class SealedRecordsError extends Error {
  override readonly name = 'SealedRecordsError';
  readonly code = 'ledger-block-missing';

  constructor(block: number) {
    super(`the ledger has no block ${block}`);
  }
}
