import { createOpenIdClient, type OpenIdClient } from '@akashi/identity';
import type { ApiParts } from '../api-parts.ts';

/** Plain HTTP is for a trial on one machine, which comes without HTTPS itself. */
export function openIdClientOf({ webUrl, secureCookies }: Pick<ApiParts, 'webUrl' | 'secureCookies'>): OpenIdClient {
  return createOpenIdClient({ callbackUrl: callbackUrlOf(webUrl), allowPlainHttp: !secureCookies });
}

/** What the provider is told as the redirect address. */
export function callbackUrlOf(webUrl: string): string {
  return `${webUrl}/api/v1/session/provider/callback`;
}
