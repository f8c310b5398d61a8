/**
 * Reading the evidence folder. Reads are synchronous: the verifier does one thing after another, and small files are
 * read several times faster this way than through the thread pool.
 */
import { closeSync, fstatSync, opendirSync, openSync, readdirSync, readSync } from 'node:fs';
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
  exists(object: string): boolean;
  /** Names in a folder, sorted; none when it is not there. */
  names(folder: string): string[];
  /** Names in a folder that may hold millions, one at a time. */
  eachName(folder: string, visit: (name: string) => void): void;
  /** Every object below a folder, depth first, folders sorted by name. */
  walk(folder: string): Generator<string, void, undefined>;
}

const initialBytes = 1024 * 1024;
/** No block comes near; a larger file is not evidence of this format. */
const maxObjectBytes = 1024 * 1024 * 1024;

export function openStore(root: string): Store {
  let memory = Buffer.allocUnsafeSlow(initialBytes);

  function readOpened(descriptor: number, object: string): Buffer {
    const { size } = fstatSync(descriptor);
    if (size > maxObjectBytes) throw new UnreadableError(object, { code: 'TOO_LARGE' });
    if (size > memory.length) memory = Buffer.allocUnsafeSlow(Math.max(size, memory.length * 2));
    let length = 0;
    while (length < size) {
      const count = readSync(descriptor, memory, length, size - length, length);
      if (count === 0) break;
      length += count;
    }
    return memory.subarray(0, length);
  }

  const store: Store = {
    read(object) {
      let descriptor: number;
      try {
        descriptor = openSync(join(root, object), 'r');
      } catch (cause) {
        if (isAbsent(cause)) return null;
        throw new UnreadableError(object, cause);
      }
      try {
        return readOpened(descriptor, object);
      } catch (cause) {
        throw cause instanceof UnreadableError ? cause : new UnreadableError(object, cause);
      } finally {
        closeSync(descriptor);
      }
    },

    exists(object) {
      try {
        closeSync(openSync(join(root, object), 'r'));
        return true;
      } catch (cause) {
        return !isAbsent(cause);
      }
    },

    names(folder) {
      try {
        return readdirSync(join(root, folder)).sort();
      } catch (cause) {
        if (isAbsent(cause)) return [];
        throw new UnreadableError(folder, cause);
      }
    },

    eachName(folder, visit) {
      let directory;
      try {
        directory = opendirSync(join(root, folder));
      } catch (cause) {
        if (isAbsent(cause)) return;
        throw new UnreadableError(folder, cause);
      }
      try {
        for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) visit(entry.name);
      } finally {
        directory.closeSync();
      }
    },

    *walk(folder) {
      let entries;
      try {
        entries = readdirSync(join(root, folder), { withFileTypes: true });
      } catch (cause) {
        if (isAbsent(cause)) return;
        throw new UnreadableError(folder, cause);
      }
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

function isAbsent(cause: unknown): boolean {
  const code = errorCode(cause);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function errorCode(cause: unknown): string | undefined {
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
