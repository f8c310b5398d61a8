import { decodeEntries, encodeEntries } from './entry-bundle.ts';
import { hashBytes, hashesAtLevel, tileWidth, type TileName } from './tile-path.ts';

/** The narrower edition of a tile or an entry bundle; null when the bytes hold fewer elements or are no tile. */
export function cutTile(bytes: Uint8Array, { level, width }: Pick<TileName, 'level' | 'width'>): Buffer | null {
  if (level !== 'entries') {
    return bytes.length < width * hashBytes ? null : Buffer.from(bytes.subarray(0, width * hashBytes));
  }
  const entries = decodeEntries(bytes);
  return entries === null || entries.length < width ? null : encodeEntries(entries.slice(0, width));
}

/** The partial tiles that a tree of that size ends in: one a level at the most, and one of entries. */
export function partialTilesOf(size: number): TileName[] {
  const tiles: TileName[] = [];
  const add = (level: TileName['level'], count: number): void => {
    const width = count % tileWidth;
    if (width > 0) tiles.push({ level, index: Math.floor(count / tileWidth), width });
  };
  add('entries', size);
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) add(level, hashesAtLevel(size, level));
  return tiles;
}
