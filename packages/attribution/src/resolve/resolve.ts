import { matches, type FlatDocument } from '@akashi/query';
import { keysOfEvent } from '../claims/event-keys.ts';
import { claimKinds, type Certainty, type Claim, type Reason } from '../claims/claim.ts';
import type { Claims } from '../claims/claims-of.ts';
import { compare } from '../claims/lease-periods.ts';

/** Whose act an event was, and every row that says so. */
export interface Resolution {
  readonly person: string;
  readonly name: string;
  readonly certainty: Certainty;
  readonly because: readonly Reason[];
  /** Others whose act the tables say it was too, the strongest first: a contradiction that somebody must look at. */
  readonly conflict?: readonly Omit<Resolution, 'conflict'>[];
}

/** An event as the index has it, and its event time in UTC milliseconds. */
export interface EventAtTime {
  readonly document: FlatDocument;
  readonly timeMs: number;
}

/** Undefined where the tables lead to nobody. */
export function resolve({ document, timeMs }: EventAtTime, claims: Claims): Resolution | undefined {
  const holding = claims.index
    .at(keysOfEvent(document), timeMs)
    .filter(({ condition }) => matches(condition, document))
    .toSorted(strongestFirst);
  const byPerson = new Map<string, Claim[]>();
  for (const claim of holding) {
    const known = byPerson.get(claim.person);
    if (known === undefined) byPerson.set(claim.person, [claim]);
    else known.push(claim);
  }
  const [first, ...others] = [...byPerson].map(([person, theirs]) => ({
    person,
    name: claims.nameOf(person, timeMs),
    certainty: theirs[0]?.certainty ?? 'likely',
    because: reasonsOf(theirs),
  }));
  if (first === undefined) return undefined;
  return others.length === 0 ? first : { ...first, conflict: others };
}

/** Everybody whose act the tables say the event was. */
export function peopleOf(resolution: Resolution | undefined): string[] {
  return resolution === undefined
    ? []
    : [resolution.person, ...(resolution.conflict ?? []).map(({ person }) => person)];
}

/** The account before the session before the device; of two that say the same in the same way, the later one. */
function strongestFirst(one: Claim, other: Claim): number {
  return (
    claimKinds.indexOf(one.kind) - claimKinds.indexOf(other.kind) ||
    compare(one.certainty, other.certainty) ||
    (other.from ?? -Infinity) - (one.from ?? -Infinity) ||
    compare(one.person, other.person) ||
    compare(one.because[0]?.row ?? '', other.because[0]?.row ?? '')
  );
}

function reasonsOf(claims: readonly Claim[]): Reason[] {
  const reasons = new Map<string, Reason>();
  for (const claim of claims) {
    for (const reason of claim.because) {
      const key = `${reason.master} ${reason.row}`;
      if (!reasons.has(key)) reasons.set(key, reason);
    }
  }
  return [...reasons.values()];
}
