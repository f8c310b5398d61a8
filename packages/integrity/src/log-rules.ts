import { signingKeyKind } from './key-statements.ts';
import type { LogEntry } from './log-entry.ts';

const hourUs = 3_600_000_000;

/**
 * Whether the checkpoint behind this entry has a file of its own in every archive: behind each block of version 1, and
 * behind the first entry of each UTC hour, and behind each change of the signing key, which the old key signs. `before` is the entry's predecessor; null for the first entry of a log.
 */
export function keepsCheckpoint(entry: LogEntry, before: Pick<LogEntry, 'createdUs'> | null): boolean {
  if (isOfVersion1(entry) || isKeyHandover(entry) || before === null) return true;
  return Math.floor(entry.createdUs / hourUs) !== Math.floor(before.createdUs / hourUs);
}

/** Whether the entry is of the first format, which kept every checkpoint. */
export function isOfVersion1(entry: LogEntry): boolean {
  return entry.kind === 'block' && entry.header.version === 1;
}

/** Whether another key signs the log from the next entry on. */
export function isKeyHandover(entry: LogEntry): boolean {
  return entry.kind === 'statement' && entry.statement.kind === signingKeyKind;
}
