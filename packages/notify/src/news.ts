import type { IncidentKind, IncidentState } from '@akashi/policy';

/** Why somebody is told. */
export type NewsEvent = 'opened' | 'reopened' | 'repeated' | 'closed';

/** What is told of an incident: kind, place, times and counts. Nothing that a sender or a person wrote. */
export interface News {
  /** The same at every attempt, so that a receiver can tell a repeated message. */
  readonly id: string;
  readonly event: NewsEvent;
  readonly incident: {
    readonly id: string;
    readonly kind: IncidentKind;
    readonly where: string;
    /** A code. */
    readonly cause: string;
    readonly state: IncidentState;
    readonly startedAt: Date;
    readonly lastSeenAt: Date;
    readonly endedAt: Date | null;
    readonly count: number;
  };
}

export interface Organisation {
  readonly id: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly language: 'ja' | 'en';
  /** IANA zone of the times that people read. */
  readonly timeZone: string;
}

/** Where an incident is shown; whoever follows it signs in and sees what they may see. */
export function incidentLink(webUrl: string, incidentId: string): string {
  return `${webUrl}/incidents?incident=${incidentId}`;
}
