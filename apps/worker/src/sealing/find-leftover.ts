import type { TenantArchive } from '@akashi/archive';
import { blockKey, checkBlockBody, splitBlockObject, type BlockHeader } from '@akashi/integrity';
import { SealingError } from './sealing-error.ts';

const dayUs = 86_400 * 1_000_000;

/** A block object that a crash left without its log entry. */
export interface Leftover {
  readonly key: string;
  readonly header: BlockHeader;
  readonly headerBytes: Buffer;
}

export interface LeftoverSearch {
  readonly tenantId: string;
  /** The number that the log would give next. */
  readonly block: number;
  /** A leftover was made between the newest sealed block and now. */
  readonly fromUs: number;
  readonly nowUs: number;
}

function daysBetween(search: LeftoverSearch): number[] {
  const last = Math.floor(search.nowUs / dayUs);
  // An empty log tells nothing of when it began: a crash at its first block is found within two days.
  const first = search.fromUs === 0 ? last - 1 : Math.floor(search.fromUs / dayUs);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * dayUs);
}

/**
 * Looks for an object under the next number. It is adopted as it stands when its header is the one that its place
 * demands and its body is the one that its header commits to; anything else is not ours to write over.
 */
export async function findLeftover(archive: TenantArchive, search: LeftoverSearch): Promise<Leftover | undefined> {
  for (const dayStartUs of daysBetween(search)) {
    const key = blockKey(search.block, dayStartUs);
    const object = await archive.get(key);
    if (object === null) continue;
    const split = splitBlockObject(object);
    const fits =
      split.ok &&
      split.header.tenantId === search.tenantId &&
      split.header.block === search.block &&
      blockKey(search.block, split.header.createdUs) === key &&
      checkBlockBody(split.header, split.body) === 'ok';
    if (!fits) throw new SealingError('archive-object-conflict', key);
    return { key, header: split.header, headerBytes: Buffer.from(split.headerBytes) };
  }
  return undefined;
}
