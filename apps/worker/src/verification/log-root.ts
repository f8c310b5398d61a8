import type { TenantArchive } from '@akashi/archive';
import {
  createLogReader,
  LogReadError,
  parseCheckpoint,
  verifyCheckpointByAny,
  type LogReader,
} from '@akashi/integrity';

/** A reader of one look at the archived log. */
export function logReaderOf(archive: Pick<TenantArchive, 'get'>): LogReader {
  return createLogReader((path) => archive.get(`log/${path}`));
}

/**
 * Root of the first `size` entries of an archived log, from its tiles as they stand; null when the log is shorter, or its
 * tiles cannot be read. They are as trustworthy as the archive: hold the root against a signed checkpoint.
 */
export async function logRoot(archive: Pick<TenantArchive, 'get'>, size: number): Promise<Buffer | null> {
  const newest = parseCheckpoint((await archive.get('log/checkpoint')) ?? '');
  if (!newest.ok || newest.checkpoint.size < size) return null;
  try {
    return await logReaderOf(archive).root(size, newest.checkpoint.size);
  } catch (error) {
    if (error instanceof LogReadError) return null;
    throw error;
  }
}

/** Whether a note is a checkpoint of that size, signed by a key of the log, of the log that the archive holds. */
export async function isOfLog(
  archive: Pick<TenantArchive, 'get'>,
  { note, size, verifierKeys }: { note: string; size: number; verifierKeys: readonly string[] },
): Promise<boolean> {
  const verified = verifyCheckpointByAny(note, verifierKeys);
  if (!verified.ok || verified.checkpoint.size !== size) return false;
  return (await logRoot(archive, size))?.equals(verified.checkpoint.root) === true;
}
