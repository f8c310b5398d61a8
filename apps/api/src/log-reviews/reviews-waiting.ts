import type { Session } from '@akashi/contracts';
import type { SessionUser, TenantDatabase } from '@akashi/database';
import { isPermitted, refuseApproval, refuseSubmission } from '@akashi/policy';
import { dailyReview } from './day-in-full.ts';

type Waiting = Pick<Session, 'reviewToDo' | 'reviewsToApprove'>;

/** Asked with every session: where more days wait, the newest say enough. */
const mostDays = 30;

const nothing: Waiting = { reviewToDo: null, reviewsToApprove: 0 };
const separation = { isSelfApprovalAllowed: false, reason: null };

/** Which days of the daily log review wait for this person: the newest to do, and how many (of the last thirty unfinished) to approve. */
export async function reviewsWaiting(tenant: TenantDatabase, person: SessionUser): Promise<Waiting> {
  const { role, stage, userId: id } = person;
  const mayPerform = isPermitted(role, 'reviews.perform');
  const mayApprove = isPermitted(role, 'reviews.approve');
  if (stage !== 'full' || !(mayPerform || mayApprove)) return nothing;
  let reviewToDo: string | null = null;
  let reviewsToApprove = 0;
  const unfinished = await tenant.logReviews.inState(['open', 'returned', 'submitted']);
  for (const { day, state } of unfinished.slice(-mostDays).toReversed()) {
    // What is submitted is to be approved alone, and everything else to be done alone.
    if (state === 'submitted' ? !mayApprove : !mayPerform || reviewToDo !== null) continue;
    const whole = await tenant.logReviews.get(day);
    if (whole === null) continue;
    const review = dailyReview({ whole, runs: new Map(), findings: new Map() });
    const areas = whole.items.map(({ area }) => area);
    const actor = { id, role };
    if (mayApprove && refuseApproval(actor, review, { act: 'approve', areas, separation }) === null) {
      reviewsToApprove += 1;
    }
    if (reviewToDo === null && refuseSubmission(actor, review, areas) === null) reviewToDo = day;
  }
  return { reviewToDo, reviewsToApprove };
}
