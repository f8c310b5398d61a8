/** One figure of a measurement, as `npm run bench` prints it: ours, its peer in the same run, and what they come to. */
export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** The peer's number; the same as `ours` where a figure has no peer. */
  readonly peer: number;
  readonly ours: number;
  /** Measured operations, records or rounds behind the value. */
  readonly n: number;
}

export interface Gate {
  readonly bench: string;
  readonly figure: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function round(value: number): number {
  return Number(value.toPrecision(4));
}
