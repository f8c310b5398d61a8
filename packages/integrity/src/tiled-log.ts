/**
 * Growing a log of C2SP tlog-tiles: from the right edge of the tree and new entries to the files to write and the new
 * edge. Nothing is read and no file is ever rewritten: a tile that grew gets a new name.
 */
import { encodeEntries } from './entry-bundle.ts';
import { hashLeaf, hashNode, merkleRoot } from './merkle-tree.ts';
import { entriesPath, hashesAtLevel, tilePath, tileWidth } from './tile-path.ts';

/** All that is needed to go on: a few kilobytes, whatever the size of the log. */
export interface LogEdge {
  size: number;
  /** The entries of the last, partial bundle. */
  entries: readonly Uint8Array[];
  /** For each tile level, the hashes of its last, partial tile (possibly none). */
  levels: readonly (readonly Buffer[])[];
}

export interface LogObject {
  /** Relative to the log's folder. */
  path: string;
  bytes: Buffer;
}

export interface LogGrowth {
  edge: LogEdge;
  root: Buffer;
  /** To be durable before a checkpoint of the new size is signed. Writing one again gives the same bytes. */
  objects: LogObject[];
}

/** The edge of a log without entries. */
export const emptyLogEdge: LogEdge = { size: 0, entries: [], levels: [] };

/** Appends entries. Full tiles on the way and the partial tiles of the new size are in `objects`. */
export function appendToLog(edge: LogEdge, entries: readonly Uint8Array[]): LogGrowth {
  const objects: LogObject[] = [];
  const levels: Buffer[][] = edge.levels.map((hashes) => [...hashes]);
  let size = edge.size;
  let bundle = [...edge.entries];

  for (const entry of entries) {
    bundle.push(entry);
    size++;
    if (bundle.length === tileWidth) {
      objects.push({ path: entriesPath(size / tileWidth - 1), bytes: encodeEntries(bundle) });
      bundle = [];
    }
    let carried: Buffer | null = hashLeaf(entry);
    for (let level = 0; carried !== null; level++) {
      const hashes: Buffer[] = (levels[level] ??= []);
      hashes.push(carried);
      carried = null;
      if (hashes.length === tileWidth) {
        const index = hashesAtLevel(size, level + 1) - 1;
        objects.push({ path: tilePath(level, index), bytes: Buffer.concat(hashes) });
        carried = merkleRoot(hashes);
        levels[level] = [];
      }
    }
  }

  if (bundle.length > 0 && size > edge.size) {
    objects.push({ path: entriesPath(Math.floor(size / tileWidth), bundle.length), bytes: encodeEntries(bundle) });
  }
  levels.forEach((hashes, level) => {
    const grew = hashesAtLevel(size, level) > hashesAtLevel(edge.size, level);
    if (hashes.length === 0 || !grew) return;
    const path = tilePath(level, hashesAtLevel(size, level + 1), hashes.length);
    objects.push({ path, bytes: Buffer.concat(hashes) });
  });
  const grown: LogEdge = { size, entries: bundle, levels };
  return { edge: grown, root: edgeRoot(grown), objects };
}

/** The root of the tree with that edge. */
export function edgeRoot(edge: LogEdge): Buffer {
  // Seen from its right edge the tree is a row of complete subtrees, largest first: each level's partial tile from the
  // top down. Folding from the right gives the RFC 6962 root.
  let root: Buffer | null = null;
  for (const hashes of edge.levels) {
    const peaks = subtreeRoots(hashes);
    for (const peak of peaks.reverse()) root = root === null ? peak : hashNode(peak, root);
  }
  return root ?? merkleRoot([]);
}

/** Roots of the complete binary subtrees that a row of fewer than 256 hashes consists of, largest first. */
function subtreeRoots(hashes: readonly Buffer[]): Buffer[] {
  const peaks: Buffer[] = [];
  let start = 0;
  for (let width = tileWidth / 2; width >= 1; width /= 2) {
    if ((hashes.length & width) === 0) continue;
    peaks.push(merkleRoot(hashes.slice(start, start + width)));
    start += width;
  }
  return peaks;
}
