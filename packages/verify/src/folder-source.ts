/**
 * Evidence in a folder. Files are read synchronously: the verifier does one thing after another, and small files are read
 * several times faster this way than through the thread pool.
 */
import { closeSync, constants, fstatSync, opendirSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, UnreadableError, type ObjectSource, type SourceModule } from './object-source.ts';

/** Memory for larger objects is not kept for the next. */
const keptBytes = 32 * 1024 * 1024;
const firstBytes = 1024 * 1024;

/** A pipe in the place of an object must not hold the check up. */
const readWithoutWaiting = constants.O_RDONLY | constants.O_NONBLOCK;

/** The folder as a source; `unreadable` is told of folders that cannot be listed, which count as empty. */
export function openFolder(
  root: string,
  unreadable: (folder: UnreadableError) => void = () => undefined,
): ObjectSource {
  let memory = Buffer.allocUnsafeSlow(firstBytes);

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

  function listed<T>(folder: string, list: (path: string) => T[]): T[] {
    try {
      return list(join(root, folder));
    } catch (cause) {
      if (!isAbsent(cause)) unreadable(new UnreadableError(folder, cause));
      return [];
    }
  }

  function* walk(folder: string): Generator<{ key: string }, void, undefined> {
    for (const entry of entriesOf(folder)) {
      const key = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFolder) yield* walk(key);
      else yield { key };
    }
  }

  /** Sorted as their keys are: a folder's name ends in a slash. A folder may hold millions, read one at a time. */
  function entriesOf(folder: string): { name: string; isFolder: boolean }[] {
    const entries = listed(folder, (path) => {
      const directory = opendirSync(path);
      const found: { name: string; isFolder: boolean }[] = [];
      try {
        for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
          found.push({ name: entry.name, isFolder: entry.isDirectory() });
        }
      } finally {
        directory.closeSync();
      }
      return found;
    });
    const order = ({ name, isFolder }: { name: string; isFolder: boolean }): string => (isFolder ? `${name}/` : name);
    return entries.sort((left, right) => (order(left) < order(right) ? -1 : 1));
  }

  return {
    readRange: (key, { start, bytes }) =>
      resolved(() =>
        opened(key, (descriptor, size) => {
          const wanted = Math.max(0, Math.min(bytes, size - start));
          return readInto(descriptor, memoryFor(wanted).subarray(0, wanted), start);
        }),
      ),
    facts: (key) => resolved(() => opened(key, (_, bytes) => ({ bytes }))),
    // Its callers ask for whole folders only.
    async *list(prefix) {
      yield* walk(prefix.replace(/\/$/, ''));
    },
    names: (folder) => resolved(() => listed(folder, (path) => readdirSync(path)).sort()),
  };
}

/** How a thread opens the same folder. */
export function folderModule(folder: string): SourceModule {
  const fromSource = import.meta.url.endsWith('.ts');
  return { module: new URL(`./folder-source.${fromSource ? 'ts' : 'js'}`, import.meta.url).href, settings: folder };
}

export function openSource(settings: unknown): ObjectSource {
  return openFolder(String(settings));
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

function resolved<T>(work: () => T): Promise<T> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}

function isAbsent(cause: unknown): boolean {
  const code = errorCode(cause);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
