import type { AlertAnswer, AlertsAnswer, EventDetail } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type Alert = AlertAnswer;

export interface AlertFilter {
  day: string | null;
  severity: Alert['severity'] | null;
  state: 'open' | 'closed' | 'none' | null;
  rule: string | null;
}

export function readAlerts(
  place: AlertFilter & { readonly cursor: string | null },
  signal: AbortSignal,
): Promise<AlertsAnswer> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) if (value !== null && value !== '') query.set(name, value);
  return callApi({ path: `/v1/alerts?${query}`, signal });
}

export function readAlert(id: string, signal: AbortSignal): Promise<Alert> {
  return callApi({ path: `/v1/alerts/${encodeURIComponent(id)}`, signal });
}

export function readAlertEvent(id: string, signal: AbortSignal): Promise<EventDetail> {
  return callApi({ path: `/v1/events/${encodeURIComponent(id)}`, signal });
}
