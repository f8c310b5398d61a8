import type { ArchivedEvent, ArchiveSearchLine, OfflinePart } from '@akashi/contracts';
import { readLines } from './call-api.ts';
import type { SearchScope } from './search.ts';

export type { ArchivedEvent, ArchiveSearchLine, OfflinePart };
export type ArchiveSearchProgress = Extract<ArchiveSearchLine, { event: 'progress' }>;
export type ArchiveSearchEnded = Extract<ArchiveSearchLine, { event: 'end' }>;

/** What one archived search does at most; the same numbers as the API's. */
export const mostHits = 10_000;
export const mostBytes = 4 * 1024 ** 3;

/** Hits and progress as they come, the newest block first. Closing it ends the search on the server as well. */
export function searchArchive(scope: SearchScope, signal: AbortSignal): AsyncGenerator<ArchiveSearchLine> {
  const { query, from, to, timeZone, includeOwnLogs } = scope;
  const body = { query, from, to, timeZone, ...(includeOwnLogs ? { includeOwnLogs } : {}) };
  return readLines<ArchiveSearchLine>({ method: 'POST', path: '/v1/archive-searches', body, signal });
}
