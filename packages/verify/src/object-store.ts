/** Reading evidence: bounded, and one faulty object or folder at a time is told of while everything else is read. */
import { errorCode, UnreadableError, type ObjectSource } from './object-source.ts';

export interface Store {
  /** The object's bytes, or null when it is not there. Valid until the next read. */
  read(object: string): Promise<Buffer | null>;
  /** The same, or 'larger' when it has more bytes than are to be held. */
  read(object: string, heldBytes: number): Promise<Buffer | 'larger' | null>;
  /**
   * Gives the first `bytes` bytes of an object in parts until `take` returns false; false when the object is not there.
   * The first part holds 4 MiB, or all. Valid until the next part.
   */
  readParts(object: string, bytes: number, take: (part: Buffer, offset: number) => boolean): Promise<boolean>;
  /** At most `bytes` bytes from `start` on, or null when it is not there. Valid until the next read. */
  readRange(object: string, range: { start: number; bytes: number }): Promise<Buffer | null>;
  /** Its size; 0 when it is not there any more. */
  sizeOf(object: string): Promise<number>;
  exists(object: string): Promise<boolean>;
  /** Names directly in a folder, sorted; none when it is not there. */
  names(folder: string): Promise<string[]>;
  /** Every object below a folder. */
  walk(folder: string): AsyncGenerator<string, void, undefined>;
}

/** The files below the log's folder, each a copy: what the store gives is valid until it reads again. */
export function logFilesOf(store: Pick<Store, 'read'>): (path: string) => Promise<Buffer | null> {
  return async (path) => {
    const bytes = await store.read(`log/${path}`);
    return bytes === null ? null : Buffer.from(bytes);
  };
}

const partBytes = 4 * 1024 * 1024;
/** More than anything but a block has: of what is longer so much is read, which no proof can fit. */
const mostBytes = 20 * 1024 * 1024;
/** The code of a file system, as opposed to that of a store that is away: then nothing can be said at all. */
const fileCode = /^E[A-Z0-9]+$/;

function unlessFileError(object: string, cause: unknown): never {
  if (cause instanceof UnreadableError || !fileCode.test(errorCode(cause) ?? '')) throw cause;
  throw new UnreadableError(object, cause);
}

/** A folder that cannot be listed is told of once, and counts as empty: the rest is still checked. */
export function openStore(
  source: ObjectSource,
  onUnreadable: (folder: UnreadableError) => void = () => undefined,
): Store {
  const unreadable = new Set<string>();

  function skipFolder(folder: string, cause: unknown): void {
    const error = cause instanceof UnreadableError ? cause : null;
    if (error === null && !fileCode.test(errorCode(cause) ?? '')) throw cause;
    const told = error ?? new UnreadableError(folder, cause);
    if (unreadable.has(told.object)) return;
    unreadable.add(told.object);
    onUnreadable(told);
  }

  const range = (object: string, start: number, bytes: number): Promise<Buffer | null> =>
    source.readRange(object, { start, bytes }).catch((cause: unknown) => unlessFileError(object, cause));

  async function read(object: string): Promise<Buffer | null>;
  async function read(object: string, heldBytes: number): Promise<Buffer | 'larger' | null>;
  async function read(object: string, heldBytes?: number): Promise<Buffer | 'larger' | null> {
    if (heldBytes === undefined) return range(object, 0, mostBytes);
    const bytes = await range(object, 0, heldBytes + 1);
    return bytes !== null && bytes.length > heldBytes ? 'larger' : bytes;
  }

  const store: Store = {
    read,

    async readParts(object, bytes, take) {
      for (let offset = 0; offset < bytes; offset += partBytes) {
        const wanted = Math.min(partBytes, bytes - offset);
        const part = await range(object, offset, wanted);
        if (part === null) return offset > 0;
        if (!take(part, offset) || part.length < wanted) return true;
      }
      return true;
    },

    readRange: (object, { start, bytes }) => range(object, start, bytes),

    sizeOf: async (object) => (await source.facts(object))?.bytes ?? 0,

    async exists(object) {
      try {
        return (await range(object, 0, 1)) !== null;
      } catch (error) {
        if (error instanceof UnreadableError) return true;
        throw error;
      }
    },

    async names(folder) {
      const names = new Set<string>();
      try {
        if (source.names !== undefined) return await source.names(folder);
        const prefix = folder === '' ? '' : `${folder}/`;
        for (let after: string | null = ''; after !== null;) after = await addNames(source, { prefix, after }, names);
        return [...names];
      } catch (cause) {
        skipFolder(folder, cause);
        return [...names];
      }
    },

    async *walk(folder) {
      try {
        for await (const { key } of source.list(`${folder}/`)) yield key;
      } catch (cause) {
        skipFolder(folder, cause);
      }
    },
  };
  return store;
}

/**
 * Adds names directly below a prefix up to the first folder, and answers the key behind all that lies in it (`0` comes
 * after `/`); null at the end. So a folder costs one listing, however much lies in it.
 */
async function addNames(
  source: ObjectSource,
  { prefix, after }: { prefix: string; after: string },
  names: Set<string>,
): Promise<string | null> {
  for await (const { key } of source.list(prefix, after === '' ? {} : { after })) {
    const own = key.slice(prefix.length).split('/', 1)[0] ?? '';
    names.add(own);
    if (prefix.length + own.length < key.length) return `${prefix}${own}0`;
  }
  return null;
}
