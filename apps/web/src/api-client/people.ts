import type { OfflinePart, SearchAnswer, TrailAnswer } from '@akashi/contracts';
import { callApi } from './call-api.ts';

/** One line of a trail: the event, and why it is the person's. */
export type TrailStep = TrailAnswer['items'][number];

export interface TrailPart {
  /** Null for the trail of a value. */
  readonly person: TrailAnswer['person'] | null;
  readonly items: readonly TrailStep[];
  readonly next: string | null;
  /** What of the time asked for is kept and not online. */
  readonly offline: OfflinePart | null;
}

export interface TrailWanted {
  readonly from: string;
  readonly to: string;
  /** Whose, by id or name; '' for the events of `query`. */
  readonly person: string;
  readonly query: string;
  readonly timeZone: string;
  /** Also what is restored from the archive. */
  readonly restored: boolean;
}

const stepsAtOnce = 200;

/** A part of a trail, the oldest first. */
export async function readTrail(
  { person, query, timeZone, from, to, restored }: TrailWanted,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<TrailPart> {
  const sets = restored ? { includeRestored: true } : {};
  const page = { from, to, limit: stepsAtOnce, ...(cursor === null ? {} : { cursor }), ...sets };
  if (person !== '') {
    const path = `/v1/people/${encodeURIComponent(person)}/trail`;
    const {
      next = null,
      offline = null,
      ...answer
    } = await callApi<TrailAnswer>({
      method: 'POST',
      path,
      body: page,
      signal,
    });
    return { ...answer, next, offline };
  }
  const body = { ...page, query, timeZone, sort: 'asc' };
  const {
    items,
    next = null,
    offline = null,
  } = await callApi<SearchAnswer>({ method: 'POST', path: '/v1/search', body, signal });
  return {
    person: null,
    items: items.map((event) => ({ event, because: event.person?.because ?? [] })),
    next,
    offline,
  };
}
