import { readSegment, type InboxKeys } from '@akashi/inbox';
import { compressPayload, createSegmentBuilder, joinSegments, recordFlags } from '@akashi/integrity';
import { decodeBatchOrigin, encodeBatchOrigin, type BatchOrigin } from '@akashi/log-event';
import { createMasker, type Masker, type MaskNote, type MaskPolicy } from '@akashi/masking';
import { maskLines } from './mask-lines.ts';

export interface MaskRecordsInput {
  readonly segmentId: string;
  readonly segmentPath: string;
  readonly policy: MaskPolicy;
}

/** A block without its number: everything that depends on the records alone. */
export interface MaskedBlock {
  /** The records, as `readBlockRecords` reads them. */
  readonly payload: Uint8Array;
  /** The payload of a block with this one segment. */
  readonly compressed: Uint8Array;
  readonly root: Uint8Array;
  readonly records: number;
  readonly firstReceivedUs: number | null;
  readonly lastReceivedUs: number | null;
  /** Records whose every digit was starred because masking itself failed on them. */
  readonly failedClosed: number;
  /** Bytes of the segment that no longer authenticate: damage to the storage, or tampering. */
  readonly damagedBytes: number;
}

/** A record with more changes than this keeps its first notes; the masked text itself shows every change. */
const mostNotes = 500;

function encodeNotes(notes: readonly MaskNote[]): Buffer {
  return Buffer.from(JSON.stringify(notes.slice(0, mostNotes)), 'utf8');
}

function maskOrigin(origin: BatchOrigin, masker: Masker): BatchOrigin {
  return {
    ...origin,
    logStream: origin.logStream === null ? null : masker.maskText(origin.logStream),
    ...(origin.file === undefined ? {} : { file: masker.maskText(origin.file) }),
  };
}

/**
 * accepted → masked: decrypts a landing segment, removes card data from every record and puts the records into a block.
 * Clear text exists only in this call's memory. The same segment and policy give the same block.
 */
export async function maskRecords(input: MaskRecordsInput, keys: InboxKeys): Promise<MaskedBlock> {
  const masker = createMasker(input.policy);
  const segment = await readSegment(input.segmentPath, keys);
  const builder = createSegmentBuilder({ count: segment.recordCount, bytes: segment.recordBytes });
  let failedClosed = 0;
  for (const batch of segment.batches) {
    const origin = maskOrigin(decodeBatchOrigin(batch.origin), masker);
    const originIndex = builder.addOrigin(encodeBatchOrigin(origin));
    let sequence = 0;
    for (const { flags, record, notes, failed } of maskLines(batch.records, masker)) {
      if (failed) failedClosed += 1;
      builder.addRecord({
        originIndex,
        flags: failed ? flags | recordFlags.maskingFailedClosed : flags,
        receivedAtUs: batch.receivedAtUs,
        sequence,
        notes: notes.length === 0 ? null : encodeNotes(notes),
        record,
      });
      sequence += 1;
    }
  }
  segment.release();
  const built = builder.finish();
  const block = joinSegments([{ segmentId: input.segmentId, ...built }]);
  return {
    payload: built.payload,
    compressed: compressPayload(block.payload),
    root: block.root,
    records: block.records,
    firstReceivedUs: block.firstReceivedUs,
    lastReceivedUs: block.lastReceivedUs,
    failedClosed,
    damagedBytes: [...segment.damaged, ...(segment.torn === undefined ? [] : [segment.torn])].reduce(
      (sum, range) => sum + range.length,
      0,
    ),
  };
}
