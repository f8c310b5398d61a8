import type { SourcesAnswer } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type SourceRow = SourcesAnswer['items'][number];

export async function readSources(signal: AbortSignal): Promise<SourceRow[]> {
  return (await callApi<SourcesAnswer>({ path: '/v1/sources', signal })).items;
}
