import type { PasskeyOptions, SigningCredentialsAnswer } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type SigningCredential = SigningCredentialsAnswer['items'][number];

const path = '/v1/profile/signing-credentials';

export function readSigningCredentials(signal: AbortSignal): Promise<SigningCredentialsAnswer> {
  return callApi({ path, signal });
}

/** What the browser is to make the credential by; answered within ten minutes. */
export function readSigningOptions(): Promise<PasskeyOptions> {
  return callApi({ method: 'POST', path: `${path}/options`, body: {} });
}

export function enrolSigningCredential(name: string, passkey: unknown): Promise<SigningCredentialsAnswer> {
  return callApi({ method: 'POST', path, body: { ...(name === '' ? {} : { name }), passkey } });
}

export function endSigningCredential(id: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: `${path}/${id}` });
}
