import { matchesLogGroup, matchesName } from '../name-pattern.ts';
import type { AreaScope } from '../review-area.ts';

/** Where something in the log was. */
export interface LogPlace {
  readonly logGroup: string;
  readonly logStream: string;
}

/**
 * Whether something in the log may be of an area, by where it was. Sources and hosts of an area cannot be told from a place, so
 * that an area is asked about rather too much than too little.
 */
export function mayBeOfArea({ logGroups, logStreams }: AreaScope, { logGroup, logStream }: LogPlace): boolean {
  return (
    logGroups.some((pattern) => matchesLogGroup(pattern, logGroup)) &&
    (logStreams.length === 0 || logStreams.some((pattern) => matchesName(pattern, logStream)))
  );
}

/**
 * Whether an incident is of an area by what is noted with it: its log group and stream, else its host. What names neither is of
 * the whole installation, so of every area.
 */
export function isIncidentOfArea(area: AreaScope, details: Readonly<Record<string, unknown>>): boolean {
  const { logGroup, logStream, host } = details;
  if (typeof logGroup === 'string' && typeof logStream === 'string') return mayBeOfArea(area, { logGroup, logStream });
  if (typeof host !== 'string' || area.hosts.length === 0) return true;
  return area.hosts.some((pattern) => matchesName(pattern, host));
}
