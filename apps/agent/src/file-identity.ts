import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, statSync, type BigIntStats } from 'node:fs';

export type FileStat = {
  readonly dev: string;
  readonly ino: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
};

export type Digest = { readonly length: number; readonly sha256: string };

/** What is known of a file's content: its first lines, and the bytes just before the place where reading goes on. */
export type ContentMark = { readonly head: Digest; readonly tail: Digest; readonly position: number };

export const noDigest: Digest = { length: 0, sha256: '' };
export const maxHeadBytes = 16_384;
export const maxTailBytes = 256;

/** null when the path names no regular file (links are followed). */
export function statPath(path: string): FileStat | null {
  try {
    const stat = statSync(path, { bigint: true });
    return stat.isFile() ? toFileStat(stat) : null;
  } catch {
    return null;
  }
}

export function statOpen(fd: number): FileStat {
  return toFileStat(fstatSync(fd, { bigint: true }));
}

export function sameFile(one: { dev: string; ino: string }, other: { dev: string; ino: string }): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

export function openPath(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
}

/** Fewer bytes than asked for when the file ends before. */
export function readRange(fd: number, range: { from: number; length: number }): Buffer {
  const bytes = Buffer.allocUnsafe(range.length);
  let filled = 0;
  while (filled < range.length) {
    const read = readSync(fd, bytes, filled, range.length - filled, range.from + filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

export function digestOf(bytes: Buffer): Digest {
  return bytes.length === 0
    ? noDigest
    : { length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * The fingerprint: all bytes up to the end of line `lines` (the whole beginning while the file is shorter, up to 16 KiB).
 * It grows with a short file, and a shorter fingerprint still matches the file that grew.
 */
export function headOf(fd: number, lines: number): Digest {
  const bytes = readRange(fd, { from: 0, length: maxHeadBytes });
  let end = -1;
  for (let line = 0; line < lines; line += 1) {
    end = bytes.indexOf(0x0a, end + 1);
    if (end === -1) return digestOf(bytes);
  }
  return digestOf(bytes.subarray(0, end + 1));
}

/** True when the open file can be the one that the mark was taken from: the same head and the same bytes before the position. */
export function contentMatches(fd: number, mark: ContentMark): boolean {
  if (statOpen(fd).size < mark.position) return false;
  if (!digestMatches(fd, { from: 0, digest: mark.head })) return false;
  return digestMatches(fd, { from: mark.position - mark.tail.length, digest: mark.tail });
}

export function pathMatches(path: string, mark: ContentMark): boolean {
  const fd = openPath(path);
  if (fd === null) return false;
  try {
    return contentMatches(fd, mark);
  } finally {
    closeSync(fd);
  }
}

function digestMatches(fd: number, expected: { from: number; digest: Digest }): boolean {
  if (expected.digest.length === 0) return true;
  const bytes = readRange(fd, { from: expected.from, length: expected.digest.length });
  return bytes.length === expected.digest.length && digestOf(bytes).sha256 === expected.digest.sha256;
}

function toFileStat(stat: BigIntStats): FileStat {
  return {
    dev: stat.dev.toString(),
    ino: stat.ino.toString(),
    size: Number(stat.size),
    mtimeMs: Number(stat.mtimeNs) / 1e6,
    ctimeMs: Number(stat.ctimeNs) / 1e6,
  };
}
