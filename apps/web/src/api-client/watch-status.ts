import type { SilenceLimitPlace, SilenceLimitRequest, WatchStatusAnswer } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type WatchStatus = WatchStatusAnswer;
export type WatchedThing = WatchStatus['items'][number];
export type WatchedStream = WatchStatus['streams'][number];
export type SilenceLimit = WatchStatus['limits'][number];

export function readWatchStatus(signal: AbortSignal): Promise<WatchStatus> {
  return callApi({ path: '/v1/watch-status', signal });
}

export function setSilenceLimit(limit: SilenceLimitRequest): Promise<unknown> {
  return callApi({ method: 'PUT', path: '/v1/silence-limits', body: limit });
}

export function removeSilenceLimit({ logGroup, logStream }: SilenceLimitPlace): Promise<unknown> {
  const place = new URLSearchParams({ logGroup, ...(logStream === undefined ? {} : { logStream }) });
  return callApi({ method: 'DELETE', path: `/v1/silence-limits?${place}` });
}
