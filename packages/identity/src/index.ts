export { createGuardedFetch, refuseAddress } from './guarded-fetch.ts';
export { isBreachedPassword } from './breached-passwords.ts';
export { createCodeDispenser, type CodeDispenser } from './code-dispenser.ts';
export { newTotpSecret, totpCodeAt, totpEnrolmentUri, totpStepOf } from './one-time-code.ts';
export {
  createOpenIdClient,
  OpenIdProviderError,
  type OpenIdAttempt,
  type OpenIdClient,
  type OpenIdPerson,
  type OpenIdProvider,
} from './open-id-provider.ts';
export {
  checkNewPasskey,
  checkPasskey,
  passkeyCreationOptions,
  passkeyRequestOptions,
  type PasskeyAnswer,
  type PasskeySite,
  type StoredPasskey,
} from './passkeys.ts';
export { hashPassword, isPassword, needsRehash } from './password-hash.ts';
export { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
export {
  challengeOf,
  checkNewSigningKey,
  checkSigningAssertion,
  signingCreationOptions,
  signingRequestOptions,
  type NewSigningKey,
  type SigningAlgorithm,
  type SigningAssertion,
  type SigningSite,
} from './signing-credentials.ts';
