import type { CoverageAnswer } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type Coverage = CoverageAnswer;
export type CoverageSource = CoverageAnswer['items'][number];
export type CoverageCell = CoverageSource['cells'][number];
export type EventClassName = CoverageCell['class'];

export function readCoverage(day: string, signal: AbortSignal): Promise<Coverage> {
  return callApi({ path: `/v1/coverage?day=${encodeURIComponent(day)}`, signal });
}

export function setNotExpected(source: string, name: string, reason: string): Promise<unknown> {
  return callApi({ method: 'PUT', path: placeOf(source, name), body: { reason } });
}

export function setExpected(source: string, name: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: placeOf(source, name) });
}

function placeOf(source: string, name: string): string {
  return `/v1/coverage/${encodeURIComponent(source)}/${encodeURIComponent(name)}`;
}
