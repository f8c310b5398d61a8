import type { DutiesAnswer } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type Duty = DutiesAnswer['items'][number];

export async function readDuties(signal: AbortSignal): Promise<Duty[]> {
  return (await callApi<DutiesAnswer>({ path: '/v1/duties', signal })).items;
}
