export { InboxError, type InboxErrorCode } from './inbox/inbox-error.ts';
export {
  defaultInboxLimits,
  openInboxWriter,
  type InboxLimits,
  type InboxState,
  type InboxWriter,
  type InboxWriterSettings,
} from './inbox/inbox-writer.ts';
export type { LandingStep, SegmentInfo } from './inbox/open-segment.ts';
export {
  decodeSegment,
  destroySegment,
  destroyTornTails,
  listSegments,
  readSegment,
  segmentPath,
  type DamagedRange,
  type InboxKeys,
  type LandedBatch,
  type ListedSegment,
  type Segment,
} from './inbox/read-segment.ts';
export type { Receipt } from './inbox/receipts.ts';
export {
  markOpenEnds,
  recordContinues,
  recordHasMore,
  RecordListBuilder,
  releaseRecords,
  type LandedRecord,
  type RecordList,
} from './inbox/record-list.ts';
export { lookAheadBytes, partEnd } from '@akashi/line-text';
export type { RecoveredSegment } from './inbox/recover-inbox.ts';
export { releaseMemory } from './inbox/release-memory.ts';
export type { AppendOutcome, InboxBatch, InboxFaultCode } from './inbox/tenant-lane.ts';
export {
  ArchiveError,
  type Archive,
  type ArchiveErrorCode,
  type ArchiveObject,
  type ArchiveStep,
  type PutOutcome,
  type TenantArchive,
} from './store/archive-store.ts';
export { openArchive, type ArchiveSettings } from './store/open-archive.ts';
