import type {
  NewSupportAccessRequest,
  OrganisationAnswer,
  OrganisationChangeRequest,
  SupportAccessAnswer,
  SupportAccessesAnswer,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type Organisation = OrganisationAnswer;
export type OrganisationChange = OrganisationChangeRequest;
export type SupportAccess = SupportAccessAnswer;
export type NewSupportAccess = NewSupportAccessRequest;

export function readOrganisation(signal: AbortSignal): Promise<Organisation> {
  return callApi({ path: '/v1/organisation', signal });
}

export function changeOrganisation(change: OrganisationChange): Promise<Organisation> {
  return callApi({ method: 'PATCH', path: '/v1/organisation', body: change });
}

export async function readSupportAccesses(signal: AbortSignal): Promise<SupportAccess[]> {
  return (await callApi<SupportAccessesAnswer>({ path: '/v1/support-access', signal })).items;
}

export function grantSupportAccess(access: NewSupportAccess): Promise<SupportAccess> {
  return callApi({ method: 'POST', path: '/v1/support-access', body: access });
}

export function revokeSupportAccess(id: string): Promise<SupportAccess> {
  return callApi({ method: 'POST', path: `/v1/support-access/${encodeURIComponent(id)}/revoke` });
}
