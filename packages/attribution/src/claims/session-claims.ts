import type { QueryTree } from '@akashi/query';
import type { LearnedFact } from '../learn/learned-fact.ts';
import type { MasterRow } from '../masters/master-row.ts';
import type { Claim } from './claim.ts';
import { absent, all, any, anyOf, isAccount, isOfPlace } from './conditions.ts';
import { loginClaims } from './login-claims.ts';
import { onlySessionClaims } from './only-session-claims.ts';
import { sessionOwners, type OwnedSession } from './session-owners.ts';
import { placeKeys, sessionReason, ttyForms } from './session-words.ts';
import { SharedAccounts } from './shared-accounts.ts';

/** Step 2: what a shared account did in a session was done by whoever the session was. */
export function sessionClaims(
  facts: readonly LearnedFact[],
  known: { readonly claims: readonly Claim[]; readonly assets: readonly MasterRow[] },
): Claim[] {
  const shared = new SharedAccounts(known.assets);
  const sessions = sessionOwners(facts, known.claims);
  return [
    ...sessions.flatMap((session) => keyedClaims(session, shared)),
    ...onlySessionClaims(sessions, shared),
    ...loginClaims(facts, known.claims),
  ];
}

function keyedClaims({ session, owner }: OwnedSession, shared: SharedAccounts): Claim[] {
  if (owner === undefined) return [];
  const { place, from, until, tty, pid, program, kind } = session;
  const isElevation = kind === 'elevation';
  if (isElevation && !shared.includes(session)) return [];
  const account = isAccount(isElevation ? [session.account] : shared.namesAt(session));
  const make = (key: string, ...conditions: readonly QueryTree[]): Claim => ({
    kind: 'session',
    person: owner.person,
    certainty: owner.certainty,
    from,
    until,
    condition: all([isOfPlace(place), ...conditions]),
    keys: placeKeys(place, key),
    because: [sessionReason(session), ...owner.because],
  });
  return [
    ...(tty === null ? [] : [make(`tty ${tty}`, account, anyOf('process.tty.name', ttyForms(tty)))]),
    // Linux audit and Windows say the number with everything that is done in the session; audit whatever account acts.
    ...(session.session === null || isElevation
      ? []
      : [
          withEndOfLogon(
            session.session,
            make(`session ${session.session}`, any([account, absent('user.name')]), isInSession(session.session)),
          ),
        ]),
    ...(pid === null || program === null
      ? []
      : [withEnd(make(`pid ${pid}`, account, isNumber('process.pid', pid), anyOf('process.name', [program])))]),
  ];
}

/** Windows writes the number of a logon session in hexadecimal digits, in a field of its own. */
function isInSession(session: string): QueryTree {
  if (!session.startsWith('0x')) return anyOf('session.id', [session]);
  return anyOf('winlog.logon.id', [...new Set([session, `0x${session.slice(2).toUpperCase()}`])]);
}

/** The number of a logon session is not given again, so what says that it is over is its own as well. */
function withEndOfLogon(session: string, claim: Claim): Claim {
  return session.startsWith('0x') ? withEnd(claim) : claim;
}

/** What says that the session is over is the process's own and the last that it says. */
function withEnd(claim: Claim): Claim {
  return { ...claim, until: claim.until === null ? null : claim.until + 1 };
}

function isNumber(field: string, value: number): QueryTree {
  return { kind: 'equals', field, value };
}
