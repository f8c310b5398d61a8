import type { ReportDefinition } from './definitions/report-definition.ts';
import { standardReports } from './definitions/standard-reports.ts';
import { usualHours } from './definitions/working-hours.ts';
import type { ReportContext } from './flags/report-context.ts';
import { ReportReading } from './flags/report-reading.ts';
import type { ReportEvent } from './row/report-event.ts';
import type { ReportRow } from './row/report-row.ts';

export const context: ReportContext = { timeZone: 'Asia/Tokyo', hours: usualHours, keepsApprovals: true };

/** A Friday. */
export const at = (time: string): number => Date.parse(`2026-11-20T${time.length === 5 ? `${time}:00` : time}+09:00`);

let made = 0;

export function eventOf(document: Record<string, unknown>, more: Partial<ReportEvent> = {}): ReportEvent {
  made += 1;
  return {
    id: `event-${made}`,
    timeMs: at('10:00'),
    receivedMs: at('10:00'),
    logGroup: 'servers',
    logStream: 'db01',
    document,
    record: 'a line',
    recordSha256: '0'.repeat(64),
    person: null,
    hasConflict: false,
    approval: null,
    untilMs: null,
    ...more,
  };
}

export function reportNamed(id: string): ReportDefinition {
  const found = standardReports.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no report ${id}`);
  return found;
}

/** Both readings of events that are in the order of time. */
export function readAll(
  definition: ReportDefinition,
  events: readonly ReportEvent[],
  more: Partial<ReportContext> & { before?: (key: string) => boolean } = {},
): ReportRow[] {
  const { before = () => true, ...changed } = more;
  const reading = new ReportReading(definition, { ...context, ...changed });
  if (reading.needsScan) for (const event of events) reading.scan(event);
  reading.knowBefore(before);
  return events.flatMap((event) => reading.row(event) ?? []);
}
