import type { RecoveriesAnswer, RecoveryAnswer, RecoveryView, RecoveryVoiceAnswer } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type { RecoveryView };
export type Recovery = RecoveryAnswer;
export type RecoveryState = RecoveryVoiceAnswer['state'];

/** What a contact is asked; without a session. */
export function lookUpRecovery(token: string): Promise<RecoveryView> {
  return callApi({ method: 'POST', path: '/v1/recovery/look', body: { token } });
}

export async function answerRecovery(token: string, decision: 'confirm' | 'decline'): Promise<RecoveryState> {
  const answer = await callApi<RecoveryVoiceAnswer>({
    method: 'POST',
    path: '/v1/recovery/answer',
    body: { token, decision },
  });
  return answer.state;
}

export async function readRecoveries(signal: AbortSignal): Promise<Recovery[]> {
  return (await callApi<RecoveriesAnswer>({ path: '/v1/members/recoveries', signal })).items;
}
