import { matchesLogGroup, matchesName } from './name-pattern.ts';
import type { AreaScope } from './review-area.ts';

/** Where an incident's logs stand, as its details say it. */
export interface IncidentLogs {
  readonly logGroups: readonly string[];
  /** Of the only log group; null when not one stream is meant. */
  readonly logStream: string | null;
}

/** What details named `logGroup` or `logGroups`, and `logStream`, say. An incident of the installation itself names none. */
export function incidentLogs(details: Readonly<Record<string, unknown>>): IncidentLogs {
  const named = [details['logGroup'], details['logGroups']].flat();
  const stream = details['logStream'];
  return {
    logGroups: named.filter((each) => typeof each === 'string'),
    logStream: typeof stream === 'string' ? stream : null,
  };
}

/** Whether an incident is of an area of the daily review: one of its log groups is, and its stream where it names one. */
export function isOfArea(
  { logGroups, logStream }: IncidentLogs,
  area: Pick<AreaScope, 'logGroups' | 'logStreams'>,
): boolean {
  const isGroup = logGroups.some((group) => area.logGroups.some((pattern) => matchesLogGroup(pattern, group)));
  const isStream =
    logStream === null ||
    area.logStreams.length === 0 ||
    area.logStreams.some((pattern) => matchesName(pattern, logStream));
  return isGroup && isStream;
}
