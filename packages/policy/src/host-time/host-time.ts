import type { StepBy, TimeFact } from './time-fact.ts';

/** `stepped`: somebody set the clock, and nothing has said since that it is right. `unknown`: no line has said. */
export type ClockState = 'synchronized' | 'unsynchronized' | 'stopped' | 'stepped' | 'unknown';

/** Where a line stands in the organisation's log. */
export interface LeafPlace {
  readonly entry: number;
  readonly leaf: number;
}

export interface TimeStep {
  /** Event time and receive time of the first line that tells of it, UTC milliseconds. */
  readonly timeMs: number;
  readonly receivedMs: number;
  readonly offsetSeconds: number | null;
  readonly by: StepBy;
  readonly account: string | null;
  readonly program: string | null;
  /** How many lines tell of it: the service, the kernel and sudo each have their own. */
  readonly lines: number;
}

/** What the lines of one host in one stream come to, folded in the order of the log. */
export interface HostTime {
  readonly state: ClockState;
  /** Event time and receive time of the line since which it is in this state; null while it is unknown. */
  readonly sinceMs: number | null;
  readonly sinceReceivedMs: number | null;
  /** The line that said so last. */
  readonly stateAt: LeafPlace | null;
  readonly program: string | null;
  readonly server: string | null;
  readonly stratum: number | null;
  readonly offsetSeconds: number | null;
  readonly lastEventMs: number;
  readonly lastReceivedMs: number;
  /** Newest last, the newest 20. */
  readonly steps: readonly TimeStep[];
  /** How many steps there were ever. */
  readonly stepCount: number;
}

export interface PlacedFact extends TimeFact {
  readonly place: LeafPlace;
  readonly timeMs: number;
  readonly receivedMs: number;
}

export const mostSteps = 20;
/** Lines that come within this time of the first tell of the same step. By receive time: the step itself moves the other one. */
const oneStepMs = 60_000;

const nothing: HostTime = {
  state: 'unknown',
  sinceMs: null,
  sinceReceivedMs: null,
  stateAt: null,
  program: null,
  server: null,
  stratum: null,
  offsetSeconds: null,
  lastEventMs: 0,
  lastReceivedMs: 0,
  steps: [],
  stepCount: 0,
};

/** The state after one more line. `step`: the step that the line tells of, with what earlier lines told of it. */
export function foldTimeFact(
  before: HostTime | null,
  fact: PlacedFact,
): { readonly host: HostTime; readonly step: TimeStep | null } {
  const old = before ?? nothing;
  const seen = {
    ...old,
    lastEventMs: fact.timeMs,
    lastReceivedMs: Math.max(old.lastReceivedMs, fact.receivedMs),
  };
  if (fact.kind === 'seen')
    return { host: { ...seen, offsetSeconds: fact.offsetSeconds ?? old.offsetSeconds }, step: null };
  if (fact.kind === 'stepped') return afterStep(seen, fact);
  const isSame = old.state === fact.kind;
  const isSynchronized = fact.kind === 'synchronized';
  const isNewServer = fact.server !== null && fact.server !== old.server;
  // Who stops following a server has none; what was known of the former one says nothing of the next.
  const server = isSynchronized ? (fact.server ?? old.server) : null;
  return {
    host: {
      ...seen,
      state: fact.kind,
      sinceMs: isSame ? old.sinceMs : fact.timeMs,
      sinceReceivedMs: isSame ? old.sinceReceivedMs : fact.receivedMs,
      stateAt: fact.place,
      program: fact.program ?? old.program,
      server,
      stratum: isSynchronized ? (fact.stratum ?? (isNewServer ? null : old.stratum)) : null,
      offsetSeconds: isSynchronized ? (fact.offsetSeconds ?? old.offsetSeconds) : null,
    },
    step: null,
  };
}

function afterStep(seen: HostTime, fact: PlacedFact): { host: HostTime; step: TimeStep } {
  const { timeMs, receivedMs, offsetSeconds, account, program } = fact;
  const one: TimeStep = { timeMs, receivedMs, offsetSeconds, by: fact.by ?? 'unknown', account, program, lines: 1 };
  const last = seen.steps.at(-1);
  const step = last !== undefined && isSameStep(last, one) ? joined(last, one) : one;
  const isNew = step === one;
  const steps = [...(isNew ? seen.steps : seen.steps.slice(0, -1)), step].slice(-mostSteps);
  const host = { ...seen, steps, stepCount: seen.stepCount + (isNew ? 1 : 0) };
  // A service that sets the clock knows what it does; anybody else leaves it unproven until the service says more.
  if (one.by !== 'person' || seen.state === 'stopped') return { host, step };
  const since = seen.state === 'stepped' ? {} : { sinceMs: timeMs, sinceReceivedMs: receivedMs };
  return { host: { ...host, ...since, state: 'stepped', stateAt: fact.place }, step };
}

function isSameStep(one: TimeStep, other: TimeStep): boolean {
  return Math.abs(other.receivedMs - one.receivedMs) <= oneStepMs;
}

function joined(one: TimeStep, other: TimeStep): TimeStep {
  const rank = { person: 2, service: 1, unknown: 0 };
  const teller = rank[other.by] > rank[one.by] ? other : one;
  return {
    ...one,
    by: teller.by,
    program: teller.program,
    account: one.account ?? other.account,
    offsetSeconds: one.offsetSeconds ?? other.offsetSeconds,
    lines: one.lines + other.lines,
  };
}

/**
 * One host out of what its streams say: the state that was said last in the log, and the steps of all. The same whatever the
 * order of the streams; null without any.
 */
export function mergeHostTimes(streams: readonly HostTime[]): HostTime | null {
  const byPlace = streams.toSorted((one, other) => comparePlaces(one.stateAt, other.stateAt));
  const last = byPlace.at(-1);
  if (last === undefined) return null;
  const newest = streams.reduce((one, other) => (other.lastReceivedMs > one.lastReceivedMs ? other : one));
  const steps: TimeStep[] = [];
  let again = 0;
  for (const step of streams.flatMap((each) => each.steps).toSorted(compareSteps)) {
    const before = steps.at(-1);
    if (before !== undefined && isSameStep(before, step)) {
      steps[steps.length - 1] = joined(before, step);
      again += 1;
    } else steps.push(step);
  }
  return {
    ...last,
    lastReceivedMs: newest.lastReceivedMs,
    lastEventMs: newest.lastEventMs,
    steps: steps.slice(-mostSteps),
    stepCount: streams.reduce((sum, { stepCount }) => sum + stepCount, 0) - again,
  };
}

function comparePlaces(one: LeafPlace | null, other: LeafPlace | null): number {
  if (one === null || other === null) return (one === null ? 0 : 1) - (other === null ? 0 : 1);
  return one.entry - other.entry || one.leaf - other.leaf;
}

function compareSteps(one: TimeStep, other: TimeStep): number {
  return (
    one.receivedMs - other.receivedMs ||
    one.timeMs - other.timeMs ||
    (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)
  );
}
