import { randomUUID } from 'node:crypto';
import { link, open, readdir, readFile, rename, rm, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasErrorCode, makeDirectory, syncDirectory } from '@akashi/durable-files';
import {
  ArchiveError,
  checkFullTileKey,
  checkKey,
  type Archive,
  type ArchiveObject,
  type ArchiveStep,
  type TenantArchive,
} from './archive-store.ts';

/** Temporary files live beside the tenants, not among the evidence: a crash leaves nothing for a verifier to ask about. */
const incomingName = '.incoming';
const abandonedAfterMs = 60 * 60 * 1000;
const tenantIdForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface Store {
  dir: string;
  onStep: (step: ArchiveStep) => void;
}

/** An archive in a local directory. `dir` may not exist yet. */
export function openLocalArchive(settings: { dir: string; onStep?: (step: ArchiveStep) => void }): Archive {
  const store: Store = { dir: settings.dir, onStep: settings.onStep ?? (() => undefined) };
  return {
    forTenant(tenantId) {
      if (!tenantIdForm.test(tenantId)) throw new ArchiveError('invalid-id', 'a tenant id is a lower-case UUID');
      return openTenant(store, join(store.dir, tenantId));
    },
    async probe() {
      await makeDirectory(join(store.dir, incomingName));
      await removeAbandoned(join(store.dir, incomingName));
      await unlink(await writeIncoming(store, Buffer.from('probe'), 0o600));
    },
  };
}

function openTenant(store: Store, directory: string): TenantArchive {
  const pathOf = (key: string): string => join(directory, checkKey(key));
  return {
    async putOnce(key, bytes) {
      const path = pathOf(key);
      const existing = await readIfThere(path);
      if (existing !== null) return compareExisting(path, existing, bytes);
      store.onStep('archive-before-write');
      const temporary = await writeIncoming(store, bytes, key.startsWith('blocks/') ? 0o400 : 0o600);
      store.onStep('archive-after-write');
      await makeDirectory(dirname(path));
      try {
        // link() refuses an existing name, which rename() would silently replace.
        await link(temporary, path);
      } catch (cause) {
        if (!hasErrorCode(cause, 'EEXIST')) throw cause;
        return compareExisting(path, await readFile(path), bytes);
      } finally {
        await unlink(temporary);
      }
      store.onStep('archive-after-link');
      await syncDirectory(dirname(path));
      store.onStep('archive-after-sync');
      return 'created';
    },
    get: (key) => readIfThere(pathOf(key)),
    async head(key, bytes) {
      let handle: FileHandle;
      try {
        handle = await open(pathOf(key), 'r');
      } catch (cause) {
        if (hasErrorCode(cause, 'ENOENT')) return null;
        throw cause;
      }
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    async replaceCheckpoint(bytes) {
      const temporary = await writeIncoming(store, bytes, 0o600);
      await makeDirectory(join(directory, 'log'));
      await rename(temporary, join(directory, 'log', 'checkpoint'));
      await syncDirectory(join(directory, 'log'));
    },
    list: (prefix) => listBelow(directory, prefix),
    async removePartialTiles(tileKey) {
      const path = pathOf(checkFullTileKey(tileKey));
      if ((await readIfThere(path)) === null) {
        throw new ArchiveError('not-a-full-tile', 'partial tiles stay until their full tile is there');
      }
      await rm(`${path}.p`, { recursive: true, force: true });
      await syncDirectory(dirname(path));
    },
  };
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (hasErrorCode(cause, 'ENOENT', 'ENOTDIR')) return null;
    throw cause;
  }
}

/** A writer that died may have left the object with its name not durable yet; saying "same" promises that it is. */
async function compareExisting(path: string, existing: Buffer, bytes: Buffer): Promise<'exists-same' | 'exists-other'> {
  if (!existing.equals(bytes)) return 'exists-other';
  await makeDirectory(dirname(path));
  await syncDirectory(dirname(path));
  return 'exists-same';
}

async function writeIncoming(store: Store, bytes: Buffer, mode: number): Promise<string> {
  const directory = join(store.dir, incomingName);
  await makeDirectory(directory);
  const path = join(directory, randomUUID());
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (cause) {
    await unlink(path);
    throw cause;
  } finally {
    await handle.close();
  }
  return path;
}

async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    try {
      if (Date.now() - (await stat(path)).mtimeMs > abandonedAfterMs) await unlink(path);
    } catch (cause) {
      if (!hasErrorCode(cause, 'ENOENT')) throw cause;
    }
  }
}

async function* listBelow(directory: string, prefix: string): AsyncGenerator<ArchiveObject> {
  const slash = prefix.lastIndexOf('/');
  const start = slash < 0 ? '' : checkKey(prefix.slice(0, slash));
  yield* walk(directory, start, prefix);
}

async function* walk(root: string, below: string, prefix: string): AsyncGenerator<ArchiveObject> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch((cause: unknown) => {
    if (hasErrorCode(cause, 'ENOENT', 'ENOTDIR')) return [];
    throw cause;
  });
  // A directory sorts as if its name ended in "/", so that keys come in the order of their text.
  const named = entries.map((entry) => ({ entry, order: entry.isDirectory() ? `${entry.name}/` : entry.name }));
  named.sort((a, b) => (a.order < b.order ? -1 : 1));
  for (const { entry, order } of named) {
    const key = below === '' ? entry.name : `${below}/${entry.name}`;
    const text = below === '' ? order : `${below}/${order}`;
    if (entry.isDirectory()) {
      if (text.startsWith(prefix) || prefix.startsWith(text)) yield* walk(root, key, prefix);
    } else if (text.startsWith(prefix)) {
      yield { key, bytes: (await stat(join(root, key))).size };
    }
  }
}
