/** Tiles and bundles as stored: their bytes, their partial editions, and files that belong to no tree. */
import {
  decodeEntries,
  encodeEntries,
  entriesPath,
  hashesAtLevel,
  parseTilePath,
  tilePath,
  tileWidth,
  type TileName,
  type TreeHead,
} from '@akashi/integrity';
import type { Findings } from './findings.ts';
import type { KeptSizes } from './kept-sizes.ts';
import { readObject } from './read-object.ts';
import type { Store } from './object-store.ts';

const hashBytes = 32;

export interface TileChecks {
  store: Store;
  findings: Findings;
}

export interface TileReading extends TileChecks {
  /** What is checked. */
  head: TreeHead;
  /** How large the log has become since; 0 when nothing trusted says. */
  newestSize: () => Promise<number>;
}

/** What a tile must hold: its bytes, and where each of its elements ends. */
export interface TileContent {
  width: number;
  bytes: Buffer;
  endOf(width: number): number;
}

export function hashContent(hashes: readonly Buffer[]): TileContent {
  return { width: hashes.length, bytes: Buffer.concat(hashes), endOf: (width) => width * hashBytes };
}

export function bundleContent(entries: readonly Buffer[]): TileContent {
  const ends = [0];
  for (const entry of entries) ends.push((ends.at(-1) ?? 0) + 2 + entry.length);
  return { width: entries.length, bytes: encodeEntries(entries), endOf: (width) => ends[width] ?? 0 };
}

export function tileObject({ level, index, width }: TileName): string {
  return `log/${level === 'entries' ? entriesPath(index, width) : tilePath(level, index, width)}`;
}

/** The hashes of a tile of that width; null after reporting. A full tile may stand in for its partial editions. */
export async function readHashTile(
  checks: TileReading,
  place: { level: number; tile: number; width: number },
): Promise<{ object: string; bytes: Buffer } | null> {
  const found = await readEdition(checks, { level: place.level, index: place.tile, width: place.width });
  if (found === null) return null;
  if (found.bytes.length !== found.width * hashBytes) {
    checks.findings.problem({ code: 'tile-altered', object: found.object });
    return null;
  }
  return { object: found.object, bytes: found.bytes.subarray(0, place.width * hashBytes) };
}

/** The entries of a bundle of that width; null after reporting. */
export async function readBundle(
  checks: TileReading,
  tile: number,
  width: number,
): Promise<{ object: string; entries: Buffer[] } | null> {
  const found = await readEdition(checks, { level: 'entries', index: tile, width });
  if (found === null) return null;
  const entries = decodeEntries(found.bytes);
  if (entries === null || entries.length !== found.width) {
    checks.findings.problem({ code: 'entries-altered', object: found.object });
    return null;
  }
  return { object: found.object, entries: entries.slice(0, width) };
}

/**
 * Holds every narrower edition of a tile that is stored against its content. While the full tile is not there, there must
 * be one for every size under which a checkpoint is kept.
 */
export async function checkPartialTiles(
  checks: TileChecks & { kept: KeptSizes },
  place: { level: number | 'entries'; tile: number; content: TileContent },
): Promise<void> {
  const { store, findings } = checks;
  const { level, tile, content } = place;
  const full = tileObject({ level, index: tile, width: tileWidth });
  const stored = new Set(await store.names(`${full}.p`));
  for (const name of stored) {
    const width = /^[1-9]\d{0,2}$/.test(name) ? Number(name) : tileWidth;
    if (width >= content.width) continue;
    const object = `${full}.p/${name}`;
    const bytes = await readObject(checks, object);
    if (typeof bytes === 'string') continue;
    if (!bytes.equals(content.bytes.subarray(0, content.endOf(width)))) {
      findings.problem({ code: level === 'entries' ? 'entries-altered' : 'tile-altered', object });
    }
  }
  if (content.width === tileWidth) return;
  const span = level === 'entries' ? 1 : tileWidth ** level;
  for (let width = 1; width < content.width; width++) {
    const object = `${full}.p/${width}`;
    const start = (tile * tileWidth + width) * span;
    if (stored.has(String(width)) || !checks.kept.hasAny(start, start + span)) continue;
    if ((await store.exists(object)) || (await store.exists(full))) continue;
    findings.problem({ code: level === 'entries' ? 'entries-missing' : 'tile-missing', object });
  }
}

/** Tiles beyond the head's tree; files below `log/` that are no tiles at all are reported. */
export async function listNewerTiles({ store, findings }: TileChecks, head: TreeHead): Promise<TileName[]> {
  const newer: TileName[] = [];
  for (const folder of await store.names('log')) {
    if (folder === 'checkpoint' || folder === 'checkpoints' || folder === 'tile') continue;
    findings.problem({ code: 'unexpected-object', object: `log/${folder}` });
  }
  for await (const object of store.walk('log/tile')) {
    const name = parseTilePath(object.slice('log/'.length));
    if (name === null) findings.problem({ code: 'unexpected-object', object });
    else if (!belongsToTree(name, head.size)) newer.push(name);
  }
  return newer;
}

export function belongsToTree({ level, index, width }: TileName, size: number): boolean {
  return index * tileWidth + width <= hashesAtLevel(size, level === 'entries' ? 0 : level);
}

interface Edition {
  object: string;
  /** A copy: the store's memory is used again. */
  bytes: Buffer;
  width: number;
}

async function readEdition(checks: TileReading, name: TileName): Promise<Edition | null> {
  for (const width of name.width === tileWidth ? [tileWidth] : [name.width, tileWidth]) {
    const found = await readWidth(checks, name, width);
    if (found === 'unreadable') return null;
    if (found !== 'absent') return found;
  }
  const wider = name.width === tileWidth ? 'absent' : await readGrownEdition(checks, name);
  if (typeof wider !== 'string') return wider;
  const code = name.level === 'entries' ? 'entries-missing' : 'tile-missing';
  if (wider === 'absent') checks.findings.problem({ code, object: tileObject(name) });
  return null;
}

/**
 * A log that grew while it is checked may have lost the partial tiles of the size that the check stands on: the newest
 * checkpoint says which wider one there is. While the log goes on growing, it is asked again.
 */
async function readGrownEdition(checks: TileReading, name: TileName): Promise<Edition | 'absent' | 'unreadable'> {
  let seen = checks.head.size;
  for (;;) {
    const size = await checks.newestSize();
    if (size <= seen) return 'absent';
    seen = size;
    const count = hashesAtLevel(size, name.level === 'entries' ? 0 : name.level);
    const found = await readWidth(checks, name, Math.min(tileWidth, count - name.index * tileWidth));
    if (found !== 'absent') return found;
  }
}

async function readWidth(
  checks: TileChecks,
  name: TileName,
  width: number,
): Promise<Edition | 'absent' | 'unreadable'> {
  const object = tileObject({ ...name, width });
  const bytes = await readObject(checks, object);
  return typeof bytes === 'string' ? bytes : { object, bytes: Buffer.from(bytes), width };
}
