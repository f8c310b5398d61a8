import type { TenantArchive } from '@akashi/archive';
import type { SealTransaction } from '@akashi/database';
import {
  createLogReader,
  decodeLogEntry,
  emptyLogEdge,
  readLogEdge,
  verifyCheckpointByAny,
  type LogEdge,
  type LogEntry,
} from '@akashi/integrity';
import { SealingError } from './sealing-error.ts';

export const logFolder = 'log';

/** The archived log as the sealer continues it. */
export interface OpenedLog {
  readonly edge: LogEdge;
  /** Entries that the archive's checkpoint commits to and the ledger has not got, oldest first. */
  readonly unrecorded: readonly Buffer[];
  /** The checkpoint that the archive points at; null for an empty log. */
  readonly head: { readonly root: Buffer; readonly checkpoint: string } | null;
  /** The newest entry; null for an empty log. */
  readonly newest: LogEntry | null;
}

export interface OpenLogInput {
  readonly archive: TenantArchive;
  readonly transaction: SealTransaction;
  /** Of every key that signed the log. */
  readonly verifierKeys: readonly string[];
  /** The edge that this process left behind, used when it is still the newest. */
  readonly remembered: LogEdge | undefined;
}

/** An entry of the archived log. Throws a SealingError for what is none. */
export function decodeArchived(bytes: Uint8Array): LogEntry {
  const decoded = decodeLogEntry(bytes);
  if (!decoded.ok) throw new SealingError('archived-log-unreadable', `${logFolder}/tile/entries`);
  return decoded;
}

interface ArchivedHead {
  readonly size: number;
  readonly root: Buffer;
  readonly checkpoint: string;
}

async function readHead(input: OpenLogInput): Promise<ArchivedHead | null> {
  const note = await input.archive.get(`${logFolder}/checkpoint`);
  if (note === null) return null;
  const verified = verifyCheckpointByAny(note, input.verifierKeys);
  if (!verified.ok) throw new SealingError('archived-log-unreadable', `${logFolder}/checkpoint`);
  const { size, root } = verified.checkpoint;
  return { size, root: Buffer.from(root), checkpoint: note.toString('utf8') };
}

/**
 * Opens the log for writing. The archive is the truth: where a crash fell between its checkpoint and the ledger's
 * commit, the missing entries come back from the archive; an archive with less than the ledger is refused.
 */
export async function openTenantLog(input: OpenLogInput): Promise<OpenedLog> {
  const { archive, transaction, remembered } = input;
  const head = await readHead(input);
  if ((head?.size ?? 0) < transaction.size) {
    throw new SealingError('archive-behind-ledger', `${logFolder}/checkpoint`);
  }
  if (head === null) return { edge: emptyLogEdge, unrecorded: [], head, newest: null };
  const read = (path: string): Promise<Uint8Array | null> => archive.get(`${logFolder}/${path}`);
  const edge = remembered?.size === head.size ? remembered : await readLogEdge(read, head);
  const reader = createLogReader(read);
  const unrecorded: Buffer[] = [];
  for (let index = transaction.size; index < head.size; index += 1)
    unrecorded.push(await reader.entry(index, head.size));
  const newest = edge.entries.at(-1) ?? (await reader.entry(head.size - 1, head.size));
  return { edge, unrecorded, head, newest: decodeArchived(newest) };
}
