import type { IncidentAnswer } from '@akashi/contracts';
import type { StoredIncident } from '@akashi/database';
import { closesByItself, severityOf } from '@akashi/policy';

/** What is not known yet is left out. */
export function showIncident(incident: StoredIncident): IncidentAnswer {
  const { id, kind, where, cause, details, state, startedAt, lastSeenAt, count } = incident;
  const { acknowledgedBy, closedBy, rootCause, action, securityIssues, furtherAction, prevention } = incident;
  return {
    id,
    kind,
    severity: severityOf(kind, details),
    where,
    cause,
    details: details as IncidentAnswer['details'],
    state,
    startedAt: startedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    count,
    closesByItself: closesByItself(kind),
    ...known({
      endedAt: incident.endedAt?.toISOString(),
      acknowledgedBy,
      acknowledgedAt: incident.acknowledgedAt?.toISOString(),
      closedBy,
      closedAt: incident.closedAt?.toISOString(),
      rootCause,
      action,
      securityIssues,
      furtherAction,
      prevention,
    }),
  };
}

function known<Name extends string>(values: Record<Name, string | null | undefined>): Partial<Record<Name, string>> {
  const entries = Object.entries<string | null | undefined>(values).filter(([, value]) => value != null);
  return Object.fromEntries(entries) as Partial<Record<Name, string>>;
}
