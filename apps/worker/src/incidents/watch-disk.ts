import { statfs } from 'node:fs/promises';
import type { Evidence, SeenWrong, Watch } from './watches.ts';

export interface WatchedDisk {
  /** The part of the installation that is on it: `inbox`, `archive`. */
  readonly name: string;
  readonly path: string;
}

export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly at: Date;
}

/** Little is free, or at the rate of the last hour nothing will be free within a day. */
const leastFreeShare = 0.05;
const leastFreeBytes = 2 * 1024 ** 3;
const fullWithinHours = 24;
const hourMs = 3_600_000;

/** Hours until a disk is full at the rate between two looks; null when it does not fill. */
export function hoursLeft(before: DiskSpace, now: DiskSpace): number | null {
  const used = before.freeBytes - now.freeBytes;
  const hours = (now.at.getTime() - before.at.getTime()) / hourMs;
  return used <= 0 || hours <= 0 ? null : (now.freeBytes / used) * hours;
}

/** Why the space on a disk is an incident: a code; null when it is none. `before` is a look of about an hour earlier. */
export function judgeDisk(now: DiskSpace, before: DiskSpace | undefined): 'little-free' | 'filling-fast' | null {
  const { freeBytes, totalBytes } = now;
  if (freeBytes < Math.min(leastFreeBytes, totalBytes * leastFreeShare)) return 'little-free';
  if (before === undefined || now.at.getTime() - before.at.getTime() < hourMs / 2) return null;
  const left = hoursLeft(before, now);
  return left !== null && left < fullWithinHours ? 'filling-fast' : null;
}

/** The disks that the installation writes to. A folder that is not there yet is not judged. */
export function watchDisks(disks: readonly WatchedDisk[], now: () => Date): Watch {
  const looks = new Map<string, DiskSpace[]>();
  let seen: Evidence[] = [];
  return {
    name: 'disks',
    kinds: ['disk-filling'],
    look: async () => {
      const found = await Promise.all(
        disks.map(async ({ name, path }) => {
          const space = await spaceOf(path, now());
          if (space === null) return [];
          const earlier = (looks.get(name) ?? []).filter(({ at }) => space.at.getTime() - at.getTime() <= hourMs);
          looks.set(name, [...earlier, space]);
          const cause = judgeDisk(space, earlier[0]);
          const left = earlier[0] === undefined ? null : hoursLeft(earlier[0], space);
          const details = {
            freeBytes: space.freeBytes,
            totalBytes: space.totalBytes,
            hoursLeft: left === null ? null : Math.round(left),
          };
          const where = `disk of ${name}`;
          const kind = 'disk-filling' as const;
          const wrong: SeenWrong[] = cause === null ? [] : [{ owner: 'platform', kind, where, cause, details }];
          return [{ evidence: { name: where, wrong: wrong.length, details }, wrong }];
        }),
      );
      seen = found.flat().map(({ evidence }) => evidence);
      return found.flat().flatMap(({ wrong }) => wrong);
    },
    evidence: () => seen,
  };
}

async function spaceOf(path: string, at: Date): Promise<DiskSpace | null> {
  try {
    const { bavail, blocks, bsize } = await statfs(path);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize, at };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
