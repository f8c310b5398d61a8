/** Records, with the data key: the body must open and give the root, count and times of its header. */
import {
  checkPayload,
  decodeBlockBody,
  decompressReadablePart,
  decryptBlockBodyUnverified,
  locateAlteredRecord,
  type BlockHeader,
} from '@akashi/integrity';
import type { BlockChecks } from './verify-blocks.ts';

export interface RecordsPlace {
  object: string;
  header: BlockHeader;
  body: Buffer;
  /** Whether the body is the one that the header commits to. */
  bodyProven: boolean;
}

/** True when every record is proven. Otherwise what is wrong was reported, to the record where the bytes tell. */
export function verifyRecords({ dataKeys, findings }: BlockChecks, place: RecordsPlace): boolean {
  const { object, header, body } = place;
  const block = header.block;
  const key = dataKeys?.get(header.dataKeyId);
  if (key === undefined) {
    findings.problem({ code: 'data-key-missing', object, block, fact: header.dataKeyId });
    return false;
  }
  const opened = decodeBlockBody({ body, key, tenantId: header.tenantId, blockNumber: block });
  if (!opened.ok) {
    const leaf = place.bodyProven ? null : locateInAlteredBody(body, key, header);
    if (leaf !== null) findings.problem({ code: 'record-altered', object, block, leaf });
    else if (place.bodyProven) findings.problem({ code: 'records-mismatch', object, block, fact: opened.code });
    return false;
  }
  const checked = checkPayload(opened.payload);
  const proven =
    checked.ok &&
    checked.root.equals(header.root) &&
    checked.recordCount === header.records &&
    checked.firstReceivedUs === header.firstReceivedUs &&
    checked.lastReceivedUs === header.lastReceivedUs;
  if (proven) return true;
  const leaf = locateAlteredRecord(opened.payload, true);
  if (leaf === null)
    findings.problem({ code: 'records-mismatch', object, block, fact: checked.ok ? 'root' : checked.code });
  else findings.problem({ code: 'record-altered', object, block, leaf });
  return false;
}

/**
 * Where an altered body first gives another record: decrypted without authentication, unpacked as far as it goes, and
 * compared with the marks that stand behind the records.
 */
function locateInAlteredBody(body: Buffer, key: Buffer, header: BlockHeader): number | null {
  const compressed = decryptBlockBodyUnverified({ body, key });
  if (compressed === null || header.records === 0) return null;
  const { payload, complete } = decompressReadablePart(compressed);
  return payload.length < 8 ? null : locateAlteredRecord(payload, complete);
}
