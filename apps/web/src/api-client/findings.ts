import type { FindingAnswer, FindingChange, FindingsAnswer } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type Finding = FindingAnswer;
export type FindingState = Finding['state'];
export type ListedFinding = FindingsAnswer['items'][number];
export type { FindingChange };

export interface FindingFilter {
  state: FindingState | 'unfinished' | null;
  owner: 'me' | null;
  day: string | null;
}

interface FindingsPlace extends FindingFilter {
  cursor: string | null;
}

export function readFindings(place: FindingsPlace, signal: AbortSignal): Promise<FindingsAnswer> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) if (value !== null) query.set(name, value);
  return callApi({ path: `/v1/findings?${query}`, signal });
}

export function readFinding(id: string, signal: AbortSignal): Promise<Finding> {
  return callApi({ path: `/v1/findings/${encodeURIComponent(id)}`, signal });
}

export function changeFinding(id: string, body: FindingChange): Promise<Finding> {
  return callApi({ method: 'PATCH', path: `/v1/findings/${encodeURIComponent(id)}`, body });
}
