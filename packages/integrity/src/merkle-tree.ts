/**
 * RFC 6962 section 2.1 Merkle trees over SHA-256: leaves are hashed with the prefix 0x00, interior nodes with 0x01.
 */
import { checkConsistency, checkInclusion, type ConsistencyClaim, type InclusionClaim } from './check-merkle-proof.ts';
import { createNodeLevel } from './node-level.ts';
import { consistencyRanges, inclusionRanges, type LeafRange } from './merkle-ranges.ts';
import { sha256 } from './sha256.ts';

const nodeInput = Buffer.alloc(65, 0x01);
const leafPrefix = Buffer.of(0x00);

/** The hash of a leaf input. */
export function hashLeaf(input: Uint8Array): Buffer {
  return sha256(Buffer.concat([leafPrefix, input]));
}

/** The hash of an interior node. */
export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  nodeInput.set(left, 1);
  nodeInput.set(right, 33);
  return sha256(nodeInput);
}

/** The root over leaf hashes in order; the root of no leaves is SHA-256 of nothing. */
export function merkleRoot(leafHashes: readonly Uint8Array[]): Buffer {
  const level = createNodeLevel(leafHashes.length);
  for (const leafHash of leafHashes) level.addHash(leafHash);
  return level.reduce();
}

/** The audit path of the leaf (RFC 9162 section 2.1.3.1). Throws a RangeError for an index outside the tree. */
export function inclusionProof(leafHashes: readonly Uint8Array[], index: number): Buffer[] {
  return inclusionRanges(index, leafHashes.length).map((range) => rangeRoot(leafHashes, range));
}

/** The proof that the first `oldSize` leaves are the beginning of these (RFC 9162 section 2.1.4.1). */
export function consistencyProof(leafHashes: readonly Uint8Array[], oldSize: number): Buffer[] {
  return consistencyRanges(oldSize, leafHashes.length).map((range) => rangeRoot(leafHashes, range));
}

/** True only when the leaf hash stands at that index in the tree of that size and root (RFC 9162 section 2.1.3.2). */
export function verifyInclusion(claim: InclusionClaim): boolean {
  return checkInclusion(claim, sha256);
}

/** True only when the new tree begins with the old one (RFC 9162 section 2.1.4.2). */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  return checkConsistency(claim, sha256);
}

function rangeRoot(leafHashes: readonly Uint8Array[], range: LeafRange): Buffer {
  return merkleRoot(leafHashes.slice(range.start, range.end));
}
