/**
 * Strict verification of Merkle proofs (RFC 9162 sections 2.1.3.2 and 2.1.4.2) with the hash function as an argument,
 * for Node and browsers. Sizes and indexes must be exact integers, every hash 32 bytes, and the proof exactly as long as
 * the shape of the tree asks: a proof with spare nodes proves nothing.
 */
import { concatBytes, equalBytes } from './bytes.ts';
import { isTreeSize } from './merkle-ranges.ts';

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export interface InclusionClaim {
  leafHash: Uint8Array;
  index: number;
  size: number;
  proof: readonly Uint8Array[];
  root: Uint8Array;
}

export interface ConsistencyClaim {
  oldSize: number;
  newSize: number;
  oldRoot: Uint8Array;
  newRoot: Uint8Array;
  proof: readonly Uint8Array[];
}

const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);

/** The hash of a leaf input (RFC 6962 section 2.1: SHA-256 of 0x00 and the input). */
export function hashLeafWith(sha256: Sha256, input: Uint8Array): Uint8Array {
  return sha256(concatBytes(leafPrefix, input));
}

/** True only when the leaf hash is at that index of the tree of that size and root. */
export function checkInclusion(claim: InclusionClaim, sha256: Sha256): boolean {
  const { index, size, proof } = claim;
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size) return false;
  if (!areHashes([claim.leafHash, claim.root, ...proof])) return false;
  let node = index;
  let last = size - 1;
  let hash = claim.leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = hashNode(sha256, sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = hashNode(sha256, hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && equalBytes(hash, claim.root);
}

/**
 * True only when the tree of the new size and root holds the tree of the old size and root as its beginning. Equal sizes
 * need equal roots, and an empty old tree needs the root of the empty tree; both need an empty proof.
 */
export function checkConsistency(claim: ConsistencyClaim, sha256: Sha256): boolean {
  const { oldSize, newSize, oldRoot, newRoot } = claim;
  if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize > newSize) return false;
  if (!areHashes([oldRoot, newRoot, ...claim.proof])) return false;
  if (oldSize === newSize) return claim.proof.length === 0 && equalBytes(oldRoot, newRoot);
  if (oldSize === 0) return claim.proof.length === 0 && equalBytes(oldRoot, sha256(new Uint8Array(0)));
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...claim.proof] : claim.proof;
  const seed = path[0];
  if (seed === undefined || claim.proof.length === 0) return false;
  let node = oldSize - 1;
  let last = newSize - 1;
  while (node % 2 === 1) {
    node = half(node);
    last = half(last);
  }
  let oldHash = seed;
  let newHash = seed;
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldHash = hashNode(sha256, sibling, oldHash);
      newHash = hashNode(sha256, sibling, newHash);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      newHash = hashNode(sha256, newHash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && equalBytes(oldHash, oldRoot) && equalBytes(newHash, newRoot);
}

function hashNode(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(nodePrefix, left, right));
}

function areHashes(values: readonly Uint8Array[]): boolean {
  return values.every((value) => value.length === 32);
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  let power = 1;
  while (power < value) power *= 2;
  return power === value;
}
