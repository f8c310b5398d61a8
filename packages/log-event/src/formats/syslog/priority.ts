import type { EventDraft } from '../../event-draft.ts';

/** RFC 5424 section 6.2.1, table 1, in the short names that syslog configuration uses. */
const facilities = (
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit alert clock ' +
  'local0 local1 local2 local3 local4 local5 local6 local7'
).split(' ');

/** RFC 5424 table 2. */
const severities = 'emergency alert critical error warning notice informational debug'.split(' ');

/** Fills the priority of `<PRI>` and gives the place after it; `at` itself where there is none (0 to 191). */
export function readPriority(draft: EventDraft, at: number): number {
  const { text } = draft;
  if (text.charCodeAt(at) !== 60) return at;
  let value = 0;
  let i = at + 1;
  for (; i < at + 4; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  if (i === at + 1 || text.charCodeAt(i) !== 62 || value > 191) return at;
  const values = priorityValues(value);
  for (let k = 0; k < priorityNames.length; k++) draft.set(priorityNames[k] ?? '', values[k] ?? 0);
  return i + 1;
}

/** The fields that a priority fills, in order. */
export const priorityNames = [
  'log.syslog.priority',
  'log.syslog.facility.code',
  'log.syslog.facility.name',
  'log.syslog.severity.code',
  'log.syslog.severity.name',
] as const;

const valuesByPriority = Array.from({ length: 192 }, (_, priority) => {
  const facility = priority >> 3;
  const severity = priority & 7;
  return [priority, facility, facilities[facility] ?? '', severity, severities[severity] ?? ''] as const;
});
const noValues = [] as const;

/** Their values, for 0 to 191. */
export function priorityValues(priority: number): readonly (number | string)[] {
  return valuesByPriority[priority] ?? noValues;
}
