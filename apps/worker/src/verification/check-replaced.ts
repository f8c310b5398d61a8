import type { TenantArchive } from '@akashi/archive';
import type { TenantDatabase, VerificationFinding } from '@akashi/database';
import {
  checkOpenedBlock,
  checkStoredBody,
  decodeLogEntry,
  decodeStoredBlock,
  fitsBlock,
  numbersOf,
  readTombstone,
  replacementKey,
  splitBlockObject,
  type BlockHeader,
  type Tombstone,
} from '@akashi/integrity';
import type { TenantKeys } from '@akashi/keyring';
import { readProvenEntries } from './check-log-growth.ts';
import type { DisposalPlaces } from './check-disposals.ts';

export interface ReplacedPlaces extends Pick<DisposalPlaces, 'reader' | 'head'> {
  readonly tenantId: string;
  readonly archive: Pick<TenantArchive, 'get'>;
  readonly keys: Pick<TenantKeys, 'dataKey'>;
  readonly tenant: Pick<TenantDatabase, 'tombstones'>;
}

export interface CheckedReplacement {
  /** Where replacements of the block may lie. */
  readonly keys: readonly string[];
  /** Whether one stands in the block's place, so that its original may be gone. */
  readonly isInPlace: boolean;
  readonly findings: readonly VerificationFinding[];
}

interface SealedTombstone {
  readonly entry: number;
  readonly tombstone: Tombstone;
}

/**
 * Whether the object that took a block's place is what the tombstones say that the log commits to, down to its records; null for a
 * block without one.
 */
export async function checkReplaced(
  places: ReplacedPlaces,
  header: BlockHeader,
  headerBytes: Uint8Array,
): Promise<CheckedReplacement | null> {
  const sealed = await tombstonesOf(places, header);
  if (sealed.length === 0) return null;
  const keys = sealed.map(({ entry }) => replacementKey(header, entry));
  // The newest that is there: until it was written, the one before it stands in the block's place.
  for (let last = sealed.length; last > 0; last -= 1) {
    const object = await places.archive.get(keys[last - 1] ?? '');
    if (object === null) continue;
    const isTrue = isReplacement(places, { header, headerBytes, object, sealed: sealed.slice(0, last) });
    const where = `${keys[last - 1] ?? ''} block ${header.block}`;
    const findings = isTrue ? [] : [{ code: 'replacement-altered', where, block: header.block }];
    return { keys, isInPlace: true, findings };
  }
  return { keys, isInPlace: false, findings: [] };
}

/** The ledger only says where to look. */
async function tombstonesOf(
  { tenant, reader, head }: ReplacedPlaces,
  header: BlockHeader,
): Promise<readonly SealedTombstone[]> {
  const found: SealedTombstone[] = [];
  for (const { entry } of await tenant.tombstones.ofBlock(header.block)) {
    if (entry === null || entry >= head.size) continue;
    const { entries, findings } = await readProvenEntries(reader, head, { from: entry, to: entry + 1 });
    const decoded = findings.length > 0 || entries[0] === undefined ? null : decodeLogEntry(entries[0]);
    const tombstone = decoded?.ok === true && decoded.kind === 'statement' ? readTombstone(decoded.statement) : null;
    if (tombstone !== null && fitsBlock(tombstone, header)) found.push({ entry, tombstone });
  }
  return found;
}

interface ReplacementToCheck {
  readonly header: BlockHeader;
  readonly headerBytes: Uint8Array;
  readonly object: Buffer;
  /** Up to the one that the object follows. */
  readonly sealed: readonly SealedTombstone[];
}

function isReplacement(
  { tenantId, keys }: ReplacedPlaces,
  { header, headerBytes, object, sealed }: ReplacementToCheck,
): boolean {
  const split = splitBlockObject(object);
  const stated = sealed.at(-1);
  if (!split.ok || split.replacement === null || stated === undefined) return false;
  const { replacement } = split;
  const { bodySha256, bodyLength, dataKeyId } = stated.tombstone.replacement;
  const isStated =
    split.headerBytes.equals(headerBytes) &&
    replacement.tombstone === stated.entry &&
    replacement.bodyLength === bodyLength &&
    replacement.dataKeyId === dataKeyId &&
    Buffer.from(replacement.bodySha256).equals(bodySha256) &&
    checkStoredBody(split) === 'ok';
  if (!isStated) return false;
  const key = keyOf(keys, dataKeyId);
  // Nobody can open it any more: what it is stands in the statement all the same.
  if (key === null) return true;
  const opened = decodeStoredBlock(split, { tenantId, blockNumber: header.block, key });
  const removed = new Set(sealed.flatMap(({ tombstone }) => numbersOf(tombstone.ranges)));
  return opened.ok && checkOpenedBlock(header, opened, { removed: [...removed].sort((a, b) => a - b) }) === 'ok';
}

function keyOf(keys: ReplacedPlaces['keys'], id: string): Uint8Array | null {
  try {
    return keys.dataKey(id).key;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'key-missing') return null;
    throw error;
  }
}
