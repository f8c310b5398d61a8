/** Records, with the data key: the body must open and give the root, count and times of its header. */
import {
  checkPayload,
  decodeBlockBody,
  decompressReadablePart,
  decryptBlockBodyUnverified,
  locateAlteredRecord,
  type BlockHeader,
} from '@akashi/integrity';
import type { Problem } from './findings.ts';

export interface RecordsPlace {
  object: string;
  header: BlockHeader;
  body: Buffer;
  /** Whether the body is the one that the header commits to. */
  bodyProven: boolean;
}

/** What is wrong with the records, to the record where the bytes tell; nothing when every one is proven. */
export function checkRecords(place: RecordsPlace, dataKeys: ReadonlyMap<string, Uint8Array> | null): Problem[] {
  if (dataKeys === null) return [];
  const { object, header, body } = place;
  const block = header.block;
  const key = dataKeys.get(header.dataKeyId);
  if (key === undefined) return [{ code: 'data-key-missing', object, block, fact: header.dataKeyId }];
  const opened = decodeBlockBody({ body, key, tenantId: header.tenantId, blockNumber: block });
  if (!opened.ok) {
    if (place.bodyProven) return [{ code: 'records-mismatch', object, block, fact: opened.code }];
    const leaf = locateInAlteredBody(body, key, header);
    return leaf === null ? [] : [{ code: 'record-altered', object, block, leaf }];
  }
  const checked = checkPayload(opened.payload);
  const proven =
    checked.ok &&
    checked.root.equals(header.root) &&
    checked.recordCount === header.records &&
    checked.firstReceivedUs === header.firstReceivedUs &&
    checked.lastReceivedUs === header.lastReceivedUs;
  if (proven) return [];
  const leaf = locateAlteredRecord(opened.payload, true);
  if (leaf !== null) return [{ code: 'record-altered', object, block, leaf }];
  return [{ code: 'records-mismatch', object, block, fact: checked.ok ? 'root' : checked.code }];
}

/**
 * Where an altered body first gives another record: decrypted without authentication, unpacked as far as it goes, and
 * compared with the marks that stand behind the records.
 */
function locateInAlteredBody(body: Buffer, key: Uint8Array, header: BlockHeader): number | null {
  const compressed = decryptBlockBodyUnverified({ body, key });
  if (compressed === null || header.records === 0) return null;
  const { payload, complete } = decompressReadablePart(compressed);
  return payload.length < 8 ? null : locateAlteredRecord(payload, complete);
}
