import { startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser';
import type { PasskeyOptions, SecondFactorRequest } from '@akashi/contracts';

type Passkey = Extract<SecondFactorRequest, { passkey: unknown }>['passkey'];
type AuthenticationOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];
type RegistrationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];

/** Why the browser gave no passkey, as a key of `signIn.passkeyFailures`. */
export type PasskeyFailure = 'notDone' | 'known' | 'impossible';

/** Nobody was asked anything wrong: the person left the browser's own dialog, or it cannot be shown here. */
export class PasskeyProblem extends Error {
  readonly failure: PasskeyFailure;

  constructor(failure: PasskeyFailure) {
    super(failure);
    this.name = 'PasskeyProblem';
    this.failure = failure;
  }
}

/** Passkeys belong to a named site; a bare network address has none (Web Authentication, section 5.1.2 "rp.id"). */
export function canHavePasskeys(host: string): boolean {
  return !/^\[|^\d{1,3}(\.\d{1,3}){3}$/.test(host);
}

/** Whether this page, in this browser, can use them at all. */
export function arePasskeysPossible(): boolean {
  return typeof window.PublicKeyCredential === 'function' && canHavePasskeys(window.location.hostname);
}

export function provePasskey(options: PasskeyOptions): Promise<Passkey> {
  return told(async () => {
    const optionsJSON = options as unknown as AuthenticationOptions;
    return (await startAuthentication({ optionsJSON })) as unknown as Passkey;
  });
}

export function createPasskey(options: PasskeyOptions): Promise<unknown> {
  return told(() => startRegistration({ optionsJSON: options as unknown as RegistrationOptions }));
}

async function told<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw new PasskeyProblem(failureOf(error));
  }
}

function failureOf(error: unknown): PasskeyFailure {
  if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'known';
  const name = error instanceof Error ? error.name : '';
  return name === 'NotAllowedError' || name === 'AbortError' ? 'notDone' : 'impossible';
}
