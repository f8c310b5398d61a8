import type { TellingEvent, ToldIncident } from '@akashi/policy';

/** One message of an incident. */
export interface News {
  /** The same at every attempt, so that a receiver can tell a repeated message. */
  readonly id: string;
  readonly event: TellingEvent;
  readonly incident: ToldIncident;
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
