import { randomUUID } from 'node:crypto';
import { link, open, readdir, readFile, rename, rmdir, stat, unlink, utimes, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasErrorCode, makeDirectory, syncDirectory } from '@akashi/durable-files';
import {
  blocksPrefix,
  checkDisposable,
  checkKey,
  checkReplaced,
  checkpointKey,
  checkSuperseded,
  checkTenantId,
  notReplaced,
} from './archive-key.ts';
import {
  ArchiveError,
  type Archive,
  type ArchiveClock,
  type ArchiveStep,
  type PutOutcome,
  type TenantArchive,
} from './archive-store.ts';
import { listLocal } from './list-local.ts';
import { upToSecond } from './up-to-second.ts';

/** Temporary files live beside the tenants, not among the evidence: a crash leaves nothing for a verifier to ask about. */
const incomingName = '.incoming';
const abandonedAfterMs = 60 * 60 * 1000;

export interface LocalArchiveSettings {
  /** May not exist yet. */
  readonly dir: string;
  readonly clock: ArchiveClock;
  readonly onStep: (step: ArchiveStep) => void;
}

/** An archive in a local directory. */
export function openLocalArchive(settings: LocalArchiveSettings): Archive {
  const incoming = join(settings.dir, incomingName);
  return {
    folder: settings.dir,
    placeOf: (tenantId) => join(settings.dir, checkTenantId(tenantId)),
    forTenant: (tenantId) => openTenant(settings, join(settings.dir, checkTenantId(tenantId))),
    async probe() {
      try {
        await makeDirectory(incoming);
        await removeAbandoned(incoming, settings.clock.hostNow().getTime());
        await unlink(await writeIncoming(settings, Buffer.from('probe'), {}));
      } catch (cause) {
        const { code = 'unknown' } = cause as NodeJS.ErrnoException;
        const message = `The archive's folder ${settings.dir} cannot be written to (${code}).`;
        throw new ArchiveError('archive-unavailable', message, { cause });
      }
    },
    close: () => Promise.resolve(),
  };
}

function openTenant(settings: LocalArchiveSettings, directory: string): TenantArchive {
  const { onStep } = settings;
  const pathOf = (key: string): string => join(directory, checkKey(key));
  const keepLonger = async (key: string, until: Date): Promise<boolean> => {
    const found = await statIfThere(pathOf(key));
    if (found !== null && keepUntilOf(found).getTime() < until.getTime()) {
      await utimes(pathOf(key), upToSecond(until), found.mtime);
    }
    return found !== null;
  };
  const heldUntil = async (key: string): Promise<Date | null> => {
    const found = await statIfThere(pathOf(key));
    const keepUntil = found === null ? null : keepUntilOf(found);
    return keepUntil !== null && keepUntil > settings.clock.now() ? keepUntil : null;
  };
  return {
    async putOnce(key, bytes, { keepUntil } = {}): Promise<PutOutcome> {
      const path = pathOf(key);
      const compare = async (existing: Buffer): Promise<PutOutcome> => {
        if (!existing.equals(bytes)) return 'exists-other';
        // A writer that died may have left the object with its name not durable yet; saying "same" promises that it is.
        await makeDirectory(dirname(path));
        await syncDirectory(dirname(path));
        if (keepUntil !== undefined) await keepLonger(key, keepUntil);
        return 'exists-same';
      };
      const existing = await readIfThere(path);
      if (existing !== null) return compare(existing);
      onStep('archive-before-write');
      const readOnly = keepUntil !== undefined || key.startsWith(blocksPrefix);
      const temporary = await writeIncoming(settings, bytes, { keepUntil, mode: readOnly ? 0o400 : 0o600 });
      onStep('archive-after-write');
      await makeDirectory(dirname(path));
      try {
        // link() refuses an existing name, which rename() would silently replace.
        await link(temporary, path);
      } catch (cause) {
        if (!hasErrorCode(cause, 'EEXIST')) throw cause;
        return await compare(await readFile(path));
      } finally {
        await unlink(temporary);
      }
      onStep('archive-after-link');
      await syncDirectory(dirname(path));
      onStep('archive-after-sync');
      return 'created';
    },
    async putStreamOnce(key, chunks, { keepUntil } = {}) {
      const path = pathOf(key);
      onStep('archive-before-write');
      const temporary = await writeIncoming(settings, chunks, {
        keepUntil,
        mode: keepUntil === undefined ? 0o600 : 0o400,
      });
      onStep('archive-after-write');
      await makeDirectory(dirname(path));
      let outcome: 'created' | 'exists' = 'created';
      try {
        await link(temporary, path);
      } catch (cause) {
        if (!hasErrorCode(cause, 'EEXIST')) throw cause;
        outcome = 'exists';
        if (keepUntil !== undefined) await keepLonger(key, keepUntil);
      } finally {
        await unlink(temporary);
      }
      onStep('archive-after-link');
      await syncDirectory(dirname(path));
      onStep('archive-after-sync');
      return outcome;
    },
    get: (key) => readIfThere(pathOf(key)),
    async readRange(key, { start, bytes }) {
      let handle: FileHandle;
      try {
        handle = await open(pathOf(key), 'r');
      } catch (cause) {
        if (hasErrorCode(cause, 'ENOENT', 'ENOTDIR')) return null;
        throw cause;
      }
      try {
        return await readFully(handle, start, bytes);
      } finally {
        await handle.close();
      }
    },
    async facts(key) {
      const found = await statIfThere(pathOf(key));
      return found === null ? null : { bytes: found.size, keepUntil: await heldUntil(key) };
    },
    heldUntil,
    async removeKept(key) {
      const path = pathOf(checkDisposable(key));
      if ((await statIfThere(path)) === null) return 'absent';
      if ((await heldUntil(key)) !== null) return 'held';
      await unlink(path).catch(unlessGone);
      await removeEmptied(dirname(path), directory);
      return 'removed';
    },
    async removeReplaced(key, replacement) {
      checkReplaced(key, replacement);
      if ((await statIfThere(pathOf(replacement))) === null) throw notReplaced();
      const path = pathOf(key);
      if ((await statIfThere(path)) === null) return 'absent';
      await unlink(path).catch(unlessGone);
      await syncDirectory(dirname(path));
      return 'removed';
    },
    keepLonger,
    async replaceCheckpoint(bytes) {
      const path = pathOf(checkpointKey);
      const temporary = await writeIncoming(settings, bytes, {});
      await makeDirectory(dirname(path));
      await rename(temporary, path);
      await syncDirectory(dirname(path));
    },
    list: (prefix, { after } = {}) => listLocal(directory, prefix, after),
    async removePartialTile(key, supersededBy) {
      checkSuperseded(key, supersededBy);
      const path = pathOf(key);
      if ((await statIfThere(pathOf(supersededBy))) === null) {
        throw new ArchiveError('not-superseded', 'A partial tile stays until a wider one is there.');
      }
      await unlink(path).catch(unlessGone);
      await rmdir(dirname(path)).catch((cause: unknown) => {
        if (!hasErrorCode(cause, 'ENOENT', 'ENOTEMPTY', 'EEXIST')) throw cause;
      });
      await syncDirectory(dirname(dirname(path)));
    },
  };
}

/**
 * The time of last access tells until when a file must stay, as on storage that locks files by it (SnapLock, SmartLock):
 * nothing but a writer's call sets it into the future.
 */
function keepUntilOf(file: { atime: Date }): Date {
  return new Date(Math.floor(file.atime.getTime() / 1000) * 1000);
}

/** Folders that nothing lies in any more, up to the tenant's own; the name that went last is durable then. */
async function removeEmptied(folder: string, tenantFolder: string): Promise<void> {
  let emptied = folder;
  // The first folder below the tenant's stays: something is written there every hour.
  while (dirname(emptied) !== tenantFolder) {
    try {
      await rmdir(emptied);
    } catch (cause) {
      if (!hasErrorCode(cause, 'ENOENT', 'ENOTEMPTY', 'EEXIST')) throw cause;
      if (!hasErrorCode(cause, 'ENOENT')) break;
    }
    emptied = dirname(emptied);
  }
  await syncDirectory(emptied);
}

async function readFully(handle: FileHandle, start: number, bytes: number): Promise<Buffer> {
  const { size } = await handle.stat();
  const wanted = Buffer.alloc(Math.max(0, Math.min(bytes, size - start)));
  let filled = 0;
  while (filled < wanted.length) {
    const { bytesRead } = await handle.read(wanted, filled, wanted.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return wanted.subarray(0, filled);
}

function unlessGone(cause: unknown): null {
  if (hasErrorCode(cause, 'ENOENT', 'ENOTDIR')) return null;
  throw cause;
}

/** A folder is no object either. */
const readIfThere = (path: string): Promise<Buffer | null> =>
  readFile(path).catch((cause: unknown) => (hasErrorCode(cause, 'EISDIR') ? null : unlessGone(cause)));

async function statIfThere(path: string): ReturnType<typeof statFile> {
  const found = await statFile(path);
  return found?.isFile() === true ? found : null;
}

const statFile = (path: string) => stat(path).catch(unlessGone);

interface IncomingFile {
  readonly mode?: number;
  readonly keepUntil?: Date | undefined;
}

async function writeIncoming(
  { dir, clock }: LocalArchiveSettings,
  content: Buffer | AsyncIterable<Uint8Array>,
  { mode = 0o600, keepUntil }: IncomingFile,
): Promise<string> {
  const directory = join(dir, incomingName);
  await makeDirectory(directory);
  const path = join(directory, randomUUID());
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(content);
    if (keepUntil !== undefined) await handle.utimes(upToSecond(keepUntil), clock.hostNow());
    await handle.sync();
  } catch (cause) {
    await unlink(path);
    throw cause;
  } finally {
    await handle.close();
  }
  return path;
}

async function removeAbandoned(directory: string, nowMs: number): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    const found = await statFile(path);
    if (found !== null && nowMs - found.mtimeMs > abandonedAfterMs) await unlink(path).catch(unlessGone);
  }
}
