import type { LegalHoldAnswer, LegalHoldsAnswer, NewLegalHold } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type LegalHold = LegalHoldAnswer;
export type { NewLegalHold };

export async function readLegalHolds(signal: AbortSignal): Promise<LegalHold[]> {
  return (await callApi<LegalHoldsAnswer>({ path: '/v1/legal-holds', signal })).items;
}

export function createLegalHold(body: NewLegalHold): Promise<LegalHold> {
  return callApi({ method: 'POST', path: '/v1/legal-holds', body });
}

/** Never lifts it by itself: refused with `second-person-required`, it waits for another person. */
export function liftLegalHold(id: string, reason: string): Promise<unknown> {
  return callApi({ method: 'POST', path: `/v1/legal-holds/${encodeURIComponent(id)}/lift`, body: { reason } });
}
