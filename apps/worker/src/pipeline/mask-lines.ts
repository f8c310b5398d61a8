import type { LandedRecord } from '@akashi/inbox';
import { recordFlags } from '@akashi/integrity';
import { maskFailClosed, type Masker, type MaskedRecord, type MaskNote } from '@akashi/masking';

export interface MaskedLinePart {
  readonly flags: number;
  readonly record: Uint8Array;
  readonly notes: readonly MaskNote[];
  /** Masking itself failed, and every digit was starred. */
  readonly failed: boolean;
}

/** So much of one line is masked as one text; masking takes 20 times as much memory for as long as it lasts. */
const maxJoinedBytes = 2 * 1024 * 1024;

/**
 * Masks the records of a batch. Parts of one line that follow each other are masked as the text that they were before they
 * were cut, so that a value is found wherever the cut went. Where a line goes on in another batch, or is longer than 2 MiB,
 * what may belong to a value across that cut is starred instead: it cannot be told what it was.
 */
export function* maskLines(records: Iterable<LandedRecord>, masker: Masker): Generator<MaskedLinePart> {
  let parts: LandedRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const before = parts.at(-1);
    const joins = before !== undefined && hasMore(before) && continues(record);
    if (before !== undefined && (!joins || bytes + record.bytes.length > maxJoinedBytes)) {
      yield* maskLine(parts, masker);
      parts = [];
      bytes = 0;
    }
    parts.push(record);
    bytes += record.bytes.length;
  }
  yield* maskLine(parts, masker);
}

function continues({ flags }: LandedRecord): boolean {
  return (flags & recordFlags.continuation) !== 0;
}

function hasMore({ flags }: LandedRecord): boolean {
  return (flags & recordFlags.moreFollow) !== 0;
}

/** Never lets a record through that the masker could not judge (PCI DSS 3.5.1): its digits are starred instead. */
function maskLine(parts: readonly LandedRecord[], masker: Masker): MaskedLinePart[] {
  try {
    const masked = maskParts(parts, masker);
    return parts.map(({ flags, bytes }, index) => {
      const { record, notes } = masked[index] ?? { record: bytes, notes: [] };
      return { flags, record, notes, failed: false };
    });
  } catch {
    return parts.map(({ flags, bytes }) => ({ flags, ...maskFailClosed(bytes), failed: true }));
  }
}

function maskParts(parts: readonly LandedRecord[], masker: Masker): (MaskedRecord | null)[] {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return [];
  const open = { start: continues(first), end: hasMore(last) };
  if (first === last && !open.start && !open.end) return [masker.mask(first.bytes)];
  return masker.maskParts(
    parts.map(({ bytes }) => bytes),
    open,
  );
}
