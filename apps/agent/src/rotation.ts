import { contentMatches, openPath, sameFile, statPath, type ContentMark, type FileStat } from './file-identity.ts';
import { findSiblings } from './find-paths.ts';
import { closeSync } from 'node:fs';

export type Found = { readonly path: string; readonly stat: FileStat };
export type OpenFound = Found & { readonly fd: number };

/** Rotated neighbours of a path with their facts, oldest first. */
export function siblingsByAge(path: string): Found[] {
  const found: Found[] = [];
  for (const sibling of findSiblings(path)) {
    const stat = statPath(sibling);
    if (stat !== null) found.push({ path: sibling, stat });
  }
  return found.sort(
    (one, other) => one.stat.mtimeMs - other.stat.mtimeMs || compareRotationNames(one.path, other.path),
  );
}

/** Finds the renamed file itself: the same inode with the same content. The caller owns the open file. */
export function findRenamed(
  file: { dev: string; ino: string; source: string },
  mark: ContentMark,
  among: Found[],
): OpenFound | null {
  const there = statPath(file.source);
  const places = there === null ? among : [...among, { path: file.source, stat: there }];
  return firstOpened(
    places.filter((place) => sameFile(place.stat, file)),
    mark,
  );
}

/** Finds a copy of what was read: another inode, the same head and the same bytes before the place where reading stopped. */
export function findCopy(mark: ContentMark, among: Found[]): OpenFound | null {
  // Without content there is nothing to know a copy by.
  if (mark.head.length === 0) return null;
  return firstOpened([...among].reverse(), mark);
}

function firstOpened(places: Found[], mark: ContentMark): OpenFound | null {
  for (const place of places) {
    const fd = openPath(place.path);
    if (fd === null) continue;
    if (contentMatches(fd, mark)) return { ...place, fd };
    closeSync(fd);
  }
  return null;
}

/** `x.2` was rotated before `x.1`, `x-20261121` before `x-20261122`. */
export function compareRotationNames(one: string, other: string): number {
  const [first, second] = [/\.(\d{1,5})$/.exec(one)?.[1], /\.(\d{1,5})$/.exec(other)?.[1]];
  if (first !== undefined && second !== undefined) return Number(second) - Number(first);
  return one < other ? -1 : one > other ? 1 : 0;
}
