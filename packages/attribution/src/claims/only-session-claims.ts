import type { QueryTree } from '@akashi/query';
import type { Claim } from './claim.ts';
import { absent, all, anyOf, isAccount, isOfPlace } from './conditions.ts';
import { groupBy } from './lease-periods.ts';
import type { OwnedSession } from './session-owners.ts';
import { placeKeys, sessionReason } from './session-words.ts';
import type { SharedAccounts } from './shared-accounts.ts';

/**
 * What a shared account did without saying in which session: of the one person whose sessions of that account were the only ones
 * open on the machine. A session of nobody known, or one that may be over, makes it nobody's.
 */
export function onlySessionClaims(sessions: readonly OwnedSession[], shared: SharedAccounts): Claim[] {
  const used = sessions.filter(({ session }) => shared.includes(session));
  const groups = groupBy(used, ({ session }) => `${session.machine} ${session.account}`);
  return [...groups.values()].flatMap(claimsOfAccount);
}

function claimsOfAccount(sessions: readonly OwnedSession[]): Claim[] {
  const bounds = sessions.flatMap(({ session: { from, until, doubtfulFrom } }) => [from, until, doubtfulFrom ?? from]);
  const moments = [...new Set(bounds)].toSorted((one, other) => one - other);
  const claims: Claim[] = [];
  let open: OwnedSession[] = [];
  let next = 0;
  const sorted = sessions.toSorted((one, other) => one.session.from - other.session.from);
  moments.forEach((from, index) => {
    const until = moments[index + 1];
    if (until === undefined) return;
    open = open.filter(({ session }) => session.until > from);
    for (let one = sorted[next]; one !== undefined && one.session.from <= from; one = sorted[++next]) open.push(one);
    const claim = claimOf(
      open.filter(({ session }) => session.until > from),
      { from, until },
    );
    if (claim !== undefined) claims.push(claim);
  });
  return claims;
}

function claimOf(open: readonly OwnedSession[], { from, until }: { from: number; until: number }): Claim | undefined {
  const [first] = open;
  const owner = first?.owner;
  if (first === undefined || owner === undefined) return undefined;
  const isDoubtful = open.some(
    ({ session: { doubtfulFrom }, owner: other }) =>
      other?.person !== owner.person || (doubtfulFrom !== null && doubtfulFrom <= from),
  );
  if (isDoubtful) return undefined;
  const { account, place } = first.session;
  return {
    kind: 'only-session',
    person: owner.person,
    certainty: 'likely',
    from,
    until,
    condition: all([isOfPlace(place), isAccount([account]), ...namesNoSession(open)]),
    keys: placeKeys(place, 'only'),
    because: [{ ...sessionReason(first.session), kind: 'only-session' }, ...owner.because],
  };
}

/** Programs that act by themselves under a system's account. */
const ownPrograms = ['cron', 'crond', 'CRON', 'CROND', 'anacron', 'atd', 'systemd'];
const ownServices = ['cron', 'crond', 'atd', 'systemd-user'];

/**
 * The event does not say another session: it names no terminal or number where a session open then is known by its own, it comes
 * from nowhere else, and it is neither a sign-in of its own nor the act of a scheduler.
 */
function namesNoSession(open: readonly OwnedSession[]): QueryTree[] {
  const knows = (key: 'tty' | 'session'): boolean => open.some(({ session }) => session[key] !== null);
  return [
    absent('source.ip'),
    ...(knows('tty') ? [absent('process.tty.name')] : []),
    ...(knows('session') ? [absent('session.id'), absent('winlog.logon.id')] : []),
    // Linux audit says which login session an act was in, or that it was in none.
    not(anyOf('parse.format', ['auditd'])),
    not(anyOf('event.category', ['authentication', 'session'])),
    not(anyOf('process.name', ownPrograms)),
    not(anyOf('service.name', ownServices)),
  ];
}

function not(part: QueryTree): QueryTree {
  return { kind: 'not', part };
}
