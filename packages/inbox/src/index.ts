export { InboxError, type InboxErrorCode } from './inbox-error.ts';
export {
  openInboxWriter,
  type InboxLimits,
  type InboxState,
  type InboxWriter,
  type InboxWriterSettings,
} from './inbox-writer.ts';
export { inboxKeysInUse } from './keys-in-use.ts';
export type { LandingStep, SegmentInfo } from './open-segment.ts';
export {
  decodeSegment,
  destroySegment,
  listSegments,
  readSegment,
  segmentPath,
  type DamagedRange,
  type InboxKeys,
  type LandedBatch,
  type ListedSegment,
  type Segment,
} from './read-segment.ts';
export type { Receipt } from './receipts.ts';
export {
  markOpenEnds,
  recordContinues,
  recordHasMore,
  RecordListBuilder,
  releaseRecords,
  type LandedRecord,
  type RecordList,
} from './record-list.ts';
export type { RecoveredSegment } from './recover-inbox.ts';
export { releaseMemory } from './release-memory.ts';
export type { AppendOutcome, InboxBatch, InboxFaultCode } from './writer-lane.ts';
