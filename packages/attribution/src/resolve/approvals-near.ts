import type { ApprovedWork, Claims } from '../claims/claims-of.ts';
import { holdsAt } from '../claims/period.ts';

/** How far from a moment approved work is still told beside it. */
const nearMs = 24 * 60 * 60 * 1000;
const mostTold = 3;

/**
 * What a person was approved for around a moment, wherever: what holds then first, and then the nearest. It says why an act
 * was outside of all approvals; whether one covers the act is for `approvalOf` to say.
 */
export function approvalsNear(
  person: string,
  timeMs: number,
  { approvals }: Pick<Claims, 'approvals'>,
): readonly ApprovedWork[] {
  const distance = (work: ApprovedWork): number => {
    if (holdsAt(work, timeMs)) return 0;
    return Math.min(...[work.from, work.until].map((end) => (end === null ? Infinity : Math.abs(end - timeMs))));
  };
  // A target that has several names is approved under each of them.
  const byRow = new Map((approvals.get(person) ?? []).map((work) => [work.row, work]));
  return [...byRow.values()]
    .map((work) => ({ work, far: distance(work) }))
    .filter(({ far }) => far < nearMs)
    .toSorted((one, other) => one.far - other.far || (one.work.row < other.work.row ? -1 : 1))
    .slice(0, mostTold)
    .map(({ work }) => work);
}
