import { randomUUID } from 'node:crypto';
import { link, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasErrorCode, syncDirectory } from './durable-directory.ts';

async function writeTemporary(path: string, content: string): Promise<string> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (cause) {
    await unlink(temporary);
    throw cause;
  } finally {
    await handle.close();
  }
  return temporary;
}

/** Replaces a file (0600) atomically: a reader, or a crash, sees the old or the new content whole. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const temporary = await writeTemporary(path, content);
  await rename(temporary, path);
  await syncDirectory(dirname(path));
}

/** Creates a file (0600) unless it is there already, in which case the first writer's content stands. */
export async function createFile(path: string, content: string): Promise<'created' | 'exists'> {
  const temporary = await writeTemporary(path, content);
  try {
    await link(temporary, path);
    return 'created';
  } catch (cause) {
    if (hasErrorCode(cause, 'EEXIST')) return 'exists';
    throw cause;
  } finally {
    await unlink(temporary);
    await syncDirectory(dirname(path));
  }
}
