import type { BlockLogGroup } from '@akashi/database';
import type { SegmentToSeal } from '@akashi/integrity';

/** A landing segment without card data: its records, each hashed, and what the ledger is to know of them. */
export interface MaskedSegment extends SegmentToSeal {
  readonly logGroups: readonly BlockLogGroup[];
  /** Records whose every digit was starred because masking itself failed on them. */
  readonly failedClosed: number;
  /** Bytes of the raw segment that no longer authenticate: damage to the storage, or tampering. */
  readonly damagedBytes: number;
}

function sizeOf({ payload, leafHashes }: MaskedSegment): number {
  return payload.length + leafHashes.length;
}

/**
 * Masked segments that wait for their block, so that sealing need not mask them again. What finds no room is masked again
 * from the inbox: this is for speed alone.
 */
export class MaskedMemory {
  readonly #limitBytes: number;
  readonly #segments = new Map<string, MaskedSegment>();
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Keeps a copy of the payload, whose own memory goes on to the index; answers whether there was room. */
  keep(masked: MaskedSegment): boolean {
    this.forget(masked.segmentId);
    const bytes = sizeOf(masked);
    if (this.#bytes + bytes > this.#limitBytes) return false;
    this.#segments.set(masked.segmentId, { ...masked, payload: Uint8Array.from(masked.payload) });
    this.#bytes += bytes;
    return true;
  }

  /** A copy of the payload of one that is kept. */
  payloadOf(segmentId: string): Uint8Array | undefined {
    const found = this.#segments.get(segmentId);
    return found === undefined ? undefined : Uint8Array.from(found.payload);
  }

  /** Gives a segment away, with its memory. */
  take(segmentId: string): MaskedSegment | undefined {
    const found = this.#segments.get(segmentId);
    this.forget(segmentId);
    return found;
  }

  forget(segmentId: string): void {
    const found = this.#segments.get(segmentId);
    if (found === undefined) return;
    this.#segments.delete(segmentId);
    this.#bytes -= sizeOf(found);
  }
}
