import type { SourceRow } from '../api-client/sources.ts';

const silentAfterMilliseconds = 3_600_000;

/**
 * Nothing for an hour, the width of the rate column, is silence that a person should know of (PCI DSS 10.7.2). A source
 * that has never sent anything has not fallen silent: it is waited for.
 */
export function isSilent(source: Pick<SourceRow, 'lastReceivedAt'>, now: number): boolean {
  return source.lastReceivedAt !== null && now - Date.parse(source.lastReceivedAt) >= silentAfterMilliseconds;
}
