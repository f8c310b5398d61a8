import { foldTimeFact, type ClockState, type HostTime, type TimeStep } from './host-time.ts';
import {
  groupOfHost,
  isDesignated,
  isStepTold,
  judgeHostTime,
  limitsOfHost,
  timeProblems,
  type TimeLimits,
  type TimeProblem,
  type TimeSettings,
} from './judge-time.ts';
import type { TimeFact } from './time-fact.ts';

/** What a line says of a clock, with its event. Times are UTC milliseconds. */
export interface ClockFact extends TimeFact {
  readonly eventId: string;
  readonly timeMs: number;
  readonly receivedMs: number;
}

/** A time without proof that the clock was right: by the event times of the lines that began and ended it. */
export interface LostSpan {
  readonly state: Exclude<ClockState, 'synchronized' | 'unknown'>;
  readonly fromMs: number;
  /** Null: it lasts. */
  readonly toMs: number | null;
}

/** An event that a person must see: the step itself, or the line since which the clock is not in sync. */
export interface ClockEvent {
  readonly eventId: string;
  readonly problem: 'stepped' | 'not-synchronized' | 'service-stopped' | 'set-by-hand';
  /** Of a step, by how much the clock was set. */
  readonly offsetSeconds: number | null;
}

/** The clock of one host over a period. */
export interface ClockPeriod {
  readonly host: string;
  readonly group: string | null;
  readonly limits: TimeLimits;
  /** At the end of the period. */
  readonly time: HostTime;
  readonly isDesignated: boolean | null;
  /** The largest that a line of the period told of a clock in sync, with its sign. */
  readonly offsetSeconds: number | null;
  /** In the period, oldest first. */
  readonly steps: readonly TimeStep[];
  readonly lost: readonly LostSpan[];
  /** What was wrong at any time of the period, the gravest first. */
  readonly problems: readonly (TimeProblem | 'stepped')[];
  /** In the order of the log. */
  readonly events: readonly ClockEvent[];
}

export interface PeriodOfHost {
  readonly host: string;
  /** In the order of the log, from long enough before the period that its first state is known. */
  readonly facts: readonly ClockFact[];
  /** Receive times: from included, to not included. */
  readonly fromMs: number;
  readonly toMs: number;
}

const lostProblems = {
  unsynchronized: 'not-synchronized',
  stopped: 'service-stopped',
  stepped: 'set-by-hand',
} as const;

interface Span {
  readonly state: LostSpan['state'];
  readonly eventId: string;
  readonly fromMs: number;
  readonly receivedFromMs: number;
  toMs: number | null;
  receivedToMs: number | null;
}

/** What the lines of a host say of its clock over a period; null without any. */
export function clockPeriod(given: PeriodOfHost, settings: TimeSettings): ClockPeriod | null {
  const { host, facts, fromMs, toMs } = given;
  const limits = limitsOfHost(settings, host);
  const { time, steps, spans } = walk(facts);
  if (time === null) return null;
  const isIn = (ms: number): boolean => ms >= fromMs && ms < toMs;
  const beyondMs = limits.unsynchronizedMinutes * 60_000;
  const over = spans.filter((span) => span.receivedToMs === null || span.receivedToMs - span.receivedFromMs > beyondMs);
  const crossesAt = ({ receivedFromMs }: Span): number => receivedFromMs + beyondMs;
  const inPeriod = steps.filter(({ step }) => isIn(step.receivedMs));
  const told = inPeriod.filter(({ step }) => isStepTold(step, limits));
  // One that lasts beyond the limit is told of in the period in which it passes it.
  const passed = over.filter((span) => isIn(crossesAt(span)));
  const lasting = over.filter((span) => crossesAt(span) < toMs && (span.receivedToMs ?? Infinity) > fromMs);
  const followed = facts.filter((fact) => fact.kind === 'synchronized' && isIn(fact.receivedMs));
  const servers = new Set([time.server, ...followed.map(({ server }) => server)].filter((name) => name !== null));
  const offsetSeconds = largestOffset(facts.filter((fact) => isIn(fact.receivedMs)));
  const isServer = settings.servers.some(({ address }) => address.toLowerCase() === host.toLowerCase());
  const found = new Set<TimeProblem | 'stepped'>(judgeHostTime({ host, time }, settings, toMs));
  for (const { state } of lasting) found.add(lostProblems[state]);
  if (told.length > 0) found.add('stepped');
  if (!isServer && [...servers].some((name) => isDesignated(settings, name) === false)) found.add('peer-undesignated');
  if (!isServer && offsetSeconds !== null && Math.abs(offsetSeconds) * 1000 > limits.offsetMs)
    found.add('offset-too-large');
  return {
    host,
    group: groupOfHost(settings, host)?.name ?? null,
    limits,
    time,
    isDesignated: time.server === null ? null : isDesignated(settings, time.server),
    offsetSeconds,
    steps: inPeriod.map(({ step }) => step),
    lost: spans
      .filter((span) => (span.receivedToMs ?? Infinity) > fromMs && span.receivedFromMs < toMs)
      .map(({ state, fromMs: since, toMs: until }) => ({ state, fromMs: since, toMs: until })),
    problems: (['stepped', ...timeProblems] as const).filter((problem) => found.has(problem)),
    events: [
      ...told.map(({ step, eventId }) => ({
        eventId,
        problem: 'stepped' as const,
        offsetSeconds: step.offsetSeconds,
        at: step.receivedMs,
      })),
      // Whoever set the clock is told of by the step.
      ...passed
        .filter(({ state }) => state !== 'stepped')
        .map(({ state, eventId, receivedFromMs }) => ({
          eventId,
          problem: lostProblems[state],
          offsetSeconds: null,
          at: receivedFromMs,
        })),
    ]
      .toSorted((one, other) => one.at - other.at)
      .map(({ at: _at, ...event }) => event),
  };
}

interface Walked {
  readonly time: HostTime | null;
  readonly steps: readonly { readonly step: TimeStep; readonly eventId: string }[];
  readonly spans: readonly Span[];
}

function walk(facts: readonly ClockFact[]): Walked {
  let time: HostTime | null = null;
  const steps: { step: TimeStep; eventId: string }[] = [];
  const spans: Span[] = [];
  for (const [leaf, fact] of facts.entries()) {
    const before: ClockState = time?.state ?? 'unknown';
    const folded = foldTimeFact(time, { ...fact, place: { entry: 0, leaf } });
    time = folded.host;
    if (folded.step !== null) keepStep(steps, folded.step, fact);
    if (time.state === before) continue;
    const { eventId, timeMs, receivedMs } = fact;
    const open = spans.at(-1);
    if (open?.toMs === null) Object.assign(open, { toMs: timeMs, receivedToMs: receivedMs });
    if (time.state === 'synchronized' || time.state === 'unknown') continue;
    spans.push({
      state: time.state,
      eventId,
      fromMs: timeMs,
      receivedFromMs: receivedMs,
      toMs: null,
      receivedToMs: null,
    });
  }
  return { time, steps, spans };
}

/** Of the lines of one step, the one by which it is known who did it. */
function keepStep(steps: { step: TimeStep; eventId: string }[], step: TimeStep, { eventId, by }: ClockFact): void {
  const last = steps.at(-1);
  if (step.lines === 1 || last === undefined) steps.push({ step, eventId });
  else
    steps[steps.length - 1] = {
      step,
      eventId: step.by === by && last.step.by !== step.by ? eventId : last.eventId,
    };
}

function largestOffset(facts: readonly ClockFact[]): number | null {
  let largest: number | null = null;
  for (const { kind, offsetSeconds } of facts) {
    if (offsetSeconds === null || (kind !== 'synchronized' && kind !== 'seen')) continue;
    if (largest === null || Math.abs(offsetSeconds) > Math.abs(largest)) largest = offsetSeconds;
  }
  return largest;
}
