import { Secret, TOTP } from 'otpauth';

const period = 30;
const digits = 6;
/** SHA-1, six digits, thirty seconds: what every authenticator app reads (RFC 6238; HMAC does not rest on collisions). */
const algorithm = 'SHA1';
/** RFC 4226 section 4 recommends 160 bits. */
const secretBytes = 20;
const windowSteps = 1;
const codeShape = /^\d{6}$/;

/** A new secret in base32, as authenticator apps take it. */
export function newTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32;
}

/** The `otpauth://` address that a QR code carries. */
export function totpEnrolmentUri(totp: { secret: string; issuer: string; account: string }): string {
  return new TOTP({
    issuer: totp.issuer,
    label: totp.account,
    secret: Secret.fromBase32(totp.secret),
    algorithm,
    digits,
    period,
  }).toString();
}

/**
 * The time step whose code this is, one step before or after now at most, or null. Whoever accepts the code must store the
 * step and refuse it and those before it from then on: that is what makes a code work once (RFC 6238 section 5.2).
 */
export function totpStepOf(secret: string, code: string, nowMs: number): number | null {
  const token = code.replaceAll(/[\s-]/g, '').normalize('NFKC');
  if (!codeShape.test(token)) return null;
  const delta = TOTP.validate({
    token,
    secret: Secret.fromBase32(secret),
    algorithm,
    digits,
    period,
    timestamp: nowMs,
    window: windowSteps,
  });
  return delta === null ? null : TOTP.counter({ period, timestamp: nowMs }) + delta;
}

/** The code of a moment: for programs that hold the secret, such as the demonstration's tests. */
export function totpCodeAt(secret: string, atMs: number): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), algorithm, digits, period, timestamp: atMs });
}
