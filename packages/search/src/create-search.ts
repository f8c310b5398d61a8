import type { AccessScope } from '@akashi/policy';
import type { QueryTree } from '@akashi/query';
import { bulkCreate, type BulkOptions, type BulkOutcome } from './bulk-create.ts';
import { documentIdPrefix } from './document-id.ts';
import { eventContext, getEvent, type EventContext } from './event-context.ts';
import { oldestEvents, type OldestEvents, type OldestRequest } from './oldest-events.ts';
import { eventCoverage, type ClassCoverage, type CoverageRequest } from './event-coverage.ts';
import { eventFacets, fieldStatistics, type Facet, type FacetRequest, type FieldStatistics } from './event-facets.ts';
import { eventHistogram, type Histogram, type HistogramRequest } from './event-histogram.ts';
import type { EventSelection } from './event-selection.ts';
import { placementOf, type PlacementSettings } from './placement.ts';
import { openRestoredSet, type RestoredSetStream } from './restored-set-stream.ts';
import { restoredStream, type RestoredSet } from './restored-sets.ts';
import { expungeRemoved, removeDocuments } from './remove-documents.ts';
import { createSearchClient, type SearchServer } from './search-client.ts';
import { readEvents, type EventReading } from './read-events.ts';
import { seenConditions } from './seen-conditions.ts';
import { searchEvents, type EventSearch, type SearchOutcome } from './search-events.ts';
import { readBack, type DocumentsWanted, type StoredBytes } from './read-back.ts';
import { listWithoutSegment } from './segment-documents.ts';
import { createSearchPlatform, type SearchPlatform } from './search-platform.ts';
import { createStreamMaker } from './stream-maker.ts';
import { refreshStream, type StoredDocument, type TenantStream } from './tenant-stream.ts';

/** What can be asked about one tenant's events, within the caller's scope. */
export interface TenantReading {
  search(search: EventSearch): Promise<SearchOutcome>;
  /** All events of a selection at one point in time, oldest first. */
  readEvents(selection: EventSelection): Promise<EventReading>;
  /** Which of the conditions any event of the selection fulfils. */
  seen(selection: EventSelection, conditions: readonly QueryTree[]): Promise<boolean[]>;
  histogram(request: HistogramRequest): Promise<Histogram>;
  facets(request: FacetRequest): Promise<Facet[]>;
  coverage(request: CoverageRequest): Promise<ClassCoverage[]>;
  /** Since when events are searchable, by log group and stream. */
  oldest(request: OldestRequest): Promise<OldestEvents[]>;
  fieldStats(request: EventSelection): Promise<FieldStatistics>;
  /** An event by its id. */
  get(id: string, scope: AccessScope): Promise<StoredDocument | undefined>;
  context(place: { id: string; count: number }, scope: AccessScope): Promise<EventContext | undefined>;
}

/** One tenant's events. Nothing here can name another tenant's index; reading takes the caller's scope. */
export interface TenantSearch extends TenantReading {
  /** What ids of a landing segment's documents begin with; the position follows. */
  documentIdPrefix(segmentId: string): string;
  /** The same with these restored sets beside what is online; each event is found once. */
  withRestored(sets: readonly RestoredSet[]): TenantReading;
  /** The stream of one restored set, to be made and removed. */
  restoredSet(id: string): RestoredSetStream;
  bulkCreate(chunks: Iterable<Buffer> | AsyncIterable<Buffer>, options?: BulkOptions): Promise<BulkOutcome>;
  listWithoutSegment(): Promise<string[]>;
  /** Documents exactly as the index holds them, in pages, in the order of segment and position. */
  readBack(wanted: DocumentsWanted): AsyncGenerator<readonly StoredBytes[], void, undefined>;
  /** Takes documents out, so that they can be made again from the archive. Answers how many there were. */
  removeSegments(segmentIds: readonly string[]): Promise<number>;
  removeAll(): Promise<number>;
  /** Has what was taken out leave the files of the index as well, and not only what searches see. */
  expungeRemoved(): Promise<void>;
  /** Makes everything written so far findable now; searches see it within about a second by themselves. */
  refresh(): Promise<void>;
}

export interface Search {
  forTenant(tenantId: string): TenantSearch;
  platform: SearchPlatform;
  close(): Promise<void>;
}

export interface SearchSettings extends SearchServer {
  /** What names of data streams begin with. */
  streamPrefix?: string;
  /** Organisations that get streams of their own. */
  largeTenants?: readonly string[];
}

const defaultStreamPrefix = 'akashi-events';

export function createSearch(settings: SearchSettings): Search {
  const client = createSearchClient(settings);
  const prefix = settings.streamPrefix ?? defaultStreamPrefix;
  const placement = { prefix, largeTenants: new Set(settings.largeTenants?.map(checkTenantId)) };
  const streams = createStreamMaker(client);
  return {
    forTenant: (tenantId) => {
      const place = placementOf(placement, checkTenantId(tenantId));
      return tenantSearch({ client, tenantId, streams, placement: place, restored: [] }, placement);
    },
    platform: createSearchPlatform(client, placement),
    close: () => client.close(),
  };
}

function tenantSearch(stream: TenantStream, settings: PlacementSettings): TenantSearch {
  return {
    ...tenantReading(stream),
    documentIdPrefix: (segmentId) => documentIdPrefix(stream.tenantId, segmentId),
    withRestored: (sets) => {
      const placed = sets.map((set) => ({ ...set, ...restoredStream(settings, stream.tenantId, set.id) }));
      return tenantReading({ ...stream, restored: placed });
    },
    restoredSet: (id) => openRestoredSet(stream, restoredStream(settings, stream.tenantId, id).stream),
    bulkCreate: (chunks, options) => bulkCreate(stream, chunks, options),
    listWithoutSegment: () => listWithoutSegment(stream),
    readBack: (wanted) => readBack(stream, wanted),
    removeSegments: (segmentIds) => removeDocuments(stream, segmentIds),
    removeAll: () => removeDocuments(stream),
    expungeRemoved: () => expungeRemoved(stream),
    refresh: () => refreshStream(stream),
  };
}

function tenantReading(stream: TenantStream): TenantReading {
  return {
    search: (search) => searchEvents(stream, search),
    readEvents: (selection) => readEvents(stream, selection),
    seen: (selection, conditions) => seenConditions(stream, selection, conditions),
    histogram: (request) => eventHistogram(stream, request),
    facets: (request) => eventFacets(stream, request),
    coverage: (request) => eventCoverage(stream, request),
    oldest: (request) => oldestEvents(stream, request),
    fieldStats: (request) => fieldStatistics(stream, request),
    get: (id, scope) => getEvent(stream, id, scope),
    context: (place, scope) => eventContext(stream, place, scope),
  };
}

/** An id becomes a part of index names and document ids: anything but a UUID could name those of others. */
function checkTenantId(tenantId: string): string {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(tenantId)) throw new RangeError('not a tenant id');
  return tenantId;
}
