/**
 * Reading the evidence folder. Reads are synchronous: the verifier does one thing after another, and small files are
 * read several times faster this way than through the thread pool.
 */
import { closeSync, constants, fstatSync, opendirSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** An object exists but the operating system would not give its bytes. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
  readonly object: string;
  readonly reason: string;

  constructor(object: string, cause: unknown) {
    super(`${object} could not be read`, { cause });
    this.object = object;
    this.reason = errorCode(cause) ?? 'unknown';
  }
}

export interface Store {
  /** The object's bytes, or null when it is not there. Valid until the next read: the memory is used again. */
  read(object: string): Buffer | null;
  /** The same, or 'larger' when it has more bytes than are to be held. */
  read(object: string, heldBytes: number): Buffer | 'larger' | null;
  /**
   * Gives an object's bytes in parts of up to 1 MiB until `take` returns false; false when the object is not there. The
   * first part holds the first MiB, or all. Valid until the next part: the memory is used again.
   */
  readParts(object: string, take: (part: Buffer, place: { offset: number; size: number }) => boolean): boolean;
  exists(object: string): boolean;
  isFolder(path: string): boolean;
  /** Names in a folder, sorted; none when it is not there. */
  names(folder: string): string[];
  /** Names in a folder that may hold millions, one at a time. */
  eachName(folder: string, visit: (name: string) => void): void;
  /** Every object below a folder, depth first, folders sorted by name. */
  walk(folder: string): Generator<string, void, undefined>;
}

const partBytes = 1024 * 1024;
/** Memory for larger objects is not kept for the next. */
const keptBytes = 32 * 1024 * 1024;
/** More than anything but a block has: of what is longer so much is read, which no proof can fit. */
const mostBytes = 20 * 1024 * 1024;

/** A pipe in the place of an object must not hold the check up. */
const readWithoutWaiting = constants.O_RDONLY | constants.O_NONBLOCK;

/** A folder that cannot be listed is told of once, and counts as empty: the rest is still checked. */
export function openStore(root: string, onUnreadable: (folder: UnreadableError) => void = () => undefined): Store {
  let memory = Buffer.allocUnsafeSlow(partBytes);
  const unreadable = new Set<string>();

  function listed<T>(folder: string, list: (path: string) => T[]): T[] {
    try {
      return list(join(root, folder));
    } catch (cause) {
      if (!isAbsent(cause) && !unreadable.has(folder)) {
        unreadable.add(folder);
        onUnreadable(new UnreadableError(folder, cause));
      }
      return [];
    }
  }

  /** What `use` makes of the opened object, or null when it is not there. */
  function opened<T>(object: string, use: (descriptor: number, size: number) => T): T | null {
    let descriptor: number;
    try {
      descriptor = openSync(join(root, object), readWithoutWaiting);
    } catch (cause) {
      if (isAbsent(cause)) return null;
      throw new UnreadableError(object, cause);
    }
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) throw new UnreadableError(object, { code: 'NOT_A_FILE' });
      return use(descriptor, stats.size);
    } catch (cause) {
      throw cause instanceof UnreadableError ? cause : new UnreadableError(object, cause);
    } finally {
      closeSync(descriptor);
    }
  }

  function memoryFor(size: number): Buffer {
    if (size <= memory.length) return memory;
    const larger = Buffer.allocUnsafeSlow(Math.max(size, Math.min(memory.length * 2, keptBytes)));
    if (larger.length <= keptBytes) memory = larger;
    return larger;
  }

  function read(object: string): Buffer | null;
  function read(object: string, heldBytes: number): Buffer | 'larger' | null;
  function read(object: string, heldBytes?: number): Buffer | 'larger' | null {
    return opened(object, (descriptor, size) => {
      if (heldBytes !== undefined && size > heldBytes) return 'larger';
      const wanted = heldBytes === undefined ? Math.min(size, mostBytes) : size;
      return readInto(descriptor, memoryFor(wanted).subarray(0, wanted), 0);
    });
  }

  const store: Store = {
    read,

    readParts(object, take) {
      const done = opened(object, (descriptor, size) => {
        for (let offset = 0; ; offset += partBytes) {
          const wanted = Math.min(partBytes, size - offset);
          const part = readInto(descriptor, memory.subarray(0, wanted), offset);
          if (!take(part, { offset, size }) || offset + partBytes >= size) return true;
        }
      });
      return done === true;
    },

    exists(object) {
      try {
        statSync(join(root, object));
        return true;
      } catch (cause) {
        return !isAbsent(cause);
      }
    },

    isFolder(path) {
      try {
        return statSync(join(root, path)).isDirectory();
      } catch {
        return false;
      }
    },

    names: (folder) => listed(folder, (path) => readdirSync(path)).sort(),

    eachName(folder, visit) {
      const [directory] = listed(folder, (path) => [opendirSync(path)]);
      if (directory === undefined) return;
      try {
        for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) visit(entry.name);
      } finally {
        directory.closeSync();
      }
    },

    *walk(folder) {
      const entries = listed(folder, (path) => readdirSync(path, { withFileTypes: true }));
      entries.sort((left, right) => (left.name < right.name ? -1 : 1));
      for (const entry of entries) {
        const object = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) yield* store.walk(object);
        else yield object;
      }
    },
  };
  return store;
}

/** Fills the target from that place in the file; shorter when the file ends before. */
function readInto(descriptor: number, target: Buffer, offset: number): Buffer {
  let length = 0;
  while (length < target.length) {
    const count = readSync(descriptor, target, length, target.length - length, offset + length);
    if (count === 0) break;
    length += count;
  }
  return target.subarray(0, length);
}

function isAbsent(cause: unknown): boolean {
  const code = errorCode(cause);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function errorCode(cause: unknown): string | undefined {
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
