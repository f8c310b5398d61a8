import type { TenantArchive } from '@akashi/archive';
import type { SealedContent } from '@akashi/database';
import {
  blockKey,
  checkBlockBody,
  decodeBlockHeader,
  decodeEntries,
  entriesPath,
  hasBlockObject,
  splitBlockObject,
  tileWidth,
} from '@akashi/integrity';
import { contentOfBlock, nothingSealed, type DataKeys } from './block-content.ts';
import { SealingError } from './sealing-error.ts';

const dayUs = 86_400 * 1_000_000;

/** A block that a crash left before its checkpoint was signed. */
export interface Leftover {
  /** What holds it: its object, or for a heartbeat the entry bundle with its header. */
  readonly key: string;
  readonly headerBytes: Buffer;
  readonly content: SealedContent;
}

export interface LeftoverPlace {
  readonly archive: Pick<TenantArchive, 'get'>;
  readonly keys: DataKeys;
}

export interface LeftoverSearch {
  readonly tenantId: string;
  /** The number that the log would give next. */
  readonly block: number;
  /** A leftover is dated between the newest sealed block and the latest date that a block can have now. */
  readonly fromUs: number;
  readonly untilUs: number;
}

function daysBetween(search: LeftoverSearch): number[] {
  const last = Math.floor(search.untilUs / dayUs);
  // An empty log tells nothing of when it began: a crash at its first block is found within two days.
  const first = search.fromUs === 0 ? last - 1 : Math.floor(search.fromUs / dayUs);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * dayUs);
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
    const content = contentOfBlock(split.header, split.body, keys);
    if (content === null) throw new SealingError('leftover-unreadable', key);
    return { key, headerBytes: Buffer.from(split.headerBytes), content };
  }
  return findHeartbeat(archive, search);
}

/** A heartbeat has no object: what it left is the entry bundle that its header is the last entry of. */
async function findHeartbeat(
  archive: LeftoverPlace['archive'],
  { tenantId, block, fromUs, untilUs }: LeftoverSearch,
): Promise<Leftover | undefined> {
  const width = (block % tileWidth) + 1;
  const key = `log/${entriesPath(Math.floor(block / tileWidth), width)}`;
  const bundle = await archive.get(key);
  if (bundle === null) return undefined;
  const entries = decodeEntries(bundle);
  const entry = entries?.length === width ? entries[width - 1] : undefined;
  const decoded = entry === undefined ? undefined : decodeBlockHeader(entry);
  const fits =
    decoded?.ok === true &&
    !hasBlockObject(decoded.header) &&
    decoded.header.tenantId === tenantId &&
    decoded.header.block === block &&
    decoded.header.createdUs >= fromUs &&
    decoded.header.createdUs <= untilUs;
  if (entry === undefined || !fits) throw new SealingError('archive-object-conflict', key);
  return { key, headerBytes: Buffer.from(entry), content: nothingSealed };
}
