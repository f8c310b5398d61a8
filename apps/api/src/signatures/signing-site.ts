import type { SigningSite } from '@akashi/identity';

/**
 * Where signing credentials belong to. Without a setting it is the web app's own host, as for sign-ins; ids, user handles and
 * challenges then keep the two kinds apart. A parent domain, where the host has one, keeps them apart by the RP id as well.
 */
export function signingSiteOf({
  webUrl,
  signingRpId,
}: {
  webUrl: string;
  signingRpId?: string | undefined;
}): SigningSite {
  const { origin, hostname } = new URL(webUrl);
  return { origin, rpId: signingRpId ?? hostname };
}

/** WebAuthn level 2, 5.1.2: the host itself or a domain above it; one label alone is nobody's. */
export function isRpIdOf(hostname: string, rpId: string): boolean {
  return rpId === hostname || (rpId.includes('.') && !/^[\d.]+$/.test(rpId) && hostname.endsWith(`.${rpId}`));
}
