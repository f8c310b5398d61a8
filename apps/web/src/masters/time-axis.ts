export interface TimeAxis {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Held {
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}

/** Part of the axis that rows without an end, or without a start, reach beyond its last moment. */
const margin = 0.06;

/** The range that shows every start and end of the rows, and now; null where no row has either. */
export function axisOf(rows: readonly Held[], nowMs: number): TimeAxis | null {
  let first = Infinity;
  let last = -Infinity;
  for (const { validFrom, validUntil } of rows) {
    for (const moment of [validFrom, validUntil]) {
      if (moment === null) continue;
      first = Math.min(first, Date.parse(moment));
      last = Math.max(last, Date.parse(moment));
    }
  }
  if (first === Infinity) return null;
  const fromMs = Math.min(first, nowMs);
  const toMs = Math.max(last, nowMs);
  const room = Math.max((toMs - fromMs) * margin, 60_000);
  return { fromMs: fromMs - room, toMs: toMs + room };
}

/** Where a moment stands on the axis, in percent from its left. */
export function placeOn({ fromMs, toMs }: TimeAxis, moment: number): number {
  return Math.min(100, Math.max(0, ((moment - fromMs) / (toMs - fromMs)) * 100));
}
