import type { Severity } from '@akashi/policy';
import type { Channel, ChannelChange, IncidentKind, NewChannel } from '../api-client/incidents.ts';
import { newHours, type Hours } from '../areas/hours-text.ts';

/** Of what, and when, a channel is told, while somebody edits it. */
export interface ChannelDraft {
  minimalSeverity: Severity;
  kinds: IncidentKind[];
  areaId: string | null;
  hours: Hours | null;
  /** In minutes after midnight. */
  digestMinute: number | null;
  escalation: { channelId: string | null; afterMinutes: string } | null;
}

/** Before people come to work. */
const usualDigestMinute = 8 * 60;

export function newDraft(): ChannelDraft {
  return { minimalSeverity: 'low', kinds: [], areaId: null, hours: null, digestMinute: null, escalation: null };
}

export function draftOf(channel: Channel): ChannelDraft {
  const { minimalSeverity, kinds, areaId, hours, digestMinute, escalation } = channel;
  return {
    minimalSeverity,
    kinds,
    areaId: areaId ?? null,
    hours: hours ?? null,
    digestMinute: digestMinute ?? null,
    escalation: escalation === undefined ? null : { ...escalation, afterMinutes: String(escalation.afterMinutes) },
  };
}

export function withHours(draft: ChannelDraft, on: boolean): ChannelDraft {
  return { ...draft, hours: on ? newHours() : null };
}

export function withDigest(draft: ChannelDraft, on: boolean): ChannelDraft {
  return { ...draft, digestMinute: on ? usualDigestMinute : null };
}

export function withEscalation(draft: ChannelDraft, on: boolean): ChannelDraft {
  return { ...draft, escalation: on ? { channelId: null, afterMinutes: '30' } : null };
}

/** Minutes of 5 to 1440; null for anything else. */
export function readMinutes(text: string): number | null {
  const minutes = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return minutes >= 5 && minutes <= 1440 ? minutes : null;
}

/** What a change says: null where there is none. */
export function changeOf({ minimalSeverity, kinds, areaId, hours, digestMinute, escalation }: ChannelDraft) {
  const { channelId = null, afterMinutes = '' } = escalation ?? {};
  const minutes = readMinutes(afterMinutes);
  return {
    minimalSeverity,
    kinds,
    areaId,
    hours,
    digestMinute,
    escalation: channelId === null || minutes === null ? null : { channelId, afterMinutes: minutes },
  } satisfies ChannelChange;
}

/** The same of a new channel, which leaves out what there is not. */
export function settingsOf(draft: ChannelDraft): Pick<NewChannel, 'kinds' | 'minimalSeverity'> {
  const known = Object.entries(changeOf(draft)).filter(([, value]) => value !== null);
  return Object.fromEntries(known) as Pick<NewChannel, 'kinds' | 'minimalSeverity'>;
}
