import type {
  ArrivalAnswer,
  SenderConfigurationAnswer,
  SourceSettingsAnswer,
  SourceSettingsListAnswer,
  SourceValuesRequest,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type SourceSettings = SourceSettingsAnswer;
export type { SourceValuesRequest };

export async function readConfiguredSources(signal: AbortSignal): Promise<SourceSettings[]> {
  return (await callApi<SourceSettingsListAnswer>({ path: '/v1/sources/configured', signal })).items;
}

export function createSource(values: SourceValuesRequest): Promise<SourceSettings> {
  return callApi({ method: 'POST', path: '/v1/sources', body: values });
}

export function changeSource(id: string, values: SourceValuesRequest): Promise<SourceSettings> {
  return callApi({ method: 'PUT', path: sourcePath(id), body: values });
}

export function disableSource(id: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: sourcePath(id) });
}

export function enableSource(id: string): Promise<unknown> {
  return callApi({ method: 'POST', path: `${sourcePath(id)}/enable` });
}

export function readSourceConfiguration(id: string, signal: AbortSignal): Promise<SenderConfigurationAnswer> {
  return callApi({ path: `${sourcePath(id)}/configuration`, signal });
}

export function readSourceArrival(id: string, signal: AbortSignal): Promise<ArrivalAnswer> {
  return callApi({ path: `${sourcePath(id)}/arrival`, signal });
}

function sourcePath(id: string): string {
  return `/v1/sources/${encodeURIComponent(id)}`;
}
