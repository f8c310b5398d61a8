/**
 * Reading a log of C2SP tlog-tiles: roots and proofs from stored tiles, at any size that the tiles cover. Nothing read is
 * trusted: compare the root with a verified checkpoint, or check the proof, before relying on it.
 */
import { decodeEntries } from './entry-bundle.ts';
import { consistencyRanges, inclusionRanges, splitPoint, type LeafRange } from './merkle-ranges.ts';
import { hashLeaf, hashNode, merkleRoot } from './merkle-tree.ts';
import { hashBytes, hashesAtLevel, tilePath, tileWidth } from './tile-path.ts';
import { edgeRoot, type LogEdge } from './tiled-log.ts';
import { readEdition, type ReadLogFile, type TileEdition } from './tile-edition.ts';

export type LogReadCode = 'missing-tile' | 'malformed-tile' | 'inconsistent-tile';

/** A file of the log is missing or not what the tree needs; `path` names it. */
export class LogReadError extends Error {
  override readonly name = 'LogReadError';
  readonly code: LogReadCode;
  readonly path: string;

  constructor(code: LogReadCode, path: string) {
    super(`log file ${path}: ${code}`);
    this.code = code;
    this.path = path;
  }
}

export interface LogReader {
  /** Root of the first `size` entries, from the tiles of a tree that has at least as many; of just so many if left out. */
  root(size: number, treeSize?: number): Promise<Buffer>;
  /** Audit path of the entry in the tree of that size. */
  inclusionProof(index: number, size: number): Promise<Buffer[]>;
  consistencyProof(oldSize: number, newSize: number): Promise<Buffer[]>;
  /** The entry at that index, from the bundles of a tree of that size, checked against its leaf hash. */
  entry(index: number, size: number): Promise<Buffer>;
  /** The right edge of the tree of that size, for appending to it. */
  edge(size: number): Promise<LogEdge>;
}

/** A reader that fetches each tile at most once; make a new one for a new look at the log. */
export function createLogReader(read: ReadLogFile): LogReader {
  const tiles = new Map<string, Promise<TileFile>>();

  /** The file of a tile at a tree size; a partial tile may have been replaced by a wider one. */
  function readTile(name: { level: number | 'entries'; index: number; size: number }): Promise<TileFile> {
    const key = `${name.level} ${name.index} ${name.size}`;
    const known = tiles.get(key) ?? fetchTile(name);
    tiles.set(key, known);
    return known;
  }

  async function fetchTile({ level, index, size }: Parameters<typeof readTile>[0]): Promise<TileFile> {
    const count = hashesAtLevel(size, level === 'entries' ? 0 : level);
    const width = Math.min(tileWidth, count - index * tileWidth);
    const edition = await readEdition(read, { level, index, width }, size);
    if ('missing' in edition) throw new LogReadError('missing-tile', edition.missing);
    return { ...edition, width };
  }

  async function readHashes(level: number, index: number, size: number): Promise<Buffer[]> {
    const { bytes, path, width, storedWidth } = await readTile({ level, index, size });
    if (bytes.length !== storedWidth * hashBytes) throw new LogReadError('malformed-tile', path);
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: width }, (_, position) =>
      buffer.subarray(position * hashBytes, (position + 1) * hashBytes),
    );
  }

  async function readEntries(index: number, size: number): Promise<{ entries: Buffer[]; path: string }> {
    const { bytes, path, width, storedWidth } = await readTile({ level: 'entries', index, size });
    const entries = decodeEntries(bytes);
    if (entries === null || entries.length !== storedWidth) throw new LogReadError('malformed-tile', path);
    return { entries: entries.slice(0, width), path };
  }

  async function rangeHash(range: LeafRange, size: number): Promise<Buffer> {
    const width = range.end - range.start;
    if (isPowerOfTwo(width) && range.start % width === 0) {
      let level = 0;
      while (tileWidth ** (level + 1) <= width) level++;
      const span = tileWidth ** level;
      const first = range.start / span;
      const hashes = await readHashes(level, Math.floor(first / tileWidth), size);
      return merkleRoot(hashes.slice(first % tileWidth, (first % tileWidth) + width / span));
    }
    const middle = range.start + splitPoint(width);
    const left = await rangeHash({ start: range.start, end: middle }, size);
    return hashNode(left, await rangeHash({ start: middle, end: range.end }, size));
  }

  async function hashesOf(ranges: readonly LeafRange[], size: number): Promise<Buffer[]> {
    const hashes: Buffer[] = [];
    for (const range of ranges) hashes.push(Buffer.from(await rangeHash(range, size)));
    return hashes;
  }

  return {
    async root(size, treeSize = size) {
      return size === 0 ? merkleRoot([]) : rangeHash({ start: 0, end: size }, treeSize);
    },
    inclusionProof: async (index, size) => hashesOf(inclusionRanges(index, size), size),
    consistencyProof: async (oldSize, newSize) => hashesOf(consistencyRanges(oldSize, newSize), newSize),
    async entry(index, size) {
      const tile = Math.floor(index / tileWidth);
      const { entries, path } = await readEntries(tile, size);
      const hashes = await readHashes(0, tile, size);
      const entry = entries[index % tileWidth];
      const hash = hashes[index % tileWidth];
      if (entry === undefined || hash === undefined) throw new RangeError('entry index outside the tree');
      if (!hashLeaf(entry).equals(hash)) throw new LogReadError('inconsistent-tile', path);
      return entry;
    },
    async edge(size) {
      const levels: Buffer[][] = [];
      for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
        const count = hashesAtLevel(size, level);
        const partial = count % tileWidth !== 0;
        levels.push(partial ? await readHashes(level, Math.floor(count / tileWidth), size) : []);
      }
      const partial = size % tileWidth !== 0;
      const entries = partial ? (await readEntries(Math.floor(size / tileWidth), size)).entries : [];
      return { size, entries, levels };
    },
  };
}

/** Reads the edge of a log and makes sure that it belongs to the tree with that root. */
export async function readLogEdge(read: ReadLogFile, tree: { size: number; root: Uint8Array }): Promise<LogEdge> {
  const edge = await createLogReader(read).edge(tree.size);
  const path = tilePath(0, Math.floor(tree.size / tileWidth), tree.size % tileWidth || tileWidth);
  if (!edgeRoot(edge).equals(tree.root)) throw new LogReadError('inconsistent-tile', path);
  edge.entries.forEach((entry, position) => {
    if (edge.levels[0]?.[position]?.equals(hashLeaf(entry)) !== true) throw new LogReadError('inconsistent-tile', path);
  });
  return edge;
}

interface TileFile extends TileEdition {
  /** How many of its elements belong to the tree asked for. */
  readonly width: number;
}

function isPowerOfTwo(value: number): boolean {
  let power = 1;
  while (power < value) power *= 2;
  return power === value;
}
