/** From so many lines that nobody could read, which are at least so many of all, a stream is looked at closer. */
export const leastUnparsed = 20;
export const leastUnparsedShare = 0.2;
const risesByShare = 0.2;
const fewestBefore = 200;

interface Counted {
  readonly records: number;
  readonly unparsed: number;
}

/**
 * Whether a stream stopped being parsed: a share of what came lately that is high, and higher than in its own past. What was
 * never parsed has not stopped.
 */
export function judgeParsing({ lately, before }: { lately: Counted; before: Counted }): 'share-rises' | null {
  if (before.records < fewestBefore || lately.unparsed < leastUnparsed) return null;
  const share = lately.unparsed / lately.records;
  const usual = before.unparsed / before.records;
  return share >= leastUnparsedShare && share >= usual + risesByShare ? 'share-rises' : null;
}

const minuteMs = 60_000;

/** Receive and event times that are apart by more than this say something. */
export const skewBeyondMs = minuteMs;
/** A clock that is behind looks like lines that come late; those that come late by design do so by minutes. */
const behindFromMs = 5 * minuteMs;
/** A wrong clock is wrong by the same all the time, within a share of it; a backlog shrinks. */
const steadyShare = 0.1;

export interface LagFigures {
  /** Receive time less event time: the median of the newest segment, and the least and greatest of the last two hours' medians. */
  readonly lagMs: number;
  readonly lowMs: number;
  readonly highMs: number;
  /** In how many of these two hours anything came. */
  readonly hours: number;
  /** The usual least and greatest of an hour in the days before; null where nothing is known. */
  readonly formerLowMs: number | null;
  readonly formerHighMs: number | null;
}

/**
 * Whether the clock of whoever writes a stream is off. `ahead`: no line can have been written after it came. `behind`: always by
 * about the same. `jumped`: within bounds before, and off now. Null for what merely comes late.
 */
export function judgeLag(figures: LagFigures): 'clock-ahead' | 'clock-behind' | 'clock-jumped' | null {
  const { lagMs, lowMs, highMs, hours, formerLowMs, formerHighMs } = figures;
  if (Math.abs(lagMs) <= skewBeyondMs) return null;
  const wasFine =
    formerLowMs !== null && formerHighMs !== null && formerLowMs >= -skewBeyondMs && formerHighMs <= skewBeyondMs;
  if (lagMs < 0) return wasFine ? 'clock-jumped' : 'clock-ahead';
  // What comes at once after an outage is late by one figure as well: a clock is wrong for longer.
  const isSteady = hours > 1 && highMs - lowMs <= Math.max(skewBeyondMs, steadyShare * lagMs);
  if (lagMs < behindFromMs || !isSteady) return null;
  return wasFine ? 'clock-jumped' : 'clock-behind';
}
