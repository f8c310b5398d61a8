/**
 * A verification that came to no end, because the verifier or a store went away meanwhile. It says nothing about the
 * evidence: it is neither proven nor altered, and is run again.
 */
export class VerificationUnfinished extends Error {
  override readonly name = 'VerificationUnfinished';
  readonly code = 'verification-unfinished';
}
