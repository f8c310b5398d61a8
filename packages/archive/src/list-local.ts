import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode } from '@akashi/durable-files';
import { checkPrefix } from './archive-key.ts';
import type { ArchiveObject } from './archive-store.ts';

interface Wanted {
  readonly prefix: string;
  /** Only keys behind this one; '' for all. */
  readonly after: string;
}

/** The objects of a directory by prefix, in the order of their keys as text, one folder in memory at a time. */
export async function* listLocal(directory: string, prefix: string, after = ''): AsyncGenerator<ArchiveObject> {
  const slash = checkPrefix(prefix).lastIndexOf('/');
  yield* walk(directory, prefix.slice(0, Math.max(0, slash)), { prefix, after });
}

async function* walk(root: string, below: string, wanted: Wanted): AsyncGenerator<ArchiveObject> {
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
      const mayHold = text.startsWith(wanted.prefix) || wanted.prefix.startsWith(text);
      const isBehind = text > wanted.after || wanted.after.startsWith(text);
      if (mayHold && isBehind) yield* walk(root, key, wanted);
    } else if (text.startsWith(wanted.prefix) && text > wanted.after) {
      const found = await stat(join(root, key)).catch((cause: unknown) => {
        // Removed while the listing went on.
        if (hasErrorCode(cause, 'ENOENT')) return null;
        throw cause;
      });
      if (found !== null) yield { key, bytes: found.size };
    }
  }
}
