import type { AreaAnswer, AreaInput, AreasAnswer, ReviewSettings } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type Area = AreaAnswer;
export type AreaGap = AreasAnswer['gaps'][number];
export type { AreaInput, AreasAnswer, ReviewSettings };

export function readAreas(signal: AbortSignal): Promise<AreasAnswer> {
  return callApi({ path: '/v1/areas', signal });
}

export function createArea(body: AreaInput): Promise<Area> {
  return callApi({ method: 'POST', path: '/v1/areas', body });
}

export function changeArea(id: string, body: AreaInput): Promise<Area> {
  return callApi({ method: 'PUT', path: areaPath(id), body });
}

/** No more reviews of it; what was made stays. */
export function endArea(id: string): Promise<unknown> {
  return callApi({ method: 'POST', path: `${areaPath(id)}/end` });
}

export function readReviewSettings(signal: AbortSignal): Promise<ReviewSettings> {
  return callApi({ path: '/v1/review-settings', signal });
}

export function changeReviewSettings(body: ReviewSettings): Promise<ReviewSettings> {
  return callApi({ method: 'PUT', path: '/v1/review-settings', body });
}

function areaPath(id: string): string {
  return `/v1/areas/${encodeURIComponent(id)}`;
}
