/** Partial tiles come and go with the growth of a log; a size that somebody holds a checkpoint of keeps its own. */
import {
  checkpointPath,
  cutTile,
  entriesPath,
  parseCheckpoint,
  parseTilePath,
  partialTilesOf,
  readGrownEdition,
  tilePath,
  tileWidth,
  type TileEdition,
  type TileName,
} from '@akashi/integrity';
import { ArchiveError, type TenantArchive } from './archive-store.ts';

const checkpointKey = (size: number): string => `log/${checkpointPath(size)}`;

function tileKey({ level, index, width }: TileName): string {
  return `log/${level === 'entries' ? entriesPath(index, width) : tilePath(level, index, width)}`;
}

/** The partial tile of a key, if it is one that may be superseded: above level 0 each belongs to hundreds of sizes. */
function parseSuperseded(key: string): TileName {
  const name = key.startsWith('log/') ? parseTilePath(key.slice('log/'.length)) : null;
  if (name === null || name.width === tileWidth || (name.level !== 'entries' && name.level !== 0)) {
    throw new ArchiveError('not-superseded', 'Only a partial tile of the entries or of level 0 is superseded.');
  }
  return name;
}

/**
 * Removes a partial tile of the entries or of level 0 that a wider one has superseded; `kept` when a kept checkpoint has
 * exactly its size. Throws `not-superseded` for anything else. A checkpoint that is kept meanwhile gets its tile back:
 * whoever keeps one looks for the tile afterwards, and this looks for the checkpoint afterwards.
 */
export async function removeSupersededTile(
  archive: Pick<TenantArchive, 'get' | 'putOnce' | 'removePartialTile'>,
  { tile, widerWidth }: { tile: string; widerWidth: number },
): Promise<'removed' | 'kept'> {
  const name = parseSuperseded(tile);
  const size = name.index * tileWidth + name.width;
  if ((await archive.get(checkpointKey(size))) !== null) return 'kept';
  const widerKey = tileKey({ ...name, width: widerWidth });
  await archive.removePartialTile(tile, widerKey);
  if ((await archive.get(checkpointKey(size))) === null) return 'removed';
  const wider = await archive.get(widerKey);
  const narrow = wider === null ? null : cutTile(wider, name);
  if (narrow !== null) await archive.putOnce(tile, narrow);
  return 'kept';
}

/**
 * Keeps a checkpoint under its size, before it is handed to anybody outside: from then on the archive proves the log at
 * that size. Does nothing when it is kept already. Throws `not-a-checkpoint` for a note that is none; the signature is
 * not looked at.
 */
export async function keepCheckpoint(
  archive: Pick<TenantArchive, 'get' | 'putOnce' | 'list'>,
  note: string,
): Promise<void> {
  const parsed = parseCheckpoint(note);
  if (!parsed.ok) throw new ArchiveError('not-a-checkpoint', 'This is not the note of a checkpoint.');
  const { size } = parsed.checkpoint;
  if (size === 0) return;
  await archive.putOnce(checkpointKey(size), Buffer.from(note, 'utf8'));
  await bringBackTiles(archive, size);
}

/** Has the partial tiles of a size there, as far as wider ones that lie there hold them. */
export async function bringBackTiles(
  archive: Pick<TenantArchive, 'get' | 'putOnce' | 'list'>,
  size: number,
): Promise<void> {
  for (const name of partialTilesOf(size)) await restoreTile(archive, name, size);
}

/** Cuts a partial tile that was superseded out of a wider edition again. */
async function restoreTile(
  archive: Pick<TenantArchive, 'get' | 'putOnce' | 'list'>,
  name: TileName,
  size: number,
): Promise<void> {
  const key = tileKey(name);
  const full = tileKey({ ...name, width: tileWidth });
  for (const there of [key, full]) if ((await archive.get(there)) !== null) return;
  const wider = (await readListed(archive, name)) ?? (await readGrown(archive, name, size));
  if (wider === null || wider.storedWidth === tileWidth) return;
  const narrow = cutTile(wider.bytes, name);
  if (narrow !== null) await archive.putOnce(key, narrow);
}

type Readable = Pick<TenantArchive, 'get' | 'list'>;

/** A wider edition that lies there. */
async function readListed(archive: Readable, name: TileName): Promise<TileEdition | null> {
  const folder = `${tileKey({ ...name, width: tileWidth })}.p/`;
  for await (const { key } of archive.list(folder)) {
    const bytes = await archive.get(key);
    if (bytes === null || cutTile(bytes, name) === null) continue;
    return { bytes, path: key, storedWidth: Number(key.slice(folder.length)) };
  }
  return null;
}

/** The edition that came while those that were listed went. */
function readGrown(archive: Readable, name: TileName, size: number): Promise<TileEdition | null> {
  return readGrownEdition((path) => archive.get(`log/${path}`), name, size);
}
