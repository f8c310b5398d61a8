/** Records, with the data key: the body must open and give the root, count and times of its header. */
import {
  checkOpenedBlock,
  decodeBlockBody,
  decompressReadablePart,
  decryptBlockBodyUnverified,
  locateAlteredRecord,
  splitSegmentTable,
  type BlockHeader,
} from '@akashi/integrity';
import { contentsOf, type BlockContents } from './block-contents.ts';
import type { DataKeys } from './check-block.ts';
import type { Problem } from './findings.ts';

export interface RecordsPlace {
  object: string;
  header: BlockHeader;
  body: Buffer;
  /** Whether the body is the one that the header commits to. */
  bodyProven: boolean;
}

export interface CheckedRecords {
  problems: Problem[];
  /** What a proven body holds; null without the data key, or when it is not proven. */
  contents: BlockContents | null;
}

const found = (...problems: Problem[]): CheckedRecords => ({ problems, contents: null });

/** What is wrong with the records, to the record where the bytes tell; nothing when every one is proven. */
export function checkRecords(place: RecordsPlace, dataKeys: DataKeys | null): CheckedRecords {
  const { object, header, body } = place;
  const { block, version, tenantId, dataKeyId } = header;
  if (dataKeys === null || dataKeyId === null) return found();
  const key = dataKeys.get(dataKeyId);
  if (key === undefined) return found({ code: 'data-key-missing', object, block, fact: dataKeyId });
  const opened = decodeBlockBody({ body, key, version, tenantId, blockNumber: block });
  if (!opened.ok) {
    if (place.bodyProven) return found({ code: 'records-mismatch', object, block, fact: opened.code });
    const leaf = locateInAlteredBody(body, key, header);
    return leaf === null ? found() : found({ code: 'record-altered', object, block, leaf });
  }
  const outcome = checkOpenedBlock(header, opened);
  if (outcome === 'ok') return { problems: [], contents: contentsOf(header, opened) };
  const leaf = outcome === 'segments' ? null : locateAlteredRecord(opened.payload, true);
  if (leaf !== null) return found({ code: 'record-altered', object, block, leaf });
  return found({ code: 'records-mismatch', object, block, fact: outcome });
}

/**
 * Where an altered body first gives another record: decrypted without authentication, unpacked as far as it goes, and
 * compared with the marks that stand behind the records.
 */
function locateInAlteredBody(body: Buffer, key: Uint8Array, header: BlockHeader): number | null {
  const compressed = decryptBlockBodyUnverified({ body, key });
  if (compressed === null || header.records === 0) return null;
  const { payload, complete } = decompressReadablePart(compressed);
  const records = header.version === 1 ? payload : (splitSegmentTable(payload)?.records ?? payload.subarray(0, 0));
  return records.length < 8 ? null : locateAlteredRecord(records, complete);
}
