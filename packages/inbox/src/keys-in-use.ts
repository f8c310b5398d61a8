import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode } from '@akashi/durable-files';
import { isTenantId } from '@akashi/policy';
import { InboxError } from './inbox-error.ts';
import { namesIn } from './read-segment.ts';
import { decodeSegmentHeader } from './segment-format.ts';

/** Longer than any header: four names of at most 255 bytes. */
const headerBytes = 2048;

/**
 * Ids of the inbox keys that a file of the tenant needs: open and closed segments, and torn tails that are kept for a day.
 * Null when a file is there whose header cannot be read, so that nobody can tell what it needs.
 */
export async function inboxKeysInUse(dir: string, tenantId: string): Promise<Set<string> | null> {
  if (!isTenantId(tenantId)) throw new InboxError('invalid-id', 'a tenant id is a lower-case UUID');
  const folder = join(dir, tenantId);
  const paths = (await namesIn(folder))
    .filter((name) => name.endsWith('.open') || name.endsWith('.segment'))
    .map((name) => join(folder, name));
  // A torn tail is a part of a segment, without its header: the key is the one of the segment, which nobody knows here.
  if ((await namesIn(join(folder, 'torn'))).length > 0) return null;
  const used = new Set<string>();
  for (const path of paths) {
    const keyId = await readKeyId(path);
    if (keyId === null) return null;
    if (keyId !== undefined) used.add(keyId);
  }
  return used;
}

/** Undefined for a file that is gone by now. */
async function readKeyId(path: string): Promise<string | null | undefined> {
  try {
    const handle = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
      return decodeSegmentHeader(buffer.subarray(0, bytesRead))?.header.keyId ?? null;
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (hasErrorCode(cause, 'ENOENT')) return undefined;
    throw cause;
  }
}
