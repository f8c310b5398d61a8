export {
  openQueue,
  prepareQueue,
  queueSchema,
  type DutyOptions,
  type PipelineOptions,
  type Queue,
  type QueueOptions,
} from './open-queue.ts';
export type { PipelineAttempt, PipelineConsumer, PipelineHandler } from './consumer.ts';
export type { Lane } from './lane.ts';
export type { QueueCounts, WaitingLine } from './producer.ts';
export { QueueUnavailableError } from './queue-unavailable-error.ts';
export type { DutyHandlers, DutyLength } from './duty-queues.ts';
export type { RowHandler, RowKind } from './row-queue.ts';
export {
  jobKinds,
  type DutyRunPayload,
  type JobKind,
  type JobPayload,
  type ReportRunPayload,
  type RestorePayload,
  type SegmentPayload,
} from './job-kinds.ts';
