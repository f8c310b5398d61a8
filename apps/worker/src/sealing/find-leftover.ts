import type { TenantArchive } from '@akashi/archive';
import type { SealedContent } from '@akashi/database';
import {
  blockKey,
  checkBlockBody,
  decodeEntries,
  decodeLogEntry,
  entriesPath,
  splitBlockObject,
  tileWidth,
} from '@akashi/integrity';
import { contentOfBlock, nothingSealed, type DataKeys } from './block-content.ts';
import { SealingError } from './sealing-error.ts';

const dayUs = 86_400 * 1_000_000;

/** An entry that a crash left before its checkpoint was signed. */
export interface Leftover {
  /** What holds it: its object, or for what has none the entry bundle that it is the last of. */
  readonly key: string;
  readonly bytes: Buffer;
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
    return { key, bytes: Buffer.from(split.headerBytes), content };
  }
  return findWithoutObject(archive, search);
}

/** A heartbeat and a statement have no object: what they left is the entry bundle that they are the last entry of. */
async function findWithoutObject(
  archive: LeftoverPlace['archive'],
  { tenantId, block, fromUs, untilUs }: LeftoverSearch,
): Promise<Leftover | undefined> {
  const width = (block % tileWidth) + 1;
  const key = `log/${entriesPath(Math.floor(block / tileWidth), width)}`;
  const bundle = await archive.get(key);
  if (bundle === null) return undefined;
  const entries = decodeEntries(bundle);
  const entry = entries?.length === width ? entries[width - 1] : undefined;
  const decoded = entry === undefined ? undefined : decodeLogEntry(entry);
  const fits =
    decoded?.ok === true &&
    decoded.objectKey === null &&
    decoded.tenantId === tenantId &&
    decoded.number === block &&
    decoded.createdUs >= fromUs &&
    decoded.createdUs <= untilUs;
  if (entry === undefined || !fits) throw new SealingError('archive-object-conflict', key);
  return { key, bytes: Buffer.from(entry), content: nothingSealed };
}
