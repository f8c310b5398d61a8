import type { TenantArchive } from '@akashi/archive';
import {
  blockKey,
  checkBlockBody,
  checkPayload,
  decodeBlockBody,
  splitBlockObject,
  type BlockHeader,
} from '@akashi/integrity';
import type { TenantKeys } from '@akashi/keyring';
import { SealingError } from './sealing-error.ts';

const dayUs = 86_400 * 1_000_000;

/** A block object that a crash left without its log entry. */
export interface Leftover {
  readonly key: string;
  readonly header: BlockHeader;
  readonly headerBytes: Buffer;
}

export interface LeftoverPlace {
  readonly archive: Pick<TenantArchive, 'get'>;
  readonly keys: Pick<TenantKeys, 'dataKey'>;
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

/** Whether the body opens with the tenant's key and holds the records that the header says. */
function holdsWhatItSays(header: BlockHeader, body: Uint8Array, keys: LeftoverPlace['keys']): boolean {
  const { tenantId, block: blockNumber, dataKeyId } = header;
  const opened = decodeBlockBody({ tenantId, blockNumber, body, key: keys.dataKey(dataKeyId).key });
  if (!opened.ok) return false;
  const found = checkPayload(opened.payload);
  return (
    found.ok &&
    found.recordCount === header.records &&
    found.root.equals(header.root) &&
    found.firstReceivedUs === header.firstReceivedUs &&
    found.lastReceivedUs === header.lastReceivedUs
  );
}

/**
 * Looks for an object under the next number. It is adopted as it stands when its header is the one that its place
 * demands and its body holds what its header says; anything else is not ours to write over, nor to put our name to.
 */
export async function findLeftover(
  { archive, keys }: LeftoverPlace,
  search: LeftoverSearch,
): Promise<Leftover | undefined> {
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
    if (!holdsWhatItSays(split.header, split.body, keys)) throw new SealingError('leftover-unreadable', key);
    return { key, header: split.header, headerBytes: Buffer.from(split.headerBytes) };
  }
  return undefined;
}
