import { removeSupersededTile, type TenantArchive } from '@akashi/archive';
import { parseTilePath, tilePath, tileWidth, entriesPath } from '@akashi/integrity';

export interface CopyPlaces {
  readonly archive: TenantArchive;
  readonly copy: TenantArchive;
}

/** So much of a large object is held at a time. */
const chunkBytes = 4 * 1024 * 1024;

/**
 * Copies one object under the same key, held for as long; answers whether the copy is the same now. An object that stands
 * there with other bytes stays: which of both is right, the verification tells.
 */
export async function copyObject({ archive, copy }: CopyPlaces, key: string): Promise<boolean> {
  const facts = await archive.facts(key);
  // Removed while the listing went on.
  if (facts === null) return true;
  const keepUntil = facts.keepUntil ?? undefined;
  await copy.putStreamOnce(key, chunksOf(archive, key), keepUntil === undefined ? {} : { keepUntil });
  return sameBytes(archive, copy, key);
}

async function* chunksOf(archive: Pick<TenantArchive, 'readRange'>, key: string): AsyncGenerator<Buffer> {
  for (let start = 0; ; start += chunkBytes) {
    const chunk = await archive.readRange(key, { start, bytes: chunkBytes });
    if (chunk !== null && chunk.length > 0) yield chunk;
    if (chunk === null || chunk.length < chunkBytes) return;
  }
}

/** Reads both back. */
async function sameBytes(one: TenantArchive, other: TenantArchive, key: string): Promise<boolean> {
  for (let start = 0; ; start += chunkBytes) {
    const range = { start, bytes: chunkBytes };
    const [ofOne, ofOther] = await Promise.all([one.readRange(key, range), other.readRange(key, range)]);
    if (ofOne === null) return true;
    if (ofOther === null || !ofOne.equals(ofOther)) return false;
    if (ofOne.length < chunkBytes) return true;
  }
}

/** Copies what lies below a prefix, is wanted, and is not in the copy: two listings side by side, a page of each in memory. */
export async function copyMissing(
  places: CopyPlaces,
  prefix: string,
  isWanted: (key: string) => boolean = () => true,
): Promise<void> {
  const there = places.copy.list(prefix)[Symbol.asyncIterator]();
  let newest = await there.next();
  for await (const { key } of places.archive.list(prefix)) {
    if (!isWanted(key)) continue;
    while (newest.done !== true && newest.value.key < key) newest = await there.next();
    if (newest.done === true || newest.value.key !== key) await copyObject(places, key);
  }
}

/** Levels of a log of 2^48 entries. */
const mostLevels = 6;

/** Copies what a growth from `from` to `size` made of tiles and entry bundles, and drops partial ones that the archive dropped. */
export async function copyTiles(places: CopyPlaces, { from, size }: { from: number; size: number }): Promise<void> {
  for (const level of ['entries', ...Array.from({ length: mostLevels }, (_, index) => index)] as const) {
    const span = level === 'entries' ? tileWidth : tileWidth ** (level + 1);
    if (level !== 'entries' && level > 0 && size < tileWidth ** level) return;
    const first = Math.floor(from / span);
    const before = first === 0 ? {} : { after: keyOf(level, first - 1) };
    const kept = new Set<string>();
    for await (const { key } of places.archive.list(`log/tile/${level}/`, before)) {
      await copyObject(places, key);
      if (isPartial(key)) kept.add(key);
    }
    if (level === 'entries' || level === 0) await dropSuperseded(places, { level, before, kept });
  }
}

const keyOf = (level: number | 'entries', index: number): string =>
  `log/${level === 'entries' ? entriesPath(index, tileWidth) : tilePath(level, index, tileWidth)}`;

function isPartial(key: string): boolean {
  return (parseTilePath(key.slice('log/'.length))?.width ?? tileWidth) < tileWidth;
}

async function dropSuperseded(
  { archive, copy }: CopyPlaces,
  { level, before, kept }: { level: 'entries' | 0; before: { after?: string }; kept: ReadonlySet<string> },
): Promise<void> {
  const partial: string[] = [];
  const widest = new Map<number, number>();
  for await (const { key } of copy.list(`log/tile/${level}/`, before)) {
    const name = parseTilePath(key.slice('log/'.length));
    if (name === null) continue;
    widest.set(name.index, Math.max(widest.get(name.index) ?? 0, name.width));
    if (name.width < tileWidth && !kept.has(key)) partial.push(key);
  }
  for (const tile of partial) {
    const name = parseTilePath(tile.slice('log/'.length));
    const widerWidth = name === null ? 0 : (widest.get(name.index) ?? 0);
    if (name === null || widerWidth <= name.width || (await archive.facts(tile)) !== null) continue;
    await removeSupersededTile(copy, { tile, widerWidth });
  }
}
