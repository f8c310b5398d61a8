import type {
  IdentityProviderAnswer,
  IdentityProviderChange,
  IdentityProvidersAnswer,
  NewIdentityProvider,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type { IdentityProvidersAnswer };
export type IdentityProvider = IdentityProviderAnswer;
export type GroupRule = IdentityProvider['groupMapping'][number];

export function readIdentityProviders(signal: AbortSignal): Promise<IdentityProvidersAnswer> {
  return callApi({ path: '/v1/identity-providers', signal });
}

export function createIdentityProvider(provider: NewIdentityProvider): Promise<IdentityProvider> {
  return callApi({ method: 'POST', path: '/v1/identity-providers', body: provider });
}

export function changeIdentityProvider(id: string, change: IdentityProviderChange): Promise<IdentityProvider> {
  return callApi({ method: 'PUT', path: providerPath(id), body: change });
}

export function removeIdentityProvider(id: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: providerPath(id) });
}

function providerPath(id: string): string {
  return `/v1/identity-providers/${encodeURIComponent(id)}`;
}
