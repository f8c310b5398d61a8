import type {
  CreatedNotificationChannel,
  IncidentAnswer,
  IncidentClosing,
  IncidentsAnswer,
  NewNotificationChannel,
  NotificationChannelAnswer,
  NotificationChannelChange,
  NotificationChannelsAnswer,
  NotificationTry,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type Incident = IncidentAnswer;
export type IncidentKind = Incident['kind'];
export type Channel = NotificationChannelAnswer;
export type CreatedChannel = CreatedNotificationChannel;
export type NewChannel = NewNotificationChannel;
export type ChannelChange = NotificationChannelChange;
export type { IncidentClosing };

export interface IncidentFilter {
  state: 'open' | 'closed' | null;
  kind: string | null;
}

export function readIncidents(
  { state, kind }: IncidentFilter,
  cursor: string | null,
  signal: AbortSignal,
): Promise<IncidentsAnswer> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ state, kind, cursor })) if (value !== null) query.set(name, value);
  return callApi({ path: `/v1/incidents?${query}`, signal });
}

export function readIncident(id: string, signal: AbortSignal): Promise<Incident> {
  return callApi({ path: `/v1/incidents/${encodeURIComponent(id)}`, signal });
}

export function acknowledgeIncident(id: string): Promise<Incident> {
  return callApi({ method: 'POST', path: `/v1/incidents/${encodeURIComponent(id)}/acknowledge` });
}

export function closeIncident(id: string, body: IncidentClosing): Promise<Incident> {
  return callApi({ method: 'POST', path: `/v1/incidents/${encodeURIComponent(id)}/close`, body });
}

export async function readChannels(signal: AbortSignal): Promise<Channel[]> {
  return (await callApi<NotificationChannelsAnswer>({ path: '/v1/notification-channels', signal })).items;
}

export function createChannel(body: NewChannel): Promise<CreatedChannel> {
  return callApi({ method: 'POST', path: '/v1/notification-channels', body });
}

export function changeChannel(id: string, body: ChannelChange): Promise<Channel> {
  return callApi({ method: 'PATCH', path: `/v1/notification-channels/${encodeURIComponent(id)}`, body });
}

export function removeChannel(id: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: `/v1/notification-channels/${encodeURIComponent(id)}` });
}

export function tryChannel(id: string): Promise<NotificationTry> {
  return callApi({ method: 'POST', path: `/v1/notification-channels/${encodeURIComponent(id)}/try` });
}
