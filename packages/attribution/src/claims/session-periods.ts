import type { LearnedFact } from '../learn/learned-fact.ts';
import { compare } from './lease-periods.ts';
import { firstLabel } from './name-variants.ts';

/** A session that the logs tell of: from its start until before its end. */
export interface SessionPeriod {
  /** The event that began it. */
  readonly eventId: string;
  readonly kind: 'session-start' | 'elevation';
  readonly place: { readonly host: string | null; readonly stream: string };
  /** Machines of the same name share it. */
  readonly machine: string;
  readonly from: number;
  until: number;
  readonly account: string;
  origin: string | null;
  readonly program: string | null;
  readonly pid: number | null;
  tty: string | null;
  session: string | null;
  loginId: string | null;
  address: string | null;
  /** From here on it may be over: something that fits several sessions has ended. */
  doubtfulFrom: number | null;
}

/** A session whose end nobody has seen is over after this time. */
export const longestSessionMs = 24 * 3600 * 1000;
/** su and PAM, sshd and PAM tell of one session within this time. */
const sameSessionMs = 60_000;
/** The same without the number of a process. */
const sameActMs = 5000;

export function machineOf({ host, stream }: { host: string | null; stream: string }): string {
  return firstLabel(host ?? stream);
}

/** Sessions out of the facts of their starts and ends, whatever order those came in. */
export function sessionsOf(facts: readonly LearnedFact[]): SessionPeriod[] {
  const sessions: SessionPeriod[] = [];
  const open = new Map<string, SessionPeriod[]>();
  for (const fact of facts.toSorted(inOrder)) {
    if (fact.kind === 'lease' || fact.kind === 'lease-end') continue;
    const machine = machineOf({ host: fact.host, stream: fact.logStream });
    const there = (open.get(machine) ?? []).filter(({ until }) => until > fact.timeMs);
    if (fact.kind === 'session-end') end(there, fact);
    else {
      const known = there.find((session) => isSame(session, fact));
      if (known === undefined) {
        supersede(there, fact);
        const started = begin(fact, machine);
        if (started !== undefined) {
          sessions.push(started);
          there.push(started);
        }
      } else complete(known, fact);
    }
    open.set(machine, there);
  }
  return sessions.filter(({ from, until }) => until > from);
}

/** Ends come first among facts of one moment: a terminal is given back before it is taken again. */
function inOrder(one: LearnedFact, other: LearnedFact): number {
  const rank = (fact: LearnedFact): number => (fact.kind === 'session-end' ? 0 : fact.kind === 'session-start' ? 1 : 2);
  return one.timeMs - other.timeMs || rank(one) - rank(other) || compare(one.eventId, other.eventId);
}

function begin(fact: LearnedFact, machine: string): SessionPeriod | undefined {
  const { kind, account, eventId, timeMs, host, logStream, origin, program, pid, tty, session, loginId, address } =
    fact;
  if (account === null || (kind !== 'session-start' && kind !== 'elevation')) return undefined;
  return {
    eventId,
    kind,
    place: { host, stream: logStream },
    machine,
    from: timeMs,
    until: timeMs + longestSessionMs,
    account,
    origin,
    program,
    pid,
    tty,
    session,
    loginId,
    address,
    doubtfulFrom: null,
  };
}

/** Two facts of one session: of the same process, or of the same act where no process is named. */
function isSame(session: SessionPeriod, fact: LearnedFact): boolean {
  if (session.kind !== fact.kind || session.account !== fact.account || session.program !== fact.program) return false;
  if (!fits(session.origin, fact.origin) || !fits(session.tty, fact.tty) || !fits(session.session, fact.session)) {
    return false;
  }
  const apart = fact.timeMs - session.from;
  if (session.pid !== null && fact.pid !== null) return session.pid === fact.pid && apart <= sameSessionMs;
  return session.pid === fact.pid && apart <= sameActMs && (session.tty === null) !== (fact.tty === null);
}

function fits(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

function complete(session: SessionPeriod, fact: LearnedFact): void {
  session.origin ??= fact.origin;
  session.tty ??= fact.tty;
  session.session ??= fact.session;
  session.loginId ??= fact.loginId;
  session.address ??= fact.address;
}

/** A sign-in takes a terminal from all that were on it; an elevation from one to the same account. */
function supersede(there: readonly SessionPeriod[], fact: LearnedFact): void {
  for (const session of there) {
    const sameTerminal = fact.tty !== null && session.tty === fact.tty;
    const sameNumber = fact.session !== null && session.session === fact.session;
    const isOver =
      fact.kind === 'session-start'
        ? sameTerminal || (sameNumber && session.kind === 'session-start')
        : sameTerminal && session.kind === 'elevation' && session.account === fact.account;
    if (isOver) session.until = Math.min(session.until, fact.timeMs);
  }
}

function end(there: readonly SessionPeriod[], fact: LearnedFact): void {
  const ended = endedBy(there, fact);
  const [only] = ended;
  if (only !== undefined && ended.length === 1) finish(there, only, fact.timeMs);
  else for (const session of ended) session.doubtfulFrom ??= fact.timeMs;
}

/** The sessions of which one has ended; several where the fact does not say which. */
function endedBy(there: readonly SessionPeriod[], fact: LearnedFact): SessionPeriod[] {
  if (fact.pid !== null) {
    const ofProcess = there.filter(({ pid, program }) => pid === fact.pid && program === fact.program);
    if (ofProcess.length > 0) return ofProcess.slice(0, 1);
  }
  if (fact.account === null) {
    return fact.session === null
      ? []
      : there.filter(({ kind, session }) => kind === 'session-start' && session === fact.session).slice(0, 1);
  }
  const ofProgram = there.filter(
    (session) => session.account === fact.account && session.program === fact.program && session.pid === null,
  );
  const alike = fact.pid === null ? ofProgram : [];
  return fact.tty === null ? alike : alike.filter(({ tty }) => fits(tty, fact.tty));
}

/** What was begun on the terminal of a sign-in ends with it. */
function finish(there: readonly SessionPeriod[], ended: SessionPeriod, at: number): void {
  ended.until = Math.min(ended.until, at);
  if (ended.kind !== 'session-start' || ended.tty === null) return;
  for (const session of there) if (session.tty === ended.tty) session.until = Math.min(session.until, at);
}
