import type {
  FactorsAnswer,
  OwnSessionsAnswer,
  Profile,
  ProfileChange,
  RecoveryCodes,
  RevokedSessions,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';
import { enrolmentCalls } from './sign-in.ts';

export type { Profile };
export type Factor = FactorsAnswer['items'][number];
export type OwnSession = OwnSessionsAnswer['items'][number];

export function readProfile(signal: AbortSignal): Promise<Profile> {
  return callApi({ path: '/v1/profile', signal });
}

export function changeProfile(change: ProfileChange): Promise<Profile> {
  return callApi({ method: 'PATCH', path: '/v1/profile', body: change });
}

export function changePassword(oldPassword: string, newPassword: string): Promise<unknown> {
  return callApi({ method: 'POST', path: '/v1/profile/password', body: { oldPassword, newPassword } });
}

export function readFactors(signal: AbortSignal): Promise<FactorsAnswer> {
  return callApi({ path: '/v1/profile/factors', signal });
}

export const furtherFactorCalls = enrolmentCalls<unknown>('/v1/profile/factors');

export function renameFactor(id: string, name: string): Promise<Factor> {
  return callApi({ method: 'PATCH', path: `/v1/profile/factors/${id}`, body: { name } });
}

export function removeFactor(id: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: `/v1/profile/factors/${id}` });
}

export async function renewRecoveryCodes(): Promise<string[]> {
  return (await callApi<RecoveryCodes>({ method: 'POST', path: '/v1/profile/recovery-codes' })).recoveryCodes;
}

export async function readOwnSessions(signal: AbortSignal): Promise<OwnSession[]> {
  return (await callApi<OwnSessionsAnswer>({ path: '/v1/profile/sessions', signal })).items;
}

export function endSession(id: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: `/v1/profile/sessions/${id}` });
}

export function endOtherSessions(): Promise<RevokedSessions> {
  return callApi({ method: 'DELETE', path: '/v1/profile/sessions' });
}
