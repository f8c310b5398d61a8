import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';

type RegistrationOptions = Awaited<ReturnType<typeof generateRegistrationOptions>>;
type AuthenticationOptions = Awaited<ReturnType<typeof generateAuthenticationOptions>>;

/** What a browser hands back as JSON; the library checks the rest of its shape. */
export interface PasskeyAnswer {
  readonly id: string;
  readonly rawId: string;
  readonly type: string;
  readonly response: Readonly<Record<string, unknown>>;
}

export interface StoredPasskey {
  readonly credentialId: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly signCount: number;
  readonly transports: readonly string[];
}

/** The site that passkeys belong to: they work nowhere else, which is what makes them proof against phishing. */
export interface PasskeySite {
  /** Origin of the web app, such as `https://logs.example.jp`. */
  readonly origin: string;
}

const siteName = 'Akashi';
const rpIdOf = (site: PasskeySite): string => new URL(site.origin).hostname;
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Options for `navigator.credentials.create`; the challenge in them is to be kept for the answer. */
export function passkeyCreationOptions(
  site: PasskeySite,
  person: { id: string; email: string; displayName: string; existing: readonly Pick<StoredPasskey, 'credentialId'>[] },
): Promise<RegistrationOptions> {
  return generateRegistrationOptions({
    rpName: siteName,
    rpID: rpIdOf(site),
    userName: person.email,
    userDisplayName: person.displayName,
    userID: new TextEncoder().encode(person.id),
    attestationType: 'none',
    excludeCredentials: person.existing.map(({ credentialId }) => ({ id: base64url(credentialId) })),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
  });
}

/** The new passkey, or null when the answer is not one to this challenge, from this site, with the person verified. */
export async function checkNewPasskey(
  site: PasskeySite,
  answer: PasskeyAnswer,
  challenge: string,
): Promise<StoredPasskey | null> {
  try {
    const checked = await verifyRegistrationResponse({
      response: answer as unknown as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: rpIdOf(site),
      requireUserVerification: true,
    });
    if (!checked.verified) return null;
    const { id, publicKey, counter, transports } = checked.registrationInfo.credential;
    return {
      credentialId: Buffer.from(id, 'base64url'),
      publicKey,
      signCount: counter,
      transports: (transports ?? []).filter((each) => transportNames.has(each)),
    };
  } catch {
    return null;
  }
}

const transportNames = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);

/** Options for `navigator.credentials.get`. */
export function passkeyRequestOptions(
  site: PasskeySite,
  passkeys: readonly Pick<StoredPasskey, 'credentialId' | 'transports'>[],
): Promise<AuthenticationOptions> {
  return generateAuthenticationOptions({
    rpID: rpIdOf(site),
    userVerification: 'required',
    allowCredentials: passkeys.map(({ credentialId, transports }) => ({
      id: base64url(credentialId),
      transports: [...transports],
    })),
  });
}

/**
 * The passkey's new sign count, or null when the answer does not prove it, the person was not verified, or the count did
 * not rise, which is how a copied authenticator shows (WebAuthn section 6.1.1; both zero: it does not count).
 */
export async function checkPasskey(
  site: PasskeySite,
  answer: PasskeyAnswer,
  expected: { challenge: string; passkey: StoredPasskey },
): Promise<number | null> {
  const { passkey, challenge } = expected;
  try {
    const checked = await verifyAuthenticationResponse({
      response: answer as unknown as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: rpIdOf(site),
      credential: {
        id: base64url(passkey.credentialId),
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.signCount,
      },
      requireUserVerification: true,
    });
    if (!checked.verified) return null;
    const { newCounter } = checked.authenticationInfo;
    return newCounter === 0 && passkey.signCount === 0 ? 0 : newCounter > passkey.signCount ? newCounter : null;
  } catch {
    return null;
  }
}
