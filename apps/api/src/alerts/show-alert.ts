import type { AlertAnswer } from '@akashi/contracts';
import type { StoredAlert, StoredIncident } from '@akashi/database';
import { keyValues, type Rule } from '@akashi/detection';

/** The fields by which a rule parts its hits, with the values of one alert. */
export function showKey(rule: Rule, key: string): AlertAnswer['key'] {
  const fields = rule.kind === 'first-seen' ? [...rule.key, ...rule.fields] : rule.key;
  const values = keyValues(key);
  return fields.map((field, index) => ({ field, value: values[index] ?? null }));
}

export function showAlert(
  alert: StoredAlert,
  { rule, incident }: { readonly rule: Rule; readonly incident: Pick<StoredIncident, 'id' | 'state'> | null },
): AlertAnswer {
  const { id, ruleId, version, title, severity, key, count, events, places } = alert;
  return {
    id,
    rule: { id: ruleId, title, kind: rule.kind, version },
    severity: severity as AlertAnswer['severity'],
    key: showKey(rule, key),
    firstAt: momentOf(alert.firstAtUs),
    lastAt: momentOf(alert.lastAtUs),
    openedAt: momentOf(alert.openedAtUs),
    count,
    events: events.map(({ eventId, logGroup, logStream }) => ({ id: eventId, logGroup, logStream })),
    places: places.map(({ logGroup, logStream }) => ({ logGroup, logStream })),
    incident: incident === null ? null : { id: incident.id, state: incident.state },
  };
}

function momentOf(us: number): string {
  return new Date(Math.floor(us / 1_000)).toISOString();
}
