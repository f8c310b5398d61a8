/**
 * Names and sizes of the static files of a log (C2SP tlog-tiles). Paths are relative to the log's folder. Tiles are 256
 * hashes wide; a partial tile carries its width in its name, so every file is written once.
 */
export const tileWidth = 256;
export const hashBytes = 32;

export interface TileName {
  /** Level of a hash tile, or 'entries' for an entry bundle. */
  level: number | 'entries';
  index: number;
  /** 256 for a full tile, otherwise 1 to 255. */
  width: number;
}

/** Path of a hash tile. */
export function tilePath(level: number, index: number, width: number = tileWidth): string {
  return pathOf({ level, index, width });
}

/** Path of an entry bundle. */
export function entriesPath(index: number, width: number = tileWidth): string {
  return pathOf({ level: 'entries', index, width });
}

/** Path of the checkpoint kept for a tree size. */
export function checkpointPath(size: number): string {
  return `checkpoints/${size}`;
}

/** Reads a tile path; null for everything that is not the one spelling of a tile's name. */
export function parseTilePath(path: string): TileName | null {
  const match = /^tile\/(entries|\d|[1-5]\d|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (match === null) return null;
  const level = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const index = Number((match[2] ?? '').replaceAll(/[x/]/g, ''));
  const width = match[3] === undefined ? tileWidth : Number(match[3]);
  const name: TileName = { level, index, width };
  if (!Number.isSafeInteger(index) || (match[3] !== undefined && width >= tileWidth)) return null;
  return pathOf(name) === path ? name : null;
}

/** How many hashes a tree of that size has at a tile level. */
export function hashesAtLevel(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** Every tile and entry bundle that a tree of that size consists of. */
export function* tilesOfTree(size: number): Generator<TileName, void, undefined> {
  for (const level of ['entries', ...hashLevels(size)] as const) {
    const count = hashesAtLevel(size, level === 'entries' ? 0 : level);
    for (let index = 0; index * tileWidth < count; index++) {
      yield { level, index, width: Math.min(tileWidth, count - index * tileWidth) };
    }
  }
}

function hashLevels(size: number): number[] {
  const levels: number[] = [];
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) levels.push(level);
  return levels;
}

/** Path of a tile or an entry bundle. */
export function pathOf({ level, index, width }: TileName): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  const last = groups.pop() ?? '000';
  const number = [...groups.map((group) => `x${group}`), last].join('/');
  return `tile/${level}/${number}${width === tileWidth ? '' : `.p/${width}`}`;
}
