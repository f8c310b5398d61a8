import type { NewRestore, RestoreAnswer, RestoreEstimate, RestoresAnswer } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type Restore = RestoreAnswer;
export type Restores = RestoresAnswer;
export type { RestoreEstimate };

/** What is restored: log groups, and a period by receive time. */
export type RestoreInput = Pick<NewRestore, 'logGroups' | 'from' | 'to'>;

export function readRestores(signal: AbortSignal): Promise<Restores> {
  return callApi({ path: '/v1/restores', signal });
}

/** What there is and how long it would take; nothing is begun. */
export function estimateRestore(input: RestoreInput, signal: AbortSignal): Promise<RestoreEstimate> {
  return callApi({ method: 'POST', path: '/v1/restores', body: { ...input, dryRun: true }, signal });
}

export function startRestore(input: RestoreInput): Promise<Restore> {
  return callApi({ method: 'POST', path: '/v1/restores', body: input });
}

/** Stops one that is under way. */
export function cancelRestore(id: string): Promise<Restore> {
  return callApi({ method: 'POST', path: `/v1/restores/${encodeURIComponent(id)}/cancel` });
}

/** Removes a restored set before its time. The archive stays as it is. */
export function endRestore(id: string): Promise<Restore> {
  return callApi({ method: 'POST', path: `/v1/restores/${encodeURIComponent(id)}/end` });
}
