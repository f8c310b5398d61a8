import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const compressed = /\.(?:gz|bz2|xz|zst|lz4|lzma|Z|zip|7z)$/i;
const magic = /[*?[]/;
const maxPaths = 10_000;

export function isCompressed(path: string): boolean {
  return compressed.test(path);
}

/** Paths that a `file` value names, sorted; `*`, `?` and `[...]` work in every part, and do not match a leading dot. */
export function findPaths(pattern: string): string[] {
  if (!magic.test(pattern)) return [pattern];
  let found = [pattern.startsWith('/') ? '/' : '.'];
  for (const part of pattern.split('/').filter((name) => name !== '')) {
    if (!magic.test(part)) {
      found = found.map((folder) => join(folder, part));
      continue;
    }
    const matcher = globMatcher(part);
    found = found.flatMap((folder) =>
      listNames(folder)
        .filter((name) => matcher.test(name))
        .map((name) => join(folder, name)),
    );
  }
  return found
    .filter((path) => !isCompressed(path))
    .sort()
    .slice(0, maxPaths);
}

/** A regular expression for one part of a path. */
export function globMatcher(part: string): RegExp {
  let source = part.startsWith('.') ? '' : '(?!\\.)';
  for (let index = 0; index < part.length; index += 1) {
    const char = part.charAt(index);
    const setEnd = char === '[' ? part.indexOf(']', index + 2) : -1;
    if (char === '*') source += '.*';
    else if (char === '?') source += '.';
    else if (setEnd !== -1) {
      const set = part
        .slice(index + 1, setEnd)
        .replace(/\\/g, '\\\\')
        .replace(/^!/, '^');
      source += `[${set}]`;
      index = setEnd;
    } else source += char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  }
  return new RegExp(`^${source}$`, 's');
}

/**
 * Uncompressed neighbours that carry the name of a rotated `path`: `ntpd.log.1`, `ntpd.log-20261122`, and with logrotate's
 * `extension`, `ntpd-20261122.log`.
 */
export function findSiblings(path: string): string[] {
  const folder = dirname(path);
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return listNames(folder)
    .filter((other) => other !== name && !isCompressed(other) && isRotatedName(other, { name, stem, extension }))
    .slice(0, maxPaths)
    .map((other) => join(folder, other));
}

export function isSiblingName(path: string, other: string): boolean {
  if (dirname(path) !== dirname(other)) return false;
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return basename(other) !== name && isRotatedName(basename(other), { name, stem, extension });
}

/** Stricter than a sibling: the suffix is a number, a date or one of the words that rotation uses, so it can't be another log. */
export function looksRotated(path: string, other: string): boolean {
  if (!isSiblingName(path, other)) return false;
  const name = basename(path);
  const rest = basename(other).startsWith(name)
    ? basename(other).slice(name.length)
    : basename(other).slice(name.lastIndexOf('.'));
  return /^[.\-_](?:\d[\dTZ.:_+-]*|old|prev)$/i.test(rest) || !basename(other).startsWith(name);
}

function isRotatedName(other: string, of: { name: string; stem: string; extension: string }): boolean {
  if (other.startsWith(of.name) && /^[.\-_~]/.test(other.slice(of.name.length))) return true;
  if (of.extension === '' || !other.startsWith(of.stem) || !other.endsWith(of.extension)) return false;
  return /^[.\-_]\d/.test(other.slice(of.stem.length, -of.extension.length));
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
