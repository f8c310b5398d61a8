import { closesByItself, type IncidentKind } from './incident-kinds.ts';

export const incidentStates = ['open', 'acknowledged', 'closed'] as const;

export type IncidentState = (typeof incidentStates)[number];

/** The course of one incident. One place has at most one unfinished incident of a kind. */
export interface Incident {
  readonly kind: IncidentKind;
  /** The place, in the product's own words: `event AZnd….17`, `index`, `duty verify`. */
  readonly where: string;
  /** A code. */
  readonly cause: string;
  readonly state: IncidentState;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  /** When the cause ended; of a closed incident always a moment. */
  readonly endedAt: Date | null;
  /** How often it was noticed. */
  readonly count: number;
  readonly acknowledgedBy: string | null;
  /** Null as well for what closed by itself. */
  readonly closedBy: string | null;
}

export interface Notice {
  readonly kind: IncidentKind;
  readonly where: string;
  readonly cause: string;
  readonly at: Date;
  /** How often since the last notice; 1 unless told. */
  readonly count?: number | undefined;
}

/** What a notice did. `late`: it tells of the time before the incident ended, and only counts. */
export type NoticeEffect = 'opened' | 'reopened' | 'repeated' | 'late';

/** What comes back within this time after it closed by itself is the same incident. */
export const reopensWithinMs = 15 * 60_000;

/**
 * What a notice makes of the newest incident of its kind and place. What a person has closed stays closed: the same cause
 * noticed later is a new incident.
 */
export function afterNotice(newest: Incident | null, notice: Notice): { incident: Incident; effect: NoticeEffect } {
  const { kind, where, cause, at, count = 1 } = notice;
  if (newest === null || isPast(newest, at)) {
    const seen = { startedAt: at, lastSeenAt: at, endedAt: null, count };
    return {
      incident: { kind, where, cause, state: 'open', ...seen, acknowledgedBy: null, closedBy: null },
      effect: 'opened',
    };
  }
  const counted = {
    ...newest,
    count: newest.count + count,
    startedAt: earlier(newest.startedAt, at),
    lastSeenAt: later(newest.lastSeenAt, at),
    cause: at >= newest.lastSeenAt ? cause : newest.cause,
  };
  if (newest.state !== 'closed') {
    const isRunning = newest.endedAt === null || at > newest.endedAt;
    return { incident: { ...counted, endedAt: isRunning ? null : newest.endedAt }, effect: 'repeated' };
  }
  if (newest.endedAt !== null && at <= newest.endedAt) return { incident: counted, effect: 'late' };
  return { incident: { ...counted, state: 'open', endedAt: null, acknowledgedBy: null }, effect: 'reopened' };
}

/** Whether what is noticed at a moment is no longer this incident. */
function isPast({ state, endedAt, closedBy }: Incident, at: Date): boolean {
  if (state !== 'closed' || endedAt === null || at <= endedAt) return false;
  return closedBy !== null || at.getTime() - endedAt.getTime() > reopensWithinMs;
}

/** The cause ended. What was noticed after that moment keeps the incident running. */
export function afterCease(incident: Incident, at: Date): Incident {
  if (incident.state === 'closed' || incident.endedAt !== null || at < incident.lastSeenAt) return incident;
  return { ...incident, endedAt: at, state: closesByItself(incident.kind) ? 'closed' : incident.state };
}

/** Null when there is nothing to acknowledge: it is closed. Whoever acknowledged it first stays. */
export function afterAcknowledge(incident: Incident, by: string): Incident | null {
  if (incident.state === 'closed') return null;
  return { ...incident, state: 'acknowledged', acknowledgedBy: incident.acknowledgedBy ?? by };
}

/** A person closes it. What closed by itself takes a person's record once; null when it has one. */
export function afterClose(incident: Incident, { by, at }: { by: string; at: Date }): Incident | null {
  if (incident.closedBy !== null) return null;
  return { ...incident, state: 'closed', closedBy: by, endedAt: incident.endedAt ?? later(at, incident.lastSeenAt) };
}

function earlier(one: Date, other: Date): Date {
  return one <= other ? one : other;
}

function later(one: Date, other: Date): Date {
  return one >= other ? one : other;
}
