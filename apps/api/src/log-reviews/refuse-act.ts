import type { ReviewHindrance, ReviewRefusal } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';

/** Throws what a refusal of the policy is to the caller. */
export function refuseAct(refusal: ReviewRefusal | null): void {
  if (refusal === 'role') throw new AppError('forbidden');
  if (refusal === 'state') throw new AppError('review-moved-on');
  if (refusal === 'separation-of-duties') {
    throw new AppError('separation-of-duties', { params: { requirement: 'pci:4.0.1:10.4.1' } });
  }
}

/** Throws while something still hinders a submission: the first as the reason, all in the parameters. */
export function refuseHindrances(hindrances: readonly ReviewHindrance[]): void {
  const [reason] = hindrances;
  if (reason === undefined) return;
  throw new AppError('review-not-ready', { reason, params: { hindrances: hindrances.join(' ') } });
}
