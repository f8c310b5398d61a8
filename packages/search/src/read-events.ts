import { selectionQuery, showDocuments, type EventSelection } from './event-selection.ts';
import { readNumber, readObject } from './search-client.ts';
import { SearchFault } from './search-fault.ts';
import { inTenant } from './tenant-scope.ts';
import {
  closePointInTime,
  maxAnswerBytes,
  openPointInTime,
  readHits,
  searchStream,
  type StoredDocument,
  type TenantStream,
} from './tenant-stream.ts';

/** The events of one selection at one point in time, to be read as often as it takes. */
export interface EventReading {
  /** About how many there are: exact at that moment. */
  readonly count: number;
  /** All of them, oldest first by event time, then segment and position. Holds one page at a time. */
  pages(): AsyncGenerator<readonly StoredDocument[], void, undefined>;
  /** Whether to close or not is no question: what is left open holds files on the server for a while. */
  close(): Promise<void>;
}

const pageSize = 1_000;
/** From page to page; between the two readings of a report there is a pause for what was there before. */
const keepAlive = '10m';

/**
 * Opens the events of a selection for reading from the first to the last, whatever comes in meanwhile. What has been
 * written must have been made findable before (`refresh`).
 */
export async function readEvents(stream: TenantStream, selection: EventSelection): Promise<EventReading> {
  const pointInTime = await openPointInTime(stream, keepAlive);
  try {
    const body = { size: 0, track_total_hits: true, query: selectionQuery(selection) };
    const total = readObject(readObject((await searchStream(stream, body, selection.signal))['hits'])['total']);
    return {
      count: readNumber(total['value']),
      pages: () => pages(stream, selection, pointInTime),
      close: () => closePointInTime(stream, pointInTime),
    };
  } catch (error) {
    await closePointInTime(stream, pointInTime).catch(() => undefined);
    throw error;
  }
}

async function* pages(
  stream: TenantStream,
  selection: EventSelection,
  pointInTime: string,
): AsyncGenerator<readonly StoredDocument[], void, undefined> {
  const query = selectionQuery(selection);
  let after: readonly (number | string)[] | undefined;
  for (let size = pageSize; ;) {
    const hits = await page(stream, { query, size, after, pointInTime, signal: selection.signal });
    if (hits === 'too-large') {
      if (size === 1) throw new SearchFault('search-answer-too-large');
      size = Math.ceil(size / 8);
      continue;
    }
    if (hits.length > 0) yield showDocuments(hits, selection.scope);
    if (hits.length < size) return;
    after = hits.at(-1)?.sort;
    size = Math.min(pageSize, size * 2);
  }
}

interface Page {
  readonly query: object;
  readonly size: number;
  readonly after: readonly (number | string)[] | undefined;
  readonly pointInTime: string;
  readonly signal: AbortSignal | undefined;
}

async function page(stream: TenantStream, wanted: Page): Promise<ReturnType<typeof readHits> | 'too-large'> {
  const { query, size, after, pointInTime, signal } = wanted;
  try {
    const answer = await stream.client.request({
      method: 'POST',
      path: '/_search',
      tenantId: stream.tenantId,
      query: { allow_partial_search_results: false },
      body: inTenant(stream.tenantId, {
        size,
        track_total_hits: false,
        query,
        sort: [{ '@timestamp': 'asc' }, { 'akashi.segment': 'asc' }, { 'akashi.position': 'asc' }],
        pit: { id: pointInTime, keep_alive: keepAlive },
        ...(after === undefined ? {} : { search_after: after }),
      }),
      maxAnswerBytes,
      ...(signal === undefined ? {} : { signal }),
    });
    return readHits(stream, readObject(answer));
  } catch (error) {
    if (error instanceof SearchFault && error.code === 'search-answer-too-large') return 'too-large';
    throw error;
  }
}
