import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a directory's entries survive a power cut: a file's own fsync does not cover its name. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Creates a directory (0700) with its parents, each new entry durable before this resolves. */
export async function makeDirectory(directory: string): Promise<void> {
  const firstCreated = await mkdir(directory, { recursive: true, mode: 0o700 });
  if (firstCreated === undefined) return;
  const top = dirname(firstCreated);
  for (let at = directory; ; at = dirname(at)) {
    await syncDirectory(at);
    if (at === top || at === dirname(at)) break;
  }
}

export function hasErrorCode(cause: unknown, ...codes: string[]): boolean {
  return codes.includes((cause as NodeJS.ErrnoException).code ?? '');
}
