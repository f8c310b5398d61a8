/**
 * The log: rebuilds the tree from the entries and holds every stored tile, bundle and kept checkpoint against it. When an
 * entry bundle and its hash tile disagree, the level above (or the signed root) tells which of the two was altered.
 */
import {
  decodeLogEntry,
  hashesAtLevel,
  hashLeaf,
  isKeyHandover,
  isOfVersion1,
  keepsCheckpoint,
  merkleRoot,
  tilePath,
  tileWidth,
  type LogEntry as SealedEntry,
  type TreeHead,
} from '@akashi/integrity';
import { GrowingRoot } from './growing-root.ts';
import type { KeptSizes } from './kept-sizes.ts';
import { bundleContent, checkPartialTiles, hashContent, readBundle, readHashTile } from './verify-tiles.ts';
import {
  checkKeptCheckpoint,
  checkpointObject,
  newestCheckpoint,
  type CheckpointChecks,
} from './verify-checkpoints.ts';

const hashBytes = 32;

export interface LogEntry {
  index: number;
  /** Null when the bundle that held it is gone or unreadable. */
  bytes: Buffer | null;
}

/** A checkpoint kept outside the archive. */
export interface HeldCheckpoint {
  head: TreeHead;
  file: string;
  /** The note, when it is yet to be held against the keys of the log. */
  note?: string;
}

/**
 * What became of a checkpoint kept outside: the log continues it; its end was cut off; it was written anew; or too much is
 * missing to tell.
 */
export type HeldOutcome = 'continued' | 'truncated' | 'rewritten' | 'undecided';

export interface LogChecks extends CheckpointChecks {
  head: TreeHead;
  held: HeldCheckpoint | null;
  /** Told once the tree is of the size of `held`. */
  tellHeld: (outcome: HeldOutcome) => void;
  /** Told each size of the tree, with its root. */
  atSize: (size: number, root: () => Buffer) => void;
  /** Under which sizes a checkpoint is kept. */
  kept: KeptSizes;
  newestSize: () => Promise<number>;
}

/** Yields the entries of the tree in order and reports all that does not fit the signed head. */
export async function* verifyLog(checks: LogChecks): AsyncGenerator<LogEntry, void, undefined> {
  const { head, findings } = checks;
  const tree = new GrowingRoot();
  const levels: UpperLevel[] = [];
  let previous: SealedEntry | null = null;
  let whole = true;

  for (let tile = 0; tile * tileWidth < head.size; tile++) {
    const width = Math.min(tileWidth, head.size - tile * tileWidth);
    const { entries, hashes } = await checkBottomTile(checks, { tile, width, tree });
    for (let position = 0; position < width; position++) {
      yield { index: tile * tileWidth + position, bytes: entries?.[position] ?? null };
    }
    if (hashes === null) whole = false;
    if (!whole || hashes === null) continue;
    for (const [position, hash] of hashes.entries()) {
      tree.add(hash);
      checkHeld(checks, tree);
      checks.atSize(tree.size, () => tree.root());
      const sealed = sealedEntry(entries?.[position]);
      if (checks.kept.has(tree.size)) await checkKeptCheckpoint(checks, tree.size, tree.root());
      else if (sealed !== null && isPromised(sealed, previous, tree.size)) {
        findings.problem({ code: 'checkpoint-missing', object: checkpointObject(tree.size) });
      }
      previous = sealed;
    }
    if (width === tileWidth) await carry(checks, levels, merkleRoot(hashes));
  }
  if (!whole) return;
  for (const [above, upper] of levels.entries()) await compareUpperTile(checks, above + 1, upper);
  if (!tree.root().equals(head.root)) {
    findings.problem({ code: 'checkpoint-root-mismatch', object: newestCheckpoint, block: head.size - 1 });
  }
}

/** The root at the tree's size now, held against the outside checkpoint when it is of that size. */
function checkHeld({ held, findings, tellHeld }: LogChecks, tree: GrowingRoot): void {
  if (held === null || held.head.size !== tree.size) return;
  const isSame = tree.root().equals(held.head.root);
  tellHeld(isSame ? 'continued' : 'rewritten');
  if (isSame) return;
  findings.problem({ code: 'history-rewritten', object: newestCheckpoint, fact: String(held.head.size) });
}

function sealedEntry(bytes: Buffer | null | undefined): SealedEntry | null {
  const decoded = bytes === null || bytes === undefined ? undefined : decodeLogEntry(bytes);
  return decoded?.ok === true ? decoded : null;
}

/** Whether the checkpoint behind the entry has a file for certain; what is unknown of the entry before promises nothing. */
function isPromised(entry: SealedEntry, previous: SealedEntry | null, size: number): boolean {
  const isCertain = previous !== null || size === 1 || isOfVersion1(entry) || isKeyHandover(entry);
  return isCertain && keepsCheckpoint(entry, previous);
}

interface BottomTile {
  /** An entry that was altered is null: nothing is held against it. */
  entries: (Buffer | null)[] | null;
  hashes: Buffer[] | null;
}

async function checkBottomTile(
  checks: LogChecks,
  place: { tile: number; width: number; tree: GrowingRoot },
): Promise<BottomTile> {
  const { tile, width } = place;
  const bundle = await readBundle(checks, tile, width);
  const stored = await readHashTile(checks, { level: 0, tile, width });
  const entryHashes = bundle?.entries.map(hashLeaf) ?? null;
  const tileHashes = stored === null ? null : splitHashes(stored.bytes);
  if (entryHashes === null || tileHashes === null || bundle === null || stored === null) {
    return { entries: bundle?.entries ?? null, hashes: entryHashes ?? tileHashes };
  }
  const differing = entryHashes.flatMap((hash, position) =>
    tileHashes[position]?.equals(hash) === true ? [] : [position],
  );
  let hashes = entryHashes;
  let entries: (Buffer | null)[] = bundle.entries;
  if (differing.length > 0) {
    const altered = await whichIsAltered(checks, { ...place, entryHashes, tileHashes });
    if (altered !== 'entries') checks.findings.problem({ code: 'tile-altered', object: stored.object });
    if (altered !== 'tile') {
      for (const position of differing) {
        const block = tile * tileWidth + position;
        checks.findings.problem({ code: 'entries-altered', object: bundle.object, block });
      }
    }
    if (altered === 'entries') {
      hashes = tileHashes;
      entries = bundle.entries.map((entry, position) => (differing.includes(position) ? null : entry));
    }
  }
  await checkPartialTiles(checks, { level: 0, tile, content: hashContent(hashes) });
  if (hashes === entryHashes) {
    await checkPartialTiles(checks, { level: 'entries', tile, content: bundleContent(bundle.entries) });
  }
  return { entries, hashes };
}

async function whichIsAltered(
  checks: LogChecks,
  place: { tile: number; width: number; tree: GrowingRoot; entryHashes: Buffer[]; tileHashes: Buffer[] },
): Promise<'entries' | 'tile' | 'both'> {
  const { tile, width, tree, entryHashes, tileHashes } = place;
  const full = width === tileWidth;
  const expected = full ? await readUpperHash(checks, tile) : Buffer.from(checks.head.root);
  const rootOf = (hashes: Buffer[]): Buffer => (full ? merkleRoot(hashes) : tree.rootWith(hashes));
  if (expected?.equals(rootOf(entryHashes)) === true) return 'tile';
  return expected?.equals(rootOf(tileHashes)) === true ? 'entries' : 'both';
}

async function readUpperHash(checks: LogChecks, index: number): Promise<Buffer | null> {
  const count = hashesAtLevel(checks.head.size, 1);
  const tile = Math.floor(index / tileWidth);
  const width = Math.min(tileWidth, count - tile * tileWidth);
  const { store } = checks;
  const bytes = (await store.read(`log/${tilePath(1, tile, width)}`)) ?? (await store.read(`log/${tilePath(1, tile)}`));
  const start = (index % tileWidth) * hashBytes;
  return bytes === null || bytes.length < start + hashBytes
    ? null
    : Buffer.from(bytes.subarray(start, start + hashBytes));
}

interface UpperLevel {
  /** Hashes of the tile that is being filled. */
  hashes: Buffer[];
  /** Index of that tile. */
  tile: number;
}

/** Adds the root of a full tile to the level above, and compares each tile that this completes. */
async function carry(checks: LogChecks, levels: UpperLevel[], root: Buffer): Promise<void> {
  let carried: Buffer | null = root;
  for (let above = 0; carried !== null; above++) {
    const upper: UpperLevel = (levels[above] ??= { hashes: [], tile: 0 });
    upper.hashes.push(carried);
    carried = null;
    if (upper.hashes.length < tileWidth) continue;
    await compareUpperTile(checks, above + 1, upper);
    carried = merkleRoot(upper.hashes);
    levels[above] = { hashes: [], tile: upper.tile + 1 };
  }
}

async function compareUpperTile(checks: LogChecks, level: number, { hashes, tile }: UpperLevel): Promise<void> {
  if (hashes.length === 0) return;
  const stored = await readHashTile(checks, { level, tile, width: hashes.length });
  if (stored !== null && !stored.bytes.equals(Buffer.concat(hashes))) {
    checks.findings.problem({ code: 'tile-altered', object: stored.object });
  }
  await checkPartialTiles(checks, { level, tile, content: hashContent(hashes) });
}

function splitHashes(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / hashBytes }, (_, index) =>
    bytes.subarray(index * hashBytes, (index + 1) * hashBytes),
  );
}
