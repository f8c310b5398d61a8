import { matches, type FlatDocument } from '@akashi/query';
import type { LearnedFact } from '../learn/learned-fact.ts';
import { readAddress } from '../masters/network-address.ts';
import type { Certainty, Claim, Reason } from './claim.ts';
import { accountKey } from './account-claims.ts';
import { addressKey } from './device-claims.ts';
import { ClaimIndex } from './claim-index.ts';
import { placeFolds } from './event-keys.ts';
import { sessionReason } from './session-words.ts';
import { sessionsOf, type SessionPeriod } from './session-periods.ts';

export interface SessionOwner {
  readonly person: string;
  readonly certainty: Certainty;
  readonly because: readonly Reason[];
}

export interface OwnedSession {
  readonly session: SessionPeriod;
  /** Undefined where it leads to nobody, or to several people. */
  readonly owner: SessionOwner | undefined;
}

/** Each session with the person whose it was when it began. */
export function sessionOwners(facts: readonly LearnedFact[], claims: readonly Claim[]): OwnedSession[] {
  const index = new ClaimIndex(claims);
  const owned: OwnedSession[] = [];
  const byMachine = new Map<string, OwnedSession[]>();
  for (const session of sessionsOf(facts)) {
    const before = byMachine.get(session.machine) ?? [];
    const one = { session, owner: ownerOf(session, { index, before }) };
    owned.push(one);
    before.push(one);
    byMachine.set(session.machine, before);
  }
  return owned;
}

interface Known {
  readonly index: ClaimIndex;
  /** Sessions of the same machine that began before, the latest last. */
  readonly before: readonly OwnedSession[];
}

function ownerOf(session: SessionPeriod, known: Known): SessionOwner | undefined {
  const account = session.kind === 'elevation' ? session.origin : session.account;
  return (
    (account === null ? undefined : ownerOfAccount(account, session, known.index)) ??
    ownerBefore(account, session, known.before) ??
    ownerOfAddress(session, known.index)
  );
}

/** The one person that all claims of the account lead to. */
export function ownerOfAccount(
  account: string,
  { place, from }: Pick<SessionPeriod, 'place' | 'from'>,
  index: ClaimIndex,
): SessionOwner | undefined {
  const document = documentOf(account, place);
  const keys = placeFolds(document).map((fold) => accountKey(fold, account));
  return onlyOwner(index.at(keys, from).filter(({ condition }) => matches(condition, document)));
}

function documentOf(account: string, { host, stream }: SessionPeriod['place']): FlatDocument {
  return { 'user.name': account, 'log.stream': stream, ...(host === null ? {} : { 'host.name': host }) };
}

/** The session that this one began in: the one on the same terminal or of the same number, of the account before. */
function ownerBefore(
  account: string | null,
  session: SessionPeriod,
  before: readonly OwnedSession[],
): SessionOwner | undefined {
  const open = before.filter(({ session: other }) => other.from <= session.from && session.from < other.until);
  const around = open.findLast(
    ({ session: other }) =>
      (session.tty !== null && other.tty === session.tty && (account === null || other.account === account)) ||
      (session.session !== null && other.session === session.session && other.kind === 'session-start'),
  );
  const owner = around?.owner;
  if (around === undefined || owner === undefined) return undefined;
  return { ...owner, because: [sessionReason(around.session), ...owner.because] };
}

function ownerOfAddress({ address, from }: SessionPeriod, index: ClaimIndex): SessionOwner | undefined {
  const read = address === null ? undefined : readAddress(address);
  return read === undefined ? undefined : onlyOwner(index.at([addressKey(read)], from));
}

function onlyOwner(claims: readonly Claim[]): SessionOwner | undefined {
  const [first] = claims;
  if (first === undefined || claims.some(({ person }) => person !== first.person)) return undefined;
  return { person: first.person, certainty: first.certainty, because: first.because };
}
