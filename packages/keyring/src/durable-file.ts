import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Makes a directory entry survive a power cut: a file's own fsync does not cover its name. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Creates a directory (0700) with its parents; when this resolves, every entry of its path is durable. Also those that
 * are there already: whoever made them may have been killed before they were synced.
 */
export async function makeDirectory(directory: string): Promise<void> {
  const path = resolve(directory);
  const firstCreated = await mkdir(path, { recursive: true, mode: 0o700 });
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    try {
      await syncDirectory(dirname(at));
    } catch (cause) {
      // Above what is ours there may be what we can neither read nor sync; nothing there was made by us.
      const isNew = firstCreated !== undefined && at.length >= firstCreated.length;
      const code = (cause as NodeJS.ErrnoException).code ?? '';
      if (isNew || !['EACCES', 'EPERM', 'EINVAL', 'EROFS'].includes(code)) throw cause;
      return;
    }
  }
}

async function writeTemporary(path: string, content: string): Promise<string> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
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
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return 'exists';
    throw cause;
  } finally {
    await unlink(temporary);
    await syncDirectory(dirname(path));
  }
}
