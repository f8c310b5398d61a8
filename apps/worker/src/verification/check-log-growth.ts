import type { TenantArchive } from '@akashi/archive';
import type { VerificationFinding } from '@akashi/database';
import {
  decodeLogEntry,
  hashLeaf,
  isKeyHandover,
  LogReadError,
  tileWidth,
  verifyCheckpointByAny,
  verifyConsistency,
  verifyInclusion,
  type LogReader,
} from '@akashi/integrity';

export interface KnownTree {
  readonly size: number;
  readonly root: Uint8Array;
}

export interface NewestTree extends KnownTree {
  /** The signed note that commits to it. */
  readonly note: string;
}

export interface CheckedGrowth {
  readonly findings: readonly VerificationFinding[];
  /** The tree of the newest checkpoint when it goes on from the known one; its entries are yet to be read. */
  readonly head: NewestTree | null;
}

const newest = 'log/checkpoint';

const failed = (code: string, where: string): CheckedGrowth => ({ findings: [{ code, where }], head: null });

/**
 * Proves that the archived log goes on from a tree that was proven before (RFC 9162 section 2.1.4): the newest checkpoint is
 * signed by the log's key, and its tree, by the tiles that are stored, holds the known one as its beginning.
 */
export async function checkLogGrowth(
  { archive, reader }: { archive: Pick<TenantArchive, 'get'>; reader: LogReader },
  known: KnownTree,
  verifierKeys: readonly string[],
): Promise<CheckedGrowth> {
  const note = await archive.get(newest);
  if (note === null) return failed('checkpoint-missing', newest);
  const verified = verifyCheckpointByAny(note, verifierKeys);
  if (!verified.ok) return failed('checkpoint-altered', newest);
  const { size, root } = verified.checkpoint;
  if (size < known.size) return failed('log-truncated', newest);
  const head = { size, root, note: Buffer.from(note).toString('utf8') };
  try {
    const proof = known.size === 0 || known.size === size ? [] : await reader.consistencyProof(known.size, size);
    const claim = { oldSize: known.size, newSize: size, oldRoot: known.root, newRoot: root, proof };
    if (!verifyConsistency(claim)) return failed('history-rewritten', newest);
    if (!(await reader.root(size)).equals(root)) return failed('checkpoint-root-mismatch', newest);
    if (verified.verifierKey !== verifierKeys.at(-1) && !(await endsInHandover(reader, size)))
      return failed('checkpoint-retired-key', newest);
    return { findings: [], head };
  } catch (error) {
    if (!(error instanceof LogReadError)) throw error;
    return failed(error.code === 'missing-tile' ? 'tile-missing' : 'tile-altered', `log/${error.path}`);
  }
}

/** Whether the log ends in the statement that retires a key, which is the last that the key signs. */
async function endsInHandover(reader: LogReader, size: number): Promise<boolean> {
  const entry = decodeLogEntry(await reader.entry(size - 1, size));
  return entry.ok && isKeyHandover(entry);
}

export interface ProvenEntries {
  readonly entries: readonly Buffer[];
  readonly findings: readonly VerificationFinding[];
}

/** The log's entries from `from` up to `to`, each proven to be in the tree; up to the first that is not. */
export async function readProvenEntries(
  reader: LogReader,
  tree: KnownTree,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ProvenEntries> {
  const entries: Buffer[] = [];
  const altered = (block: number, where: string): ProvenEntries => ({
    entries,
    findings: [{ code: 'entries-altered', where: `${where} block ${block}`, block }],
  });
  try {
    for (let index = from; index < to; index += 1) {
      const entry = await reader.entry(index, tree.size);
      // A proof takes in every hash of its entry's tile, so one of a tile proves them all.
      if (index === from || index % tileWidth === 0) {
        const proof = await reader.inclusionProof(index, tree.size);
        const claim = { leafHash: hashLeaf(entry), index, size: tree.size, proof, root: tree.root };
        if (!verifyInclusion(claim)) return altered(index, 'log/tile');
      }
      entries.push(entry);
    }
    return { entries, findings: [] };
  } catch (error) {
    if (!(error instanceof LogReadError)) throw error;
    return altered(from + entries.length, `log/${error.path}`);
  }
}
