import { bringBackTiles, type Archive, type TenantArchive } from '@akashi/archive';
import type { Database, TenantId } from '@akashi/database';
import { parseCheckpoint, verifyCheckpointByAny, type TreeHead } from '@akashi/integrity';
import type { Keyring } from '@akashi/keyring';
import { readProvenEntries } from '../verification/check-log-growth.ts';
import { logReaderOf } from '../verification/log-root.ts';
import { copyBlocks, type LeftOut } from './copy-blocks.ts';
import { copyMissing, copyTiles } from './copy-objects.ts';

export interface CopyParts {
  readonly database: Pick<Database, 'forTenant'>;
  readonly archive: Pick<Archive, 'forTenant'>;
  /** The second archive, in another place. */
  readonly copy: Pick<Archive, 'forTenant'>;
  readonly keyring: { forTenant(tenantId: string): Pick<ReturnType<Keyring['forTenant']>, 'verifierKeys'> };
  readonly now: () => Date;
  /** Told before each durable step, for fault drills. */
  readonly onStep: (step: string) => void;
}

export interface CopyRun {
  /** Entries that the copy has already. */
  readonly from: number;
  readonly signal: AbortSignal;
}

/** Something of the archive is not what its log says: it is not copied, and a code says what it was. */
export class CopyFault extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`the archive cannot be copied: ${code}`);
    this.name = 'CopyFault';
    this.code = code;
  }
}

/** So many entries are held at a time. */
const pageOfEntries = 256;

/**
 * Brings the second archive up to the newest checkpoint: entries in the order of the log, each proven first, the pointer
 * `log/checkpoint` last, so that a crash leaves a shorter copy and never a false one. Doing it twice is doing it once. Objects
 * that are missing in the archive or altered are left out, and tried again with each run.
 */
export async function copyTenant(parts: CopyParts, tenantId: TenantId, run: CopyRun): Promise<{ size: number } | null> {
  const tenant = parts.database.forTenant(tenantId);
  const places = { archive: parts.archive.forTenant(tenantId), copy: parts.copy.forTenant(tenantId) };
  const note = await places.archive.get('log/checkpoint');
  if (note === null) return null;
  const verified = verifyCheckpointByAny(note.toString('utf8'), parts.keyring.forTenant(tenantId).verifierKeys());
  if (!verified.ok) throw new CopyFault('checkpoint-altered');
  const head = verified.checkpoint;
  const from = Math.min(run.from, head.size);
  for (const prefix of ['format', 'verifier-key']) await copyMissing(places, prefix);
  const known = parseCheckpoint((await places.copy.get('log/checkpoint')) ?? '');
  const proved = known.ok ? known.checkpoint.size : 0;
  let left: LeftOut | null = null;
  for (let start = from; start < head.size; start += pageOfEntries) {
    if (run.signal.aborted) return null;
    const range = { from: start, to: Math.min(start + pageOfEntries, head.size) };
    const entries = await proven(places.archive, head, range);
    const blocks = { ...places, ledger: tenant.archiveCopy, proved, onStep: parts.onStep };
    const leftHere = await copyBlocks(blocks, range, entries);
    left ??= leftHere;
  }
  await copyLog({ ...places, onStep: parts.onStep }, head, from);
  await proven(places.copy, head, { from: Math.max(from - 1, 0), to: head.size });
  const isNew = (key: string): boolean => Number(key.slice('log/checkpoints/'.length)) >= from;
  await copyMissing(places, 'log/checkpoints/', isNew);
  for (const prefix of ['timestamps/', 'reports/']) await copyMissing(places, prefix);
  parts.onStep('copy-before-checkpoint');
  await movePointer(places.copy, note, head);
  parts.onStep('copy-before-note');
  await tenant.archiveCopy.note({ size: left?.block ?? head.size, at: parts.now(), fault: left?.code ?? null });
  return { size: head.size };
}

/** The entries, or a fault where the log is not what its checkpoint says. Page by page, so that none of it is held for long. */
async function proven(
  archive: Pick<TenantArchive, 'get'>,
  head: TreeHead,
  { from, to }: { from: number; to: number },
): Promise<readonly Buffer[]> {
  const all: Buffer[] = [];
  for (let start = from; start < to; start += pageOfEntries) {
    const page = { from: start, to: Math.min(start + pageOfEntries, to) };
    const { entries, findings } = await readProvenEntries(logReaderOf(archive), head, page);
    const [first] = findings;
    if (first !== undefined) throw new CopyFault(first.code);
    if (to - from <= pageOfEntries) all.push(...entries);
  }
  return all;
}

async function copyLog(
  places: { archive: TenantArchive; copy: TenantArchive; onStep: (step: string) => void },
  head: TreeHead,
  from: number,
): Promise<void> {
  places.onStep('copy-before-tiles');
  await copyTiles(places, { from, size: head.size });
  // The archive may have grown past these since; what grew was copied, and holds them.
  await bringBackTiles(places.copy, head.size);
}

/** The pointer never goes back: another worker may have been further. */
async function movePointer(copy: TenantArchive, note: Buffer, head: TreeHead): Promise<void> {
  const there = await copy.get('log/checkpoint');
  if (there?.equals(note) === true) return;
  const newest = parseCheckpoint(there ?? '');
  if (newest.ok && newest.checkpoint.size > head.size) return;
  await copy.replaceCheckpoint(note);
  if ((await copy.get('log/checkpoint'))?.equals(note) !== true) throw new CopyFault('copy-not-written');
}
