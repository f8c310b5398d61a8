export {
  openQueue,
  prepareQueue,
  queueSchema,
  type PipelineOptions,
  type Queue,
  type QueueOptions,
} from './open-queue.ts';
export type { PipelineAttempt, PipelineConsumer, PipelineHandler } from './consumer.ts';
export type { Lane } from './lane.ts';
export type { QueueCounts, WaitingLine } from './producer.ts';
export { QueueUnavailableError } from './queue-unavailable-error.ts';
export { segmentPayload, type SegmentPayload } from './segment-payload.ts';
