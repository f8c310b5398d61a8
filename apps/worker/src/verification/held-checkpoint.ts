import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database, HeldCheckpoint, TenantId, VerificationFinding } from '@akashi/database';
import { makeDirectory, replaceFile } from '@akashi/durable-files';
import { verifyCheckpointByAny, type TreeHead } from '@akashi/integrity';
import { logRoot } from './log-root.ts';

/** The checkpoint that verification proved last, kept twice: in a file beside neither archive nor database, and there. */
export interface HeldPlaces {
  readonly database: Database;
  readonly archive: { forTenant(tenantId: TenantId): { get(path: string): Promise<Buffer | null> } };
  readonly folder: string;
  /** Of this worker, whose folder it is. */
  readonly node: string;
}

export interface HeldReading {
  /** The file that holds the larger of the two; what the log must still contain. */
  readonly file: string | undefined;
  readonly findings: readonly VerificationFinding[];
}

const fileOf = (folder: string, tenantId: TenantId): string => join(folder, `${tenantId}.held`);
/** Written before the database held a copy too; read once, and gone when both hold it. */
const earlierFileOf = (folder: string, tenantId: TenantId): string => join(folder, `${tenantId}.checkpoint`);

async function readNote(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Whether anything was ever proven of this tenant. */
export async function isAnythingHeld({ database, folder }: HeldPlaces, tenantId: TenantId): Promise<boolean> {
  for (const path of [fileOf(folder, tenantId), earlierFileOf(folder, tenantId)])
    if ((await readNote(path)) !== null) return true;
  return (await database.forTenant(tenantId).heldCheckpoints.get()) !== null;
}

/** Told once: the next proof holds the copy again. */
export const heldMissing = 'held-checkpoint-missing';

const held = (code: string, where: 'file' | 'database'): VerificationFinding => ({
  code,
  where: `held checkpoint in the ${where}`,
});

/**
 * Reads what is held in both places. One that is gone while the other is there, that the log's key has not signed, or
 * that contradicts the other is a finding: whoever rewrites a log must get rid of both. A node that has proven nothing yet
 * has no file.
 */
export async function readHeld(
  places: HeldPlaces,
  tenantId: TenantId,
  verifierKeys: readonly string[],
): Promise<HeldReading> {
  const path = fileOf(places.folder, tenantId);
  const earlier = earlierFileOf(places.folder, tenantId);
  const [inFile, earlierNote, row] = await Promise.all([
    readNote(path),
    readNote(earlier),
    places.database.forTenant(tenantId).heldCheckpoints.get(),
  ]);
  if (inFile === null && row === null) return { file: earlierNote === null ? undefined : earlier, findings: [] };
  const findings: VerificationFinding[] = [];
  const headOf = (note: string | null, where: 'file' | 'database'): TreeHead | undefined => {
    if (note === null) {
      if (where === 'database' || isHolder(row, places.node)) findings.push(held(heldMissing, where));
      return undefined;
    }
    const verified = verifyCheckpointByAny(note, verifierKeys);
    if (verified.ok) return verified.checkpoint;
    findings.push(held('held-checkpoint-altered', where));
    return undefined;
  };
  const fileHead = headOf(inFile, 'file');
  const rowHead = headOf(row?.note ?? null, 'database');
  if (rowHead !== undefined && Number(row?.size) !== rowHead.size)
    findings.push(held('held-checkpoint-altered', 'database'));
  if (fileHead !== undefined && rowHead !== undefined && !(await agree(places, tenantId, [fileHead, rowHead])))
    findings.push(held('held-checkpoint-altered', rowHead.size > fileHead.size ? 'file' : 'database'));
  if (rowHead !== undefined && row !== null && rowHead.size > (fileHead?.size ?? 0)) {
    const copy = `${path}.database`;
    await makeDirectory(places.folder);
    await replaceFile(copy, row.note);
    return { file: copy, findings };
  }
  return { file: fileHead === undefined ? undefined : path, findings };
}

/** Rows that are older than nodes were told apart name none: of them this worker is the holder. */
function isHolder(row: HeldCheckpoint | null, node: string): boolean {
  return row === null || row.nodes.length === 0 || row.nodes.includes(node);
}

/** A crash between the two leaves one behind the other: both must then be of the log that the archive holds. */
async function agree(places: HeldPlaces, tenantId: TenantId, heads: readonly TreeHead[]): Promise<boolean> {
  const [smaller, larger] = heads.toSorted((a, b) => a.size - b.size);
  if (smaller === undefined || larger === undefined) return true;
  const root = Buffer.from(smaller.root);
  if (smaller.size === larger.size) return root.equals(larger.root);
  return (await logRoot(places.archive.forTenant(tenantId), smaller.size))?.equals(root) === true;
}

/**
 * Holds exactly what was proven: the checkpoint that the proof ended in, when the log's key signed it. The file first,
 * then the database; neither ever gets smaller.
 */
export async function holdProven(
  places: HeldPlaces,
  tenantId: TenantId,
  { note, verifierKeys, at }: { readonly note: string; readonly verifierKeys: readonly string[]; readonly at: Date },
): Promise<void> {
  const verified = verifyCheckpointByAny(note, verifierKeys);
  if (!verified.ok) return;
  const { size } = verified.checkpoint;
  await makeDirectory(places.folder);
  const path = fileOf(places.folder, tenantId);
  const before = await readNote(path);
  const former = before === null ? undefined : verifyCheckpointByAny(before, verifierKeys);
  if (former?.ok !== true || former.checkpoint.size <= size) await replaceFile(path, note);
  await places.database.forTenant(tenantId).heldCheckpoints.raise({ size, note, provenAt: at, node: places.node });
  await rm(`${path}.database`, { force: true });
  await rm(earlierFileOf(places.folder, tenantId), { force: true });
}
