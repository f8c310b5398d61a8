/**
 * Which subtrees a Merkle proof is made of (RFC 9162 sections 2.1.3 and 2.1.4; the same trees as RFC 6962), as plain
 * arithmetic: the hashes themselves may come from memory or from tiles. Works for every safe integer, so no bit operators.
 */

/** The leaves [start, end) of a tree. */
export interface LeafRange {
  start: number;
  end: number;
}

/** The largest power of two smaller than the count (RFC 6962 section 2.1); the count must be above one. */
export function splitPoint(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** The subtrees whose hashes prove that the leaf is in a tree of that size, in proof order. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!isTreeSize(size) || !isTreeSize(index) || index >= size) throw new RangeError('leaf index outside the tree');
  const ranges: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** The subtrees whose hashes prove that the tree of the old size is a prefix of the new one, in proof order. */
export function consistencyRanges(oldSize: number, newSize: number): LeafRange[] {
  if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize > newSize)
    throw new RangeError('the old tree is the larger');
  if (oldSize === 0 || oldSize === newSize) return [];
  const ranges: LeafRange[] = [];
  let start = 0;
  let end = newSize;
  let wholeOldTree = true;
  while (end !== oldSize) {
    const middle = start + splitPoint(end - start);
    if (oldSize <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
      wholeOldTree = false;
    }
  }
  if (!wholeOldTree) ranges.push({ start, end });
  return ranges.reverse();
}

/** True for 0, 1, 2 … up to the largest exact integer. */
export function isTreeSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
