import type { AccessScope } from '@akashi/policy';
import type { SearchFilter } from '@akashi/query';
import { documentIdOf } from './document-id.ts';
import { allOf, compileScope, showDocuments } from './event-selection.ts';
import { documentsWithin } from './page-bytes.ts';
import {
  readHits,
  searchDocuments,
  searchStream,
  type FoundHit,
  type StoredDocument,
  type TenantStream,
} from './tenant-stream.ts';

export interface EventContext {
  /** Older neighbours, oldest first. */
  before: readonly StoredDocument[];
  event: StoredDocument;
  /** Newer neighbours, oldest first. */
  after: readonly StoredDocument[];
}

const maxNeighbours = 100;

/** An event by its id; undefined when there is none in the scope. */
export async function getEvent(
  stream: TenantStream,
  id: string,
  scope: AccessScope,
): Promise<StoredDocument | undefined> {
  const hit = await findHit(stream, id, scope);
  return hit === undefined ? undefined : showDocuments([hit], scope)[0];
}

/**
 * Neighbours in the same log group and stream in the order in which they arrived, whatever was searched for, inside
 * the scope; fewer than asked for, and the nearest, where their texts are long. Undefined when the event is not in the scope.
 */
export async function eventContext(
  stream: TenantStream,
  place: { id: string; count: number },
  scope: AccessScope,
): Promise<EventContext | undefined> {
  const event = await findHit(stream, place.id, scope);
  const shown = event === undefined ? undefined : showDocuments([event], scope)[0];
  if (event === undefined || shown === undefined) return undefined;
  const count = Math.min(Math.max(place.count, 0), maxNeighbours);
  const source: SearchFilter[] = ['log.group', 'log.stream'].map((field) => ({
    term: { [field]: { value: String(event.document[field]) } },
  }));
  const neighbours = async (order: 'asc' | 'desc'): Promise<StoredDocument[]> => {
    if (count === 0) return [];
    const body = {
      size: count,
      track_total_hits: false,
      query: allOf([compileScope(scope), ...source]),
      sort: arrivalOrder(order),
      search_after: event.sort,
    };
    const { answer } = await searchDocuments(stream, body);
    return showDocuments(documentsWithin(readHits(stream, answer)), scope);
  };
  const [before, after] = await Promise.all([neighbours('desc'), neighbours('asc')]);
  return { before: before.toReversed(), event: shown, after };
}

function arrivalOrder(order: 'asc' | 'desc'): SearchFilter[] {
  return [{ received_at: order }, { 'akashi.segment': order }, { 'akashi.position': order }];
}

async function findHit(stream: TenantStream, id: string, scope: AccessScope): Promise<FoundHit | undefined> {
  const query = allOf([compileScope(scope), { ids: { values: [documentIdOf(stream.tenantId, id)] } }]);
  const body = { size: 1, track_total_hits: false, query, sort: arrivalOrder('asc') };
  return readHits(stream, await searchStream(stream, body))[0];
}
