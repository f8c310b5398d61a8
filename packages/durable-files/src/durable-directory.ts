import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Makes a directory's entries survive a power cut: a file's own fsync does not cover its name. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Directories that a power cut does not take away, by what this process has synced. */
const known = new Set<string>();
const mostKnown = 10_000;

/**
 * Creates a directory (0700) with its parents; when this resolves, every entry of its path is durable. Also those that
 * are there already: whoever made them may have been killed, or refused by the disk, before they were synced.
 */
export async function makeDirectory(directory: string): Promise<void> {
  const path = resolve(directory);
  const firstCreated = await mkdir(path, { recursive: true, mode: 0o700 });
  if (firstCreated === undefined && known.has(path)) return;
  const oldest = firstCreated === undefined ? path : dirname(firstCreated);
  const ensured: string[] = [];
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    const isNew = firstCreated !== undefined && at.length > oldest.length;
    if (!isNew && known.has(at)) break;
    try {
      await syncDirectory(dirname(at));
    } catch (cause) {
      // Above what is ours there may be what we can neither read nor sync; nothing there was made by us.
      if (!isNew && hasErrorCode(cause, 'EACCES', 'EPERM', 'EINVAL', 'EROFS')) break;
      throw cause;
    }
    ensured.push(at);
  }
  if (known.size > mostKnown) known.clear();
  for (const each of ensured) known.add(each);
}

export function hasErrorCode(cause: unknown, ...codes: string[]): boolean {
  return codes.includes((cause as NodeJS.ErrnoException).code ?? '');
}
