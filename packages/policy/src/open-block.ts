/** Seconds that records may wait for the seal of their block: what an organisation may choose, and what holds otherwise. */
export const sealIntervalLimits = { least: 10, most: 300, usual: 60 } as const;

/** A block of so many bytes of masked records is full: it is sealed at once. */
export const fullBlockBytes = 8 * 1024 ** 2;

/** A block names its segments in a table; after an outage there may be a day of tiny ones. */
const mostSegments = 4_096;

/** The masked records of one organisation and retention policy that are in no block yet. */
export interface OpenBlock {
  readonly tenantId: string;
  readonly sealIntervalSeconds: number;
  /** When the first of its records came. */
  readonly oldestAcceptedMs: number;
  /** Of its masked records. */
  readonly bytes: number;
}

/**
 * When the open block is sealed although it is not full: the first beat of its organisation after its oldest record came, so
 * that nothing waits for longer than the interval. Each organisation has beats of its own; many quiet ones do not seal in
 * the same second.
 */
export function sealDueMs({ tenantId, sealIntervalSeconds, oldestAcceptedMs }: Omit<OpenBlock, 'bytes'>): number {
  const intervalMs = heldInterval(sealIntervalSeconds) * 1000;
  const phaseMs = hashOf(tenantId) % intervalMs;
  return Math.floor((oldestAcceptedMs - phaseMs) / intervalMs + 1) * intervalMs + phaseMs;
}

/** Whether the block is to be sealed now. Records from the future tell of a clock that was set back, and wait for nothing. */
export function isSealDue(open: OpenBlock, nowMs: number): boolean {
  return open.bytes >= fullBlockBytes || nowMs >= sealDueMs(open) || open.oldestAcceptedMs > nowMs + clockStepMs;
}

const clockStepMs = 5_000;

/** Raw segments stay in the inbox until they are sealed; so much of it may be taken by blocks that wait for their time. */
export const mostOpenBytes = 512 * 1024 ** 2;

/** Of all open blocks of a node those that are to be sealed now: the due ones, and the largest if all together wait with too much. */
export function dueBlocks<Block extends OpenBlock>(open: readonly Block[], nowMs: number): Block[] {
  const due = open.filter((block) => isSealDue(block, nowMs));
  const waiting = open.filter((block) => !isSealDue(block, nowMs)).toSorted((a, b) => b.bytes - a.bytes);
  let bytes = waiting.reduce((sum, block) => sum + block.bytes, 0);
  for (const block of waiting) {
    if (bytes <= mostOpenBytes) break;
    bytes -= block.bytes;
    due.push(block);
  }
  return due;
}

/**
 * How many of the segments, given in their order, the next block takes: whole ones, until it is full. At least one, unless
 * there is none.
 */
export function segmentsOfNextBlock(segments: readonly { readonly bytes: number }[]): number {
  let bytes = 0;
  let count = 0;
  for (const segment of segments) {
    if (bytes >= fullBlockBytes || count === mostSegments) break;
    bytes += segment.bytes;
    count += 1;
  }
  return count;
}

function heldInterval(seconds: number): number {
  const { least, most, usual } = sealIntervalLimits;
  return Number.isFinite(seconds) ? Math.min(most, Math.max(least, Math.floor(seconds))) : usual;
}

/** FNV-1a of 32 bits (draft-eastlake-fnv): spreads ids that differ little over the interval. */
function hashOf(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93);
  return hash >>> 0;
}
