import type {
  NewPlatformTenant,
  NewRecoveryRequest,
  OperatorAccessesAnswer,
  PlatformHealth,
  PlatformTenant,
  PlatformTenantsAnswer,
  QuotasChange,
  SenderClaimAnswer,
  SenderClaimsAnswer,
  TenantAdministrator,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type { NewPlatformTenant, PlatformHealth, PlatformTenant, QuotasChange };
export type SenderClaim = SenderClaimAnswer;
export type OperatorAccess = OperatorAccessesAnswer['items'][number];

export async function readTenants(signal: AbortSignal): Promise<PlatformTenant[]> {
  return (await callApi<PlatformTenantsAnswer>({ path: '/v1/platform/tenants', signal })).items;
}

export function createTenant(tenant: NewPlatformTenant): Promise<PlatformTenant> {
  return callApi({ method: 'POST', path: '/v1/platform/tenants', body: tenant });
}

/** For an organisation that has nobody yet: the one who was invited, or another one. */
export function inviteAdministrator(id: string, admin: TenantAdministrator): Promise<PlatformTenant> {
  return callApi({ method: 'POST', path: `${tenantPath(id)}/administrator`, body: admin });
}

/** For an organisation that has no administrator any more: its own contacts are asked by mail. */
export function requestRecovery(id: string, wanted: NewRecoveryRequest): Promise<PlatformTenant> {
  return callApi({ method: 'POST', path: `${tenantPath(id)}/recovery`, body: wanted });
}

export function suspendTenant(id: string, reason: string): Promise<PlatformTenant> {
  return callApi({ method: 'POST', path: `${tenantPath(id)}/suspend`, body: { reason } });
}

export function resumeTenant(id: string, reason: string): Promise<PlatformTenant> {
  return callApi({ method: 'POST', path: `${tenantPath(id)}/resume`, body: { reason } });
}

export function closeTenant(id: string, request: { reason: string; confirm: string }): Promise<PlatformTenant> {
  return callApi({ method: 'POST', path: `${tenantPath(id)}/close`, body: request });
}

export function putQuotas(id: string, quotas: QuotasChange): Promise<PlatformTenant> {
  return callApi({ method: 'PUT', path: `${tenantPath(id)}/quotas`, body: quotas });
}

export function readHealth(signal: AbortSignal): Promise<PlatformHealth> {
  return callApi({ path: '/v1/platform/health', signal });
}

/** The organisations that let the signed-in operator look, now or in the past. */
export async function readOperatorAccesses(signal: AbortSignal): Promise<OperatorAccess[]> {
  return (await callApi<OperatorAccessesAnswer>({ path: '/v1/platform/support-access', signal })).items;
}

function tenantPath(id: string): string {
  return `/v1/platform/tenants/${encodeURIComponent(id)}`;
}

/** Senders without a key that organisations say are theirs. */
export async function readSenderClaims(signal: AbortSignal): Promise<SenderClaim[]> {
  return (await callApi<SenderClaimsAnswer>({ path: '/v1/platform/sender-claims', signal })).items;
}

export function confirmSender(id: string, reason: string): Promise<SenderClaim> {
  return callApi({
    method: 'POST',
    path: `/v1/platform/sender-claims/${encodeURIComponent(id)}/confirm`,
    body: { reason },
  });
}

export function withdrawSender(id: string, reason: string): Promise<SenderClaim> {
  return callApi({
    method: 'POST',
    path: `/v1/platform/sender-claims/${encodeURIComponent(id)}/withdraw`,
    body: { reason },
  });
}
