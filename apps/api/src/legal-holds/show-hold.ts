import type { LegalHoldAnswer } from '@akashi/contracts';
import type { HeldCount, LegalHold } from '@akashi/database';
import type { HeldPart } from '@akashi/policy';

type Person = LegalHold['createdBy'];

export function partOf({ logGroups, from, to }: LegalHold): HeldPart {
  return { logGroups, fromUs: usOf(from), toUs: usOf(to) };
}

export function showHold(hold: LegalHold, held: HeldCount | null): LegalHoldAnswer {
  const { id, reason, logGroups, personId, personName, from, to, createdBy, createdAt } = hold;
  return {
    id,
    reason,
    everything: logGroups.length === 0 && personId === null && from === null && to === null,
    logGroups,
    person: personId === null ? null : { id: personId, name: personName },
    from: from?.toISOString() ?? null,
    to: to?.toISOString() ?? null,
    state: hold.liftedAt !== null ? 'lifted' : hold.liftWaits ? 'lift-waiting' : 'in-force',
    createdBy: showPerson(createdBy),
    createdAt: createdAt.toISOString(),
    lift: liftOf(hold),
    held,
  };
}

/** One that was declined, withdrawn or has lapsed is over: the hold stands as before. */
function liftOf(hold: LegalHold): LegalHoldAnswer['lift'] {
  const { liftReason, liftAskedBy, liftAskedAt, liftApprovalId, liftWaits, liftedBy, liftedAt } = hold;
  if (liftReason === null || liftAskedBy === null || liftAskedAt === null || liftApprovalId === null) return null;
  if (!liftWaits && liftedAt === null) return null;
  return {
    reason: liftReason,
    askedBy: showPerson(liftAskedBy),
    askedAt: liftAskedAt.toISOString(),
    approvalId: liftApprovalId,
    liftedBy: liftedBy === null ? null : showPerson(liftedBy),
    liftedAt: liftedAt?.toISOString() ?? null,
  };
}

function showPerson({ id, displayName, email }: Person): LegalHoldAnswer['createdBy'] {
  return { id, name: displayName, email };
}

function usOf(at: Date | null): number | null {
  return at === null ? null : at.getTime() * 1000;
}
