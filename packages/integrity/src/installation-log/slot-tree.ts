/**
 * The slots of one entry of the installation log: a binary tree that follows the bits of the blinded ids, so that an id has one
 * place and two values for it cannot be under one root. Read from left to right the ids are in order.
 */
import { sha256 } from '../sha256.ts';

export interface Slot {
  /** 32 bytes: which organisation, for those who know its secret. */
  readonly id: Uint8Array;
  /** 32 bytes: its checkpoint. */
  readonly value: Uint8Array;
}

const slotPrefix = Buffer.from('akashi slot v1\n');
const forkPrefix = Buffer.from('akashi fork v1\n');
/** What stands where a subtree has no slot. */
const emptyHash = Buffer.alloc(32);
const idBits = 256;

/** The root over the slots, in any order. Throws a RangeError when two have one id. */
export function slotRoot(slots: readonly Slot[]): Buffer {
  return rootOf([...slots].sort(byId), 0);
}

/**
 * For each slot, in the order given, the hashes beside its way from the root down. Throws a RangeError when two have one id.
 */
export function slotPaths(slots: readonly Slot[]): Buffer[][] {
  const paths = new Map<Slot, Buffer[]>();
  const sorted = [...slots].sort(byId);
  const walk = (part: readonly Slot[], depth: number, path: readonly Buffer[]): void => {
    const [first] = part;
    if (first === undefined) return;
    if (part.length === 1) return void paths.set(first, [...path]);
    const [left, right] = split(part, depth);
    walk(left, depth + 1, [...path, rootOf(right, depth + 1)]);
    walk(right, depth + 1, [...path, rootOf(left, depth + 1)]);
  };
  walk(sorted, 0, []);
  return slots.map((slot) => paths.get(slot) ?? []);
}

/** True only when the slot is under that root, at the one place that its id has. */
export function verifySlot(slot: Slot, path: readonly Uint8Array[], root: Uint8Array): boolean {
  const hashes = [slot.id, slot.value, root, ...path];
  if (path.length > idBits || !hashes.every((hash) => hash.length === 32)) return false;
  let hash = slotHash(slot);
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const beside = path[depth] ?? emptyHash;
    hash = bitOf(slot.id, depth) === 0 ? forkHash(hash, beside) : forkHash(beside, hash);
  }
  return hash.equals(root);
}

function rootOf(sorted: readonly Slot[], depth: number): Buffer {
  const [first] = sorted;
  if (first === undefined) return emptyHash;
  if (sorted.length === 1) return slotHash(first);
  const [left, right] = split(sorted, depth);
  return forkHash(rootOf(left, depth + 1), rootOf(right, depth + 1));
}

function split(sorted: readonly Slot[], depth: number): [readonly Slot[], readonly Slot[]] {
  if (depth === idBits) throw new RangeError('two slots have one id');
  const middle = sorted.findIndex(({ id }) => bitOf(id, depth) === 1);
  return middle < 0 ? [sorted, []] : [sorted.slice(0, middle), sorted.slice(middle)];
}

function slotHash({ id, value }: Slot): Buffer {
  return sha256(Buffer.concat([slotPrefix, id, value]));
}

function forkHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([forkPrefix, left, right]));
}

function bitOf(id: Uint8Array, depth: number): number {
  return ((id[Math.floor(depth / 8)] ?? 0) >> (7 - (depth % 8))) & 1;
}

function byId(left: Slot, right: Slot): number {
  return Buffer.compare(left.id, right.id);
}
