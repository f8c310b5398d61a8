/** The object that took a block's place when records were removed from it: it must be what the tombstone says. */
import {
  checkOpenedBlock,
  checkStoredBody,
  decodeStoredBlock,
  splitBlockObject,
  type BlockHeader,
  type Tombstone,
} from '@akashi/integrity';
import { contentsOf } from './block-contents.ts';
import { maxBlockBytes, type BlockOutcome, type BlockReader } from './check-block.ts';
import type { Problem } from './findings.ts';
import { UnreadableError } from './object-source.ts';

export interface ReplacementPlace {
  readonly object: string;
  readonly header: BlockHeader;
  /** The block's entry in the log. */
  readonly headerBytes: Uint8Array;
  /** Entry of the tombstone. */
  readonly entry: number;
  readonly tombstone: Tombstone;
  /** Every position that it and the tombstones before it remove, ascending. */
  readonly removed: readonly number[];
}

/** What is wrong with a replacement; `absent` when it is not there. */
export async function checkReplacement(reader: BlockReader, place: ReplacementPlace): Promise<BlockOutcome | 'absent'> {
  const { object, header } = place;
  const { block } = header;
  const told = (problem: Omit<Problem, 'object' | 'block'>): BlockOutcome => ({
    problems: [{ ...problem, object, block }],
    contents: null,
  });
  try {
    const bytes = await reader.store.read(object, maxBlockBytes);
    if (bytes === null) return 'absent';
    if (bytes === 'larger') return told({ code: 'unreadable', fact: 'TOO_LARGE' });
    const split = splitBlockObject(bytes);
    if (!split.ok || !isOfTombstone(split, place) || checkStoredBody(split) !== 'ok')
      return told({ code: 'replacement-altered' });
    if (reader.dataKeys === null) return { problems: [], contents: null };
    const keyId = place.tombstone.replacement.dataKeyId;
    const key = reader.dataKeys.get(keyId);
    if (key === undefined) return told({ code: 'data-key-missing', fact: keyId });
    const opened = decodeStoredBlock(split, { tenantId: header.tenantId, blockNumber: block, key });
    if (!opened.ok) return told({ code: 'records-mismatch', fact: opened.code });
    const outcome = checkOpenedBlock(header, opened, { removed: place.removed });
    return outcome === 'ok'
      ? { problems: [], contents: contentsOf(header, opened) }
      : told({ code: 'records-mismatch', fact: outcome });
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return told({ code: 'unreadable', fact: error.reason });
  }
}

function isOfTombstone(
  { headerBytes, replacement }: Extract<ReturnType<typeof splitBlockObject>, { ok: true }>,
  { headerBytes: sealed, entry, tombstone }: ReplacementPlace,
): boolean {
  const { bodySha256, bodyLength, dataKeyId } = tombstone.replacement;
  return (
    replacement !== null &&
    headerBytes.equals(sealed) &&
    replacement.tombstone === entry &&
    replacement.bodyLength === bodyLength &&
    replacement.dataKeyId === dataKeyId &&
    Buffer.from(bodySha256).equals(replacement.bodySha256)
  );
}
