import type { NewReviewAct, SignedChange } from '@akashi/database';
import type { RequestContext } from '../request-context/request-context.ts';
import type { SignedReview, SigningRequest } from '../signatures/signatures.service.ts';
import { by } from './review-results.service.ts';
import { addendumNumber, isExcused, type Said, type SignedAct, type SignedDay } from './what-is-signed.ts';

interface Signed {
  readonly said: Said;
  readonly on: SignedDay;
  readonly request: SigningRequest;
  readonly signature: SignedReview;
}

/** What a signed act makes true of the day once it is sealed. */
export function whatIsKept(context: RequestContext, act: SignedAct, signed: Signed): SignedChange {
  const { said, on, request, signature } = signed;
  const { review } = on.day.whole;
  const { actor } = context;
  const at = signature.row.signedAt;
  const who = by(context, at);
  const kept = (more: Pick<SignedChange, 'change' | 'acts'>, addendum: number | null): SignedChange => ({
    signature: signature.row,
    record: { canonical: request.record, sha256: signature.recordSha256, revision: request.revision, addendum },
    ceases: act === 'submit' ? `review ${review.day}` : null,
    ...more,
  });
  switch (act) {
    case 'submit': {
      const submitted: NewReviewAct = { ...who, kind: 'submitted', text: said.comment };
      const late: NewReviewAct[] =
        said.lateReason === undefined ? [] : [{ ...who, kind: 'late-reason', text: said.lateReason }];
      const change = {
        state: 'submitted',
        revision: request.revision,
        lateReason: said.lateReason ?? review.lateReason ?? undefined,
        submittedBy: actor.id,
        submittedByName: actor.name,
        submittedAt: at,
        returnedComment: null,
      } as const;
      return kept({ change, acts: [...late, submitted] }, 0);
    }
    case 'approve': {
      const change = {
        state: 'approved',
        approvedBy: actor.id,
        approvedByName: actor.name,
        approvedAt: at,
        separationReason: isExcused(context, on) ? said.separationReason : undefined,
      } as const;
      return kept({ change, acts: [{ ...who, kind: 'approved', text: said.separationReason ?? said.comment }] }, null);
    }
    case 'return': {
      const change = { state: 'returned', returnedComment: said.comment } as const;
      return kept({ change, acts: [{ ...who, kind: 'returned', text: said.comment }] }, null);
    }
    case 'addenda':
      return kept({ change: {}, acts: [{ ...who, kind: 'addendum', text: said.comment }] }, addendumNumber(on));
  }
}
