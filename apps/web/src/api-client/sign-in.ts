import type {
  Enrolled,
  InvitationView,
  PasskeyOptions,
  ProviderButtons,
  ProviderStart,
  SecondFactorRequest,
  Session,
  TotpEnrolment,
} from '@akashi/contracts';
import { longestReturnPath } from '@akashi/policy';
import { callApi } from './call-api.ts';

export type { Enrolled, InvitationView, SecondFactorRequest, TotpEnrolment };

/** All of this is a person's doing, however long they looked for their telephone. */
function post<T>(path: string, body?: unknown): Promise<T> {
  return callApi<T>({ method: 'POST', path, background: false, ...(body === undefined ? {} : { body }) });
}

export function sendPassword(email: string, password: string): Promise<Session> {
  return post('/v1/session', { email, password });
}

export function sendSecondFactor(proof: SecondFactorRequest): Promise<Session> {
  return post('/v1/session/second-factor', proof);
}

export function stepUp(proof: SecondFactorRequest): Promise<Session> {
  return post('/v1/session/step-up', proof);
}

/** What a passkey has to answer: for signing in, or for a step-up. */
export function readPasskeyOptions(purpose: 'second-factor' | 'step-up'): Promise<PasskeyOptions> {
  return post(`/v1/session/${purpose}/passkey-options`);
}

export function sendFirstPassword(newPassword: string): Promise<Session> {
  return post('/v1/session/password', { newPassword });
}

/** The ways to a first second factor, and to a further one: the same steps behind different routes. */
export interface EnrolmentCalls<Done> {
  startTotp: (name?: string) => Promise<TotpEnrolment>;
  confirmTotp: (id: string, code: string) => Promise<Done>;
  passkeyOptions: () => Promise<PasskeyOptions>;
  addPasskey: (passkey: unknown, name?: string) => Promise<Done>;
}

export function enrolmentCalls<Done>(base: string): EnrolmentCalls<Done> {
  const named = (name?: string) => (name === undefined || name === '' ? {} : { name });
  return {
    startTotp: (name) => post(`${base}/totp`, named(name)),
    confirmTotp: (id, code) => post(`${base}/totp/confirm`, { id, code }),
    passkeyOptions: () => post(`${base}/passkey-options`),
    addPasskey: (passkey, name) => post(`${base}/passkey`, { passkey, ...named(name) }),
  };
}

export const firstFactorCalls = enrolmentCalls<Enrolled>('/v1/session/enrolment');

export function lookUpInvitation(token: string): Promise<InvitationView> {
  return post('/v1/invitation/look', { token });
}

export function acceptInvitation(token: string, password: string): Promise<Session> {
  return post('/v1/invitation/accept', { token, password });
}

export async function readProviders(organisation: string, signal: AbortSignal): Promise<ProviderButtons['items']> {
  const path = `/v1/session/providers?organisation=${encodeURIComponent(organisation)}`;
  return (await callApi<ProviderButtons>({ path, signal })).items;
}

/** The provider's address. A return path that is too long to be carried there is left out: back at the first page then. */
export async function startProvider(providerId: string, returnPath: string): Promise<string> {
  const kept = returnPath.length > longestReturnPath ? {} : { returnPath };
  return (await post<ProviderStart>('/v1/session/provider', { providerId, ...kept })).url;
}
