import type { TenantDatabase, VerificationFinding } from '@akashi/database';
import {
  decodeLogEntry,
  isInRanges,
  keepUntilOf,
  readDisposal,
  saysOfBlocks,
  sumDisposed,
  type BlockHeader,
  type LogReader,
  type LogStatement,
  type SealedHeader,
} from '@akashi/integrity';
import { readProvenEntries, type KnownTree } from './check-log-growth.ts';

export interface DisposalPlaces {
  readonly reader: LogReader;
  /** The tree that entries are proven against. */
  readonly head: KnownTree;
  readonly tenant: Pick<TenantDatabase, 'disposals' | 'tombstones'>;
}

async function provenEntries(
  { reader, head }: DisposalPlaces,
  range: { from: number; to: number },
): Promise<readonly Buffer[] | null> {
  const { entries, findings } = await readProvenEntries(reader, head, range);
  return findings.length === 0 && entries.length === range.to - range.from ? entries : null;
}

function isOver(header: BlockHeader, timeUs: number): boolean {
  const keepUntilUs = keepUntilOf(header);
  return keepUntilUs !== 'never' && keepUntilUs <= timeUs;
}

/** Whether a statement that the log commits to explains that the block's object is gone. */
export async function isDisposed(places: DisposalPlaces, header: BlockHeader): Promise<boolean> {
  // The ledger only says where to look.
  const noted = await places.tenant.disposals.ofBlock(header.block);
  if (noted === null || noted.entry <= header.block || noted.entry >= places.head.size) return false;
  const [bytes] = (await provenEntries(places, { from: noted.entry, to: noted.entry + 1 })) ?? [];
  const entry = bytes === undefined ? undefined : decodeLogEntry(bytes);
  if (entry?.ok !== true || entry.kind !== 'statement') return false;
  const disposal = readDisposal(entry.statement);
  return disposal !== null && isInRanges(disposal.ranges, header.block) && isOver(header, entry.createdUs);
}

/** Whether a disposal says of its blocks what their entries do, and came when their time was over. */
export async function disposalFindings(
  places: DisposalPlaces,
  statement: LogStatement,
): Promise<VerificationFinding[]> {
  const { entry, createdUs } = statement;
  const where = (block: number): Pick<VerificationFinding, 'where' | 'block'> => ({
    where: `log/tile/entries block ${block}`,
    block: entry,
  });
  const isFalse = [{ code: 'disposal-false', ...where(entry) }];
  const disposal = readDisposal(statement);
  if (disposal === null || (disposal.ranges.at(-1)?.to ?? entry) >= entry) return isFalse;
  const blocks: SealedHeader[] = [];
  for (const { from, to } of disposal.ranges) {
    const entries = await provenEntries(places, { from, to: to + 1 });
    // Entries that are not what they were are a finding of their own blocks.
    if (entries === null) return [];
    for (const bytes of entries) {
      const decoded = decodeLogEntry(bytes);
      if (!decoded.ok || decoded.kind !== 'block' || decoded.objectKey === null) return isFalse;
      blocks.push({ bytes, header: decoded.header });
    }
  }
  const early = blocks.filter(({ header }) => !isOver(header, createdUs));
  if (early.length > 0) return early.map(({ header }) => ({ code: 'disposed-early', ...where(header.block) }));
  const isDue = disposal.dueUs <= createdUs && blocks.every(({ header }) => isOver(header, disposal.dueUs));
  return isDue && saysOfBlocks(disposal, sumDisposed(blocks)) ? [] : isFalse;
}
