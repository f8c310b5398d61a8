import type { SourceRow } from '../api-client/sources.ts';

/** Nothing for an hour, the width of the rate column, is silence that a person should know of (PCI DSS 10.7.2). */
const silentAfterMilliseconds = 3_600_000;

export function isSilent(source: Pick<SourceRow, 'lastReceivedAt'>, now: number): boolean {
  return source.lastReceivedAt === null || now - Date.parse(source.lastReceivedAt) >= silentAfterMilliseconds;
}
