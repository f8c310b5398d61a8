/**
 * One level of a Merkle tree, packed as ready hash inputs (0x01, left, right: 65 bytes a pair), and its reduction to the
 * root in place. Digests are written where the next level reads them, so a tree of n leaves costs n hash calls and no
 * allocation per node.
 */
import { sha256, writeSha256 } from './sha256.ts';

const pairBytes = 65;
const hashBytes = 32;

export interface NodeLevel {
  /** Appends SHA-256 of the input (which already carries its leaf prefix); returns its first two bytes as a number. */
  addDigestOf(input: Uint8Array): number;
  /** Appends a finished hash. */
  addHash(hash: Uint8Array): void;
  /** The root over what was added. The level is used up: nothing may be added afterwards. */
  reduce(): Buffer;
}

/** An empty level; `expected` is how many hashes are likely to come. */
export function createNodeLevel(expected = 1024): NodeLevel {
  let pairs = Buffer.alloc(Math.max(1, Math.ceil(expected / 2)) * pairBytes);
  let count = 0;

  function nextSlot(): number {
    const pair = Math.floor(count / 2) * pairBytes;
    if (pair + pairBytes > pairs.length) {
      const larger = Buffer.alloc(pairs.length * 2);
      pairs.copy(larger);
      pairs = larger;
    }
    const slot = slotOf(count);
    if (count % 2 === 0) pairs[pair] = 0x01;
    count++;
    return slot;
  }

  return {
    addDigestOf(input) {
      const slot = nextSlot();
      writeSha256(input, pairs, slot);
      return ((pairs[slot] ?? 0) << 8) | (pairs[slot + 1] ?? 0);
    },
    addHash(hash) {
      const slot = nextSlot();
      pairs.set(hash, slot);
    },
    reduce() {
      if (count === 0) return sha256(new Uint8Array(0));
      while (count > 1) {
        const whole = Math.floor(count / 2);
        for (let pair = 0; pair < whole; pair++) {
          const start = pair * pairBytes;
          writeSha256(pairs.subarray(start, start + pairBytes), pairs, slotOf(pair));
        }
        if (count % 2 === 1) {
          const lone = slotOf(count - 1);
          pairs.copyWithin(slotOf(whole), lone, lone + hashBytes);
        }
        count = whole + (count % 2);
      }
      return Buffer.from(pairs.subarray(1, 1 + hashBytes));
    },
  };
}

function slotOf(index: number): number {
  return Math.floor(index / 2) * pairBytes + 1 + (index % 2) * hashBytes;
}
