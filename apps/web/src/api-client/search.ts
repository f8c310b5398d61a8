import type {
  ContextAnswer,
  EventDetail,
  FacetsAnswer,
  HistogramAnswer,
  RelaxedAnswer,
  SearchAnswer,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

/** What is searched: the same for rows, chart, facets and fields, so that they agree. */
export interface SearchScope {
  query: string;
  from: string;
  to: string;
  /** IANA zone of dates in the query that name none. */
  timeZone: string;
  /** Also the product's own log groups, which are left out otherwise. */
  includeOwnLogs?: true;
  /** Also what is restored from the archive. */
  includeRestored?: true;
  /** The act on record that this is a part of. */
  act?: string | undefined;
}

export type SearchPage = SearchAnswer;
export type Histogram = HistogramAnswer;
export type Facet = FacetsAnswer['facets'][number];
export type EventContext = ContextAnswer;

/** Rows of the first request, so that they come quickly, and of each further one, so that scrolling gets far. */
const firstRows = 200;
const furtherRows = 1000;

export function searchEvents(
  input: SearchScope & { sort: 'newest' | 'oldest'; cursor: string | null; limit?: number; follow?: true },
  signal: AbortSignal,
): Promise<SearchPage> {
  const { cursor, sort, limit = input.cursor === null ? firstRows : furtherRows, ...scope } = input;
  const body = { ...scope, limit, sort: sort === 'newest' ? 'desc' : 'asc', ...(cursor === null ? {} : { cursor }) };
  return callApi({ method: 'POST', path: '/v1/search', body, signal });
}

export function countOverTime(scope: SearchScope, signal: AbortSignal): Promise<Histogram> {
  return callApi({ method: 'POST', path: '/v1/search/histogram', body: scope, signal });
}

/** What each condition of the query takes away: one act, however many they are. */
export function countRelaxed(scope: SearchScope, signal: AbortSignal): Promise<RelaxedAnswer> {
  return callApi({ method: 'POST', path: '/v1/search/relaxed', body: scope, signal });
}

export async function countValues(
  input: SearchScope & { fields: readonly string[]; prefix?: string; find?: string; size?: number },
  signal: AbortSignal,
): Promise<Facet[]> {
  return (await callApi<FacetsAnswer>({ method: 'POST', path: '/v1/search/facets', body: input, signal })).facets;
}

/** `restored`: also of the sets that are restored from the archive. */
export interface EventWanted {
  readonly id: string;
  readonly restored: boolean;
}

export function readEvent({ id, restored }: EventWanted, signal: AbortSignal): Promise<EventDetail> {
  return callApi({ path: `/v1/events/${encodeURIComponent(id)}${restored ? '?includeRestored=true' : ''}`, signal });
}

export function readContext(
  { id, restored, count }: EventWanted & { count: number },
  signal: AbortSignal,
): Promise<EventContext> {
  const sets = restored ? '&includeRestored=true' : '';
  return callApi({
    path: `/v1/events/${encodeURIComponent(id)}/context?before=${count}&after=${count}${sets}`,
    signal,
  });
}
