import { selectionQuery, showDocuments, type EventSelection } from './event-selection.ts';
import { pageInTime, tooLarge } from './page-in-time.ts';
import { readNumber, readObject } from './search-client.ts';
import { SearchFault } from './search-fault.ts';
import {
  closePointInTime,
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
const sort = [{ '@timestamp': 'asc' }, { 'akashi.segment': 'asc' }, { 'akashi.position': 'asc' }];
/** From page to page; between the two readings of a report there is a pause for what was there before. */
const keepAlive = '10m';

/**
 * Opens the events of a selection for reading from the first to the last, whatever comes in meanwhile. What has been
 * written must have been made findable before (`refresh`).
 */
export async function readEvents(stream: TenantStream, selection: EventSelection): Promise<EventReading> {
  const pointInTime = await openPointInTime(stream, keepAlive);
  if (pointInTime === undefined) return nothingToRead;
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

const nothingToRead: EventReading = {
  count: 0,
  // oxlint-disable-next-line require-yield -- there is nothing
  async *pages() {},
  close: () => Promise.resolve(),
};

async function* pages(
  stream: TenantStream,
  selection: EventSelection,
  pointInTime: string,
): AsyncGenerator<readonly StoredDocument[], void, undefined> {
  const query = selectionQuery(selection);
  let after: readonly (number | string)[] | undefined;
  for (let size = pageSize; ;) {
    const answer = await pageInTime(stream, {
      pointInTime,
      keepAlive,
      query,
      sort,
      size,
      after,
      signal: selection.signal,
    });
    if (answer === tooLarge) {
      if (size === 1) throw new SearchFault('search-answer-too-large');
      size = Math.ceil(size / 8);
      continue;
    }
    const hits = readHits(stream, readObject(answer));
    if (hits.length > 0) yield showDocuments(hits, selection.scope);
    if (hits.length < size) return;
    after = hits.at(-1)?.sort;
    size = Math.min(pageSize, size * 2);
  }
}
