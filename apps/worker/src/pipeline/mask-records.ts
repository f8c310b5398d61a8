import { readSegment, type InboxKeys } from '@akashi/inbox';
import { createSegmentBuilder, recordFlags } from '@akashi/integrity';
import { decodeBatchOrigin, encodeBatchOrigin, type BatchOrigin } from '@akashi/log-event';
import { createMasker, type Masker, type MaskNote, type MaskPolicy } from '@akashi/masking';
import { LogGroupTally } from '../sealing/join-block.ts';
import type { MaskedSegment } from '../sealing/masked-memory.ts';
import { maskLines } from './mask-lines.ts';

export interface MaskRecordsInput {
  readonly segmentId: string;
  readonly segmentPath: string;
  readonly policy: MaskPolicy;
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
 * accepted → masked: decrypts a landing segment and removes card data from every record. Clear text exists only in this
 * call's memory. The same segment and policy give the same bytes.
 */
export async function maskRecords(input: MaskRecordsInput, keys: InboxKeys): Promise<MaskedSegment> {
  const masker = createMasker(input.policy);
  const segment = await readSegment(input.segmentPath, keys);
  const builder = createSegmentBuilder({ count: segment.recordCount, bytes: segment.recordBytes });
  const logGroups = new LogGroupTally();
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
    const { receivedAtUs } = batch;
    logGroups.add({
      logGroup: origin.logGroup,
      records: sequence,
      firstReceivedUs: receivedAtUs,
      lastReceivedUs: receivedAtUs,
    });
  }
  segment.release();
  return {
    segmentId: input.segmentId,
    ...builder.finish(),
    logGroups: logGroups.list(),
    failedClosed,
    damagedBytes: [...segment.damaged, ...(segment.torn === undefined ? [] : [segment.torn])].reduce(
      (sum, range) => sum + range.length,
      0,
    ),
  };
}
