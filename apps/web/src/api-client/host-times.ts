import type { HostTimesAnswer, TimeSettingsAnswer, TimeSettingsRequest } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type HostTimes = HostTimesAnswer;
export type HostTime = HostTimesAnswer['items'][number];
export type TimeSettings = TimeSettingsAnswer;
export type TimeGroup = TimeSettingsAnswer['groups'][number];

export function readHostTimes(signal: AbortSignal): Promise<HostTimes> {
  return callApi({ path: '/v1/time', signal });
}

export function readTimeSettings(signal: AbortSignal): Promise<TimeSettings> {
  return callApi({ path: '/v1/time/settings', signal });
}

export function changeTimeSettings(body: TimeSettingsRequest): Promise<TimeSettings> {
  return callApi({ method: 'PUT', path: '/v1/time/settings', body });
}
