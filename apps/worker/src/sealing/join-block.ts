import type { BlockLogGroup } from '@akashi/database';
import {
  compressPayload,
  joinSegments,
  readBlockOrigins,
  readBlockRecords,
  type SegmentShare,
  type SegmentToSeal,
} from '@akashi/integrity';
import { decodeBatchOrigin } from '@akashi/log-event';

/** A block without its number: everything that depends on its records alone. */
export interface JoinedBlock {
  readonly segments: readonly SegmentShare[];
  readonly compressed: Uint8Array;
  readonly root: Uint8Array;
  readonly records: number;
  readonly firstReceivedUs: number | null;
  readonly lastReceivedUs: number | null;
}

/** Masked segments, in their order, as one block. CPU-bound: it is called on a compute thread. */
export function joinBlock(segments: readonly SegmentToSeal[]): JoinedBlock {
  const { payload, ...content } = joinSegments(segments);
  return { ...content, compressed: compressPayload(payload) };
}

/** Counts records by log group. */
export class LogGroupTally {
  readonly #groups = new Map<string, BlockLogGroup>();

  add({ logGroup, records, firstReceivedUs, lastReceivedUs }: BlockLogGroup): void {
    if (records === 0) return;
    const known = this.#groups.get(logGroup);
    this.#groups.set(logGroup, {
      logGroup,
      records: records + (known?.records ?? 0),
      firstReceivedUs: Math.min(firstReceivedUs, known?.firstReceivedUs ?? firstReceivedUs),
      lastReceivedUs: Math.max(lastReceivedUs, known?.lastReceivedUs ?? lastReceivedUs),
    });
  }

  /** In the order in which they first came. */
  list(): BlockLogGroup[] {
    return [...this.#groups.values()];
  }
}

/** The log groups of a payload's records: for a block that comes back from the archive alone. */
export function logGroupsOf(payload: Uint8Array): BlockLogGroup[] {
  const groups = readBlockOrigins(payload).map((origin) => decodeBatchOrigin(origin).logGroup);
  const tally = new LogGroupTally();
  for (const { originIndex, receivedAtUs } of readBlockRecords(payload)) {
    const logGroup = groups[originIndex] ?? '';
    tally.add({ logGroup, records: 1, firstReceivedUs: receivedAtUs, lastReceivedUs: receivedAtUs });
  }
  return tally.list();
}
