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
 * account, and often its number alone. Sessions tell which name the number has on a machine; it holds until the number has another name there.
 */
export function loginClaims(facts: readonly LearnedFact[], claims: readonly Claim[]): Claim[] {
  const index = new ClaimIndex(claims);
  const named = facts.filter((fact) => fact.loginId !== null && fact.loginId !== '0' && nameOf(fact) !== null);
  const groups = groupBy(
    named.toSorted((one, other) => one.timeMs - other.timeMs || compare(one.eventId, other.eventId)),
    (fact) => `${machineOf({ host: fact.host, stream: fact.logStream })} ${fact.loginId ?? ''}`,
  );
  return [...groups.values()].flatMap((group) =>
    runsOf(group).flatMap(({ first, until }) => claimsOfRun(first, { until, index })),
  );
}

/** The account that the number belongs to: the one before an elevation, else the session's own. */
function nameOf(fact: LearnedFact): string | null {
  return fact.kind === 'elevation' ? fact.origin : fact.kind === 'session-start' ? fact.account : null;
}

function runsOf(group: readonly LearnedFact[]): Array<{ first: LearnedFact; until: number | null }> {
  const runs: Array<{ first: LearnedFact; until: number | null }> = [];
  for (const fact of group) {
    const last = runs.at(-1);
    if (last !== undefined && nameOf(last.first) === nameOf(fact)) continue;
    if (last !== undefined) last.until = fact.timeMs;
    runs.push({ first: fact, until: null });
  }
  return runs.filter(({ first, until }) => until === null || until > first.timeMs);
}

function claimsOfRun(first: LearnedFact, { until, index }: { until: number | null; index: ClaimIndex }): Claim[] {
  const account = nameOf(first);
  const loginId = first.loginId;
  if (account === null || loginId === null) return [];
  const place = { host: first.host, stream: first.logStream };
  const owner = ownerOfAccount(account, { place, from: first.timeMs }, index);
  if (owner === undefined) return [];
  return [
    {
      kind: 'session',
      person: owner.person,
      certainty: owner.certainty,
      from: first.timeMs,
      until,
      condition: all([isOfPlace(place), absent('user.name'), anyOf('user.id', [loginId])]),
      keys: placeKeys(place, `login ${loginId}`),
      because: [
        {
          master: 'sessions',
          row: first.eventId,
          kind: 'login-id',
          params: { account, loginId, host: first.host ?? first.logStream },
        },
        ...owner.because,
      ],
    },
  ];
}
