import type { AuditTrailEntry, EventAnswer } from '@akashi/contracts';
import { isObject } from '../audit-trail/is-object.ts';

/** What was asked and what changed. */
export type ToldAct = Pick<AuditTrailEntry, 'query' | 'logGroups' | 'changes' | 'details'>;

const detailPrefix = 'akashi.audit.details.';

/**
 * The texts of an act out of its sealed record: values in the index are cut at its bounds, and behind a cut a condition could
 * hide. Out of the index only where a grant hides the record.
 */
export function readToldAct(event: Pick<EventAnswer, 'record' | 'fields' | 'labels'>): ToldAct {
  const record = parse(event.record);
  const akashi = isObject(record) && isObject(record['akashi']) ? record['akashi'] : {};
  const audit = isObject(akashi['audit']) ? akashi['audit'] : undefined;
  const text = (name: string): string | undefined => {
    const value = audit === undefined ? event.fields[`akashi.audit.${name}`] : audit[name];
    return typeof value === 'string' ? value : undefined;
  };
  const query = text('query');
  const logGroups = text('log_groups');
  const changes = parse(text('changes') ?? '');
  return {
    ...(query === undefined ? {} : { query }),
    ...(logGroups === undefined ? {} : { logGroups }),
    ...(Array.isArray(changes) ? { changes: changes as NonNullable<ToldAct['changes']> } : {}),
    details: audit === undefined ? detailsOf(event.labels) : textsOf(audit['details']),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function textsOf(details: unknown): Record<string, string> {
  if (!isObject(details)) return {};
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, String(value)]));
}

function detailsOf(labels: Readonly<Record<string, string>>): Record<string, string> {
  const details: Record<string, string> = {};
  for (const [name, value] of Object.entries(labels))
    if (name.startsWith(detailPrefix)) details[name.slice(detailPrefix.length)] = value;
  return details;
}
