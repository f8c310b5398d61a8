import type { MailDomainAnswer, MailDomainsAnswer } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type MailDomain = MailDomainAnswer;

/** Of the organisation of whoever asks, or of the one that a platform operator names. */
export async function readMailDomains(signal: AbortSignal, tenantId?: string): Promise<MailDomain[]> {
  const path = tenantId === undefined ? '/v1/mail-domains' : tenantPath(tenantId);
  return (await callApi<MailDomainsAnswer>({ path, signal })).items;
}

export function requestMailDomain(domain: string): Promise<MailDomain> {
  return callApi({ method: 'POST', path: '/v1/mail-domains', body: { domain } });
}

export function removeMailDomain(id: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: `/v1/mail-domains/${encodeURIComponent(id)}` });
}

export function confirmMailDomain(tenantId: string, id: string, reason: string): Promise<MailDomain> {
  const path = `${tenantPath(tenantId)}/${encodeURIComponent(id)}/confirm`;
  return callApi({ method: 'POST', path, body: { reason } });
}

function tenantPath(tenantId: string): string {
  return `/v1/platform/tenants/${encodeURIComponent(tenantId)}/mail-domains`;
}
