import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SeededRandom } from './seeded-random.ts';
import type { FileOperation } from './system-call-record.ts';

/** A file or folder whatever its names are. */
class Inode {
  readonly isFolder: boolean;
  bytes: Buffer = Buffer.alloc(0);
  durable: Buffer = Buffer.alloc(0);
  /** Before the first truncation since the last sync: the disk may have these bytes and not the new length. */
  uncut: Buffer | undefined;

  constructor(isFolder: boolean) {
    this.isFolder = isFolder;
  }
}

/** A disk writes sectors as a whole, and in any order. */
const sectorBytes = 512;

/** Each sector that was written over since the last sync has either its old bytes or its new ones. */
function overwrittenInParts(durable: Buffer, written: Buffer, random: SeededRandom): Buffer {
  const remains = Buffer.from(durable);
  for (let at = 0; at < durable.length; at += sectorBytes) {
    const end = Math.min(at + sectorBytes, durable.length);
    const isChanged = written.compare(durable, at, end, at, end) !== 0;
    if (isChanged && random.below(2) === 0) written.copy(remains, at, at, end);
  }
  return remains;
}

type Names = Map<string, Inode>;

interface NameChange {
  readonly folder: string;
  readonly apply: (names: Names) => void;
}

/** What the disk keeps of what was not asked to be durable; `bytes`: what was written, but no change of names or lengths. */
export type Survival = 'nothing' | 'bytes' | 'everything' | 'anything';

/**
 * A disk that keeps its promises and nothing more: bytes are durable after a sync of their file, a name after a sync of
 * the folder that it stands in. Everything else may be there after a power cut, or not, each name for itself.
 */
export class CrashModel {
  readonly #root: string;
  readonly #names: Names = new Map();
  readonly #durableNames: Names = new Map();
  #pending: NameChange[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  apply(operation: FileOperation): void {
    if (operation.kind === 'acknowledged') return;
    const { path } = operation;
    const inode = this.#names.get(path);
    switch (operation.kind) {
      case 'folder':
      case 'file': {
        if (inode !== undefined) return;
        const created = new Inode(operation.kind === 'folder');
        this.#change(path, (names) => names.set(path, created));
        return;
      }
      case 'link':
        this.#change(operation.to, (names) => inode !== undefined && names.set(operation.to, inode));
        return;
      case 'rename':
        this.#change(operation.to, (names) => {
          names.delete(path);
          if (inode !== undefined) names.set(operation.to, inode);
        });
        return;
      case 'unlink':
        this.#change(path, (names) => names.delete(path));
        return;
      case 'write': {
        if (inode === undefined) return;
        const at = operation.at ?? inode.bytes.length;
        const grown = Buffer.alloc(Math.max(inode.bytes.length, at + operation.bytes.length));
        inode.bytes.copy(grown);
        operation.bytes.copy(grown, at);
        inode.bytes = grown;
        return;
      }
      case 'truncate':
        if (inode === undefined) return;
        inode.uncut ??= inode.bytes;
        inode.bytes = inode.bytes.subarray(0, operation.length);
        return;
      case 'sync':
        if (path === this.#root || inode?.isFolder === true) this.#syncFolder(path);
        else if (inode !== undefined) {
          inode.durable = inode.bytes;
          inode.uncut = undefined;
        }
    }
  }

  /** Writes what a power cut leaves now into a folder. */
  writeRemains(target: string, survival: Survival, random: SeededRandom): void {
    const names: Names = new Map(this.#durableNames);
    const survives = (): boolean => survival === 'everything' || (survival === 'anything' && random.below(2) === 0);
    for (const { apply } of this.#pending) if (survives()) apply(names);
    const isThere = (path: string): boolean =>
      path === this.#root || (names.get(path)?.isFolder === true && isThere(dirname(path)));
    for (const [path, inode] of names) {
      if (!isThere(dirname(path))) continue;
      const place = join(target, path.slice(this.#root.length));
      mkdirSync(inode.isFolder ? place : dirname(place), { recursive: true });
      if (!inode.isFolder) writeFileSync(place, this.#remainingBytes(inode, survival, random));
    }
  }

  #remainingBytes(inode: Inode, survival: Survival, random: SeededRandom): Buffer {
    const { durable, uncut } = inode;
    if (survival === 'nothing') return durable;
    if (survival === 'everything') return inode.bytes;
    if (survival === 'bytes') return uncut ?? inode.bytes;
    const bytes = uncut !== undefined && random.below(2) === 0 ? uncut : inode.bytes;
    if (bytes.length < durable.length) return durable;
    const part = durable.length + random.below(bytes.length - durable.length + 1);
    return Buffer.concat([overwrittenInParts(durable, bytes, random), bytes.subarray(durable.length, part)]);
  }

  #change(path: string, apply: (names: Names) => void): void {
    apply(this.#names);
    this.#pending.push({ folder: dirname(path), apply });
  }

  #syncFolder(folder: string): void {
    for (const change of this.#pending) if (change.folder === folder) change.apply(this.#durableNames);
    this.#pending = this.#pending.filter((change) => change.folder !== folder);
  }
}
