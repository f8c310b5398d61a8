/**
 * A tile as it is stored: the edition of just the width that a tree has, or a wider one. A log that grows while it is read at
 * an earlier size loses the partial tiles of that size, and never what they held.
 */
import { parseCheckpoint } from './signed-note.ts';
import { hashesAtLevel, pathOf, tileWidth, type TileName } from './tile-path.ts';

/** Gives the bytes of a file below the log's folder, or null when there is none. */
export type ReadLogFile = (path: string) => Promise<Uint8Array | null>;

export interface TileEdition {
  readonly bytes: Uint8Array;
  readonly path: string;
  /** How many elements the stored edition has: as many as were asked for, or more. */
  readonly storedWidth: number;
}

/**
 * The edition of a tile of a tree of that size. Where neither it nor the full tile is there, the log's newest checkpoint says
 * which wider one has taken its place; while the log goes on growing, that is asked again, so that the look ends with the
 * growth. The checkpoint only says where to look: what is read is as trustworthy as any tile. `missing` names the tile.
 */
export async function readEdition(
  read: ReadLogFile,
  name: TileName,
  size: number,
): Promise<TileEdition | { readonly missing: string }> {
  for (const width of name.width === tileWidth ? [tileWidth] : [name.width, tileWidth]) {
    const found = await readWidth(read, name, width);
    if (found !== null) return found;
  }
  return (await readGrownEdition(read, name, size)) ?? { missing: pathOf(name) };
}

/** The edition that a tree larger than `size` has in the place of a partial tile; null when the log has none, or has not grown. */
export async function readGrownEdition(read: ReadLogFile, name: TileName, size: number): Promise<TileEdition | null> {
  if (name.width === tileWidth) return null;
  let seen = size;
  for (;;) {
    const newest = parseCheckpoint((await read('checkpoint')) ?? '');
    if (!newest.ok || newest.checkpoint.size <= seen) return null;
    seen = newest.checkpoint.size;
    const count = hashesAtLevel(seen, name.level === 'entries' ? 0 : name.level);
    const found = await readWidth(read, name, Math.min(tileWidth, count - name.index * tileWidth));
    if (found !== null) return found;
  }
}

async function readWidth(read: ReadLogFile, name: TileName, width: number): Promise<TileEdition | null> {
  const path = pathOf({ ...name, width });
  const bytes = await read(path);
  return bytes === null ? null : { bytes, path, storedWidth: width };
}
