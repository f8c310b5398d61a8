import type { Incident } from './incident.ts';
import type { Severity } from './incident-severity.ts';

/** Why somebody is told. `escalated`: another channel was told, and nobody has acknowledged the incident. */
export type TellingEvent = 'opened' | 'reopened' | 'repeated' | 'closed' | 'escalated';

/** What is told of an incident: kind, place, times and counts. Nothing that a sender or a person wrote. */
export type ToldIncident = { readonly id: string; readonly severity: Severity } & Omit<
  Incident,
  'acknowledgedBy' | 'closedBy'
>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** An unacknowledged incident that goes on is told again: once after an hour, then once a day. */
export const remindsAfterMs = { first: hourMs, further: 24 * hourMs } as const;

/** How long a message that failed waits for its next attempt, by attempts made; after the last one nobody tries again. */
const retryAfterMs: readonly number[] = [
  5_000,
  30_000,
  2 * minuteMs,
  10 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
];

/** When to try again after `attempts` failed ones, in ms; null when it is given up (a day and a half after the first). */
export function retryDelayMs(attempts: number): number | null {
  return retryAfterMs[attempts - 1] ?? null;
}

/** A failing channel is an incident from this attempt on: a mail server that restarts is none. */
export const failingFromAttempt = 2;
