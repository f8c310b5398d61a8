export type { BulkOptions, BulkOutcome, RejectedDocument, RetryPolicy } from './bulk-create.ts';
export { createBulkSlots, type BulkSlots } from './bulk-slots.ts';
export {
  createSearch,
  type Search,
  type SearchSettings,
  type TenantReading,
  type TenantSearch,
} from './create-search.ts';
export type { RestoredSet } from './restored-sets.ts';
export type { RestoredSetStream } from './restored-set-stream.ts';
export type { EventContext } from './event-context.ts';
export type { OldestEvents, OldestRequest } from './oldest-events.ts';
export type { ClassCoverage, CoverageRequest } from './event-coverage.ts';
export type { Facet, FacetRequest, FieldStatistics } from './event-facets.ts';
export type { Histogram, HistogramBucket, HistogramRequest } from './event-histogram.ts';
export type { EventSelection, TimeField } from './event-selection.ts';
export { maxBuckets, type HistogramInterval } from './histogram-interval.ts';
export { eventMapping, eventTemplate, type IndexCodec } from './index-template.ts';
export type { SearchServer } from './search-client.ts';
export { exactTotalLimit, maxPageSize, type EventPage, type EventSearch, type SearchOutcome } from './search-events.ts';
export type { EventReading } from './read-events.ts';
export type { DocumentsWanted, StoredBytes } from './read-back.ts';
export { SearchFault, type SearchFaultCode } from './search-fault.ts';
export { periodEnd, type StreamPlace } from './placement.ts';
export type { KeptIndices, SearchPlatform } from './search-platform.ts';
export type { StoredDocument } from './tenant-stream.ts';
