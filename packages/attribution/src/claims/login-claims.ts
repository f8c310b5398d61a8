import type { LearnedFact } from '../learn/learned-fact.ts';
import { ClaimIndex } from './claim-index.ts';
import type { Claim } from './claim.ts';
import { absent, all, anyOf, isOfPlace } from './conditions.ts';
import { compare, groupBy } from './lease-periods.ts';
import { placeKeys } from './session-words.ts';
import { ownerOfAccount } from './session-owners.ts';
import { machineOf } from './session-periods.ts';

/**
 * Linux audit keeps the number of the account that signed in (auid) with everything that is done afterwards, as whatever
 * account, and often its number alone. Sessions tell which name the number has on a machine; each holds until the
 * next that tells, for eight days at most.
 */
const numberHoldsMs = 8 * 24 * 3600 * 1000;

export function loginClaims(facts: readonly LearnedFact[], claims: readonly Claim[]): Claim[] {
  const known = new ClaimIndex(claims);
  const named = facts.filter((fact) => fact.loginId !== null && fact.loginId !== '0' && nameOf(fact) !== null);
  const groups = groupBy(
    named.toSorted((one, other) => one.timeMs - other.timeMs || compare(one.eventId, other.eventId)),
    (fact) => `${machineOf({ host: fact.host, stream: fact.logStream })} ${fact.loginId ?? ''}`,
  );
  return [...groups.values()].flatMap((group) =>
    group.flatMap((fact, index) => {
      const next = group[index + 1]?.timeMs ?? Infinity;
      return claimsOfFact(fact, { until: Math.min(next, fact.timeMs + numberHoldsMs), index: known });
    }),
  );
}

/** The account that the number belongs to: the one before an elevation, else the session's own. */
function nameOf(fact: LearnedFact): string | null {
  return fact.kind === 'elevation' ? fact.origin : fact.kind === 'session-start' ? fact.account : null;
}

function claimsOfFact(fact: LearnedFact, { until, index }: { until: number; index: ClaimIndex }): Claim[] {
  const account = nameOf(fact);
  const loginId = fact.loginId;
  if (account === null || loginId === null || until <= fact.timeMs) return [];
  const place = { host: fact.host, stream: fact.logStream };
  const owner = ownerOfAccount(account, { place, from: fact.timeMs }, index);
  if (owner === undefined) return [];
  return [
    {
      kind: 'session',
      person: owner.person,
      certainty: owner.certainty,
      from: fact.timeMs,
      until,
      condition: all([isOfPlace(place), absent('user.name'), anyOf('user.id', [loginId])]),
      keys: placeKeys(place, `login ${loginId}`),
      because: [
        {
          master: 'sessions',
          row: fact.eventId,
          kind: 'login-id',
          params: { account, loginId, host: fact.host ?? fact.logStream },
        },
        ...owner.because,
      ],
    },
  ];
}
