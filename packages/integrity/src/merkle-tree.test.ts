import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  consistencyProof,
  hashLeaf,
  hashNode,
  inclusionProof,
  merkleRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle-tree.ts';

/** Exhaustive loops on a machine that may be busy. */
vi.setConfig({ testTimeout: 30_000 });

const largestSize = 70;
const leaves = Array.from({ length: largestSize }, (_, index) => hashLeaf(Buffer.from(`leaf ${index}`)));

/** The definition of RFC 6962 section 2.1, written down as it stands. */
function rootByDefinition(hashes: readonly Buffer[]): Buffer {
  const [first] = hashes;
  if (first !== undefined && hashes.length === 1) return first;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return hashNode(rootByDefinition(hashes.slice(0, split)), rootByDefinition(hashes.slice(split)));
}

function flipBit(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}

describe('Merkle trees', () => {
  test('the empty tree and one leaf follow RFC 6962', () => {
    expect(merkleRoot([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hashLeaf(Buffer.alloc(0)).toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });

  test('the level-wise root is the recursive one', () => {
    for (let size = 1; size <= largestSize; size++) {
      expect(merkleRoot(leaves.slice(0, size))).toEqual(rootByDefinition(leaves.slice(0, size)));
    }
  });

  test('every leaf of every size up to 70 is proven, and by no other proof', () => {
    for (let size = 1; size <= largestSize; size++) {
      const tree = leaves.slice(0, size);
      const root = merkleRoot(tree);
      tree.forEach((leafHash, index) => {
        const claim = { leafHash, index, size, proof: inclusionProof(tree, index), root };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, proof: [...claim.proof, root] })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [root, ...claim.proof] })).toBe(false);
        if (claim.proof.length > 0) expect(verifyInclusion({ ...claim, proof: claim.proof.slice(1) })).toBe(false);
        if (claim.proof.length > 0) expect(verifyInclusion({ ...claim, proof: claim.proof.slice(0, -1) })).toBe(false);
        for (const other of [index - 1, index + 1, index + size, -1, 0.5, Number.NaN]) {
          if (other !== index) expect(verifyInclusion({ ...claim, index: other })).toBe(false);
        }
      });
    }
  });

  test('every pair of sizes up to 70 is consistent, and by no other proof', () => {
    for (let newSize = 0; newSize <= largestSize; newSize++) {
      const tree = leaves.slice(0, newSize);
      const newRoot = merkleRoot(tree);
      for (let oldSize = 0; oldSize <= newSize; oldSize++) {
        const oldRoot = merkleRoot(tree.slice(0, oldSize));
        const claim = { oldSize, newSize, oldRoot, newRoot, proof: consistencyProof(tree, oldSize) };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, proof: [...claim.proof, newRoot] })).toBe(false);
        if (claim.proof.length > 0)
          expect(verifyConsistency({ ...claim, proof: claim.proof.slice(0, -1) })).toBe(false);
        expect(verifyConsistency({ ...claim, oldRoot: hashLeaf(oldRoot) })).toBe(false);
        if (oldSize > 0) expect(verifyConsistency({ ...claim, newRoot: hashLeaf(newRoot) })).toBe(false);
        if (oldSize < newSize) expect(verifyConsistency({ ...claim, oldSize: newSize, newSize: oldSize })).toBe(false);
      }
    }
  });

  test('any flipped bit of an inclusion proof is found', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: largestSize }), fc.nat(), fc.nat(), (size, place, bit) => {
        const tree = leaves.slice(0, size);
        const index = place % size;
        const proof = inclusionProof(tree, index);
        const claim = { leafHash: tree[index] ?? Buffer.alloc(0), index, size, proof, root: merkleRoot(tree) };
        const all = [claim.leafHash, claim.root, ...proof];
        const target = (bit >> 8) % all.length;
        const changed = all.map((hash, position) => (position === target ? flipBit(hash, bit % 256) : hash));
        const [leafHash = Buffer.alloc(0), root = Buffer.alloc(0), ...path] = changed;
        expect(verifyInclusion({ ...claim, leafHash, root, proof: path })).toBe(false);
      }),
    );
  });

  test('any flipped bit of a consistency proof is found', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: largestSize }), fc.nat(), fc.nat(), (newSize, place, bit) => {
        const tree = leaves.slice(0, newSize);
        const oldSize = 1 + (place % (newSize - 1));
        const all = [merkleRoot(tree.slice(0, oldSize)), merkleRoot(tree), ...consistencyProof(tree, oldSize)];
        const target = (bit >> 8) % all.length;
        const changed = all.map((hash, position) => (position === target ? flipBit(hash, bit % 256) : hash));
        const [oldRoot = Buffer.alloc(0), newRoot = Buffer.alloc(0), ...proof] = changed;
        expect(verifyConsistency({ oldSize, newSize, oldRoot, newRoot, proof })).toBe(false);
      }),
    );
  });

  test('sizes far beyond 32 bits are handled exactly', () => {
    const size = 2 ** 45 + 1;
    const leafHash = hashLeaf(Buffer.from('last'));
    const left = hashLeaf(Buffer.from('all before'));
    const root = hashNode(left, leafHash);
    expect(verifyInclusion({ leafHash, index: size - 1, size, proof: [left], root })).toBe(true);
    expect(verifyInclusion({ leafHash, index: 2 ** 13, size, proof: [left], root })).toBe(false);
  });
});

const vectorsFolder = join(import.meta.dirname, '../../../../shared/corpora/merkle/testdata');

interface InclusionVector {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  desc: string;
  wantErr: boolean;
}

describe('public Merkle vectors', () => {
  test('inclusion proofs are accepted and refused as the vectors say', (context) => {
    if (!existsSync(vectorsFolder)) context.skip('the public vectors are not beside the repository');
    const files = readdirSync(vectorsFolder, { recursive: true, encoding: 'utf8' });
    const decode = (text: string): Buffer => Buffer.from(text, 'base64');
    let inclusions = 0;
    for (const file of files.filter((name) => name.startsWith('inclusion') && name.endsWith('.json'))) {
      const vector = JSON.parse(readFileSync(join(vectorsFolder, file), 'utf8')) as InclusionVector;
      const accepted = verifyInclusion({
        leafHash: decode(vector.leafHash),
        index: vector.leafIdx,
        size: vector.treeSize,
        proof: (vector.proof ?? []).map(decode),
        root: decode(vector.root),
      });
      expect(accepted, `${file}: ${vector.desc}`).toBe(!vector.wantErr);
      inclusions++;
    }
    expect(inclusions).toBeGreaterThan(50);
  });
});
