import { parseEventId } from '@akashi/log-event';
import { readNdjson } from '@akashi/report-render';
import { openFrozen } from './frozen-object.ts';
import type { ReportParts, RunInHand } from './report-parts.ts';

/** What an addendum lists: events of these segments that the run and its earlier addenda do not have. */
export interface LateEvents {
  readonly segments: ReadonlySet<string>;
  readonly listed: ReadonlySet<string>;
}

const mostAddenda = 1_000;

/** Null for every run but an addendum: it lists all. */
export async function lateEventsOf(parts: ReportParts, inHand: RunInHand): Promise<LateEvents | null> {
  const { run, tenantId } = inHand;
  if (run.kind !== 'addendum' || run.indexedAfter === null || run.addendumTo === null || run.day === null) return null;
  const { reportRuns, segments } = parts.database.forTenant(tenantId);
  const late = await segments.indexedAfter({ from: run.from, to: run.to, after: run.indexedAfter });
  const ids = new Set(late.map(({ segmentId }) => segmentId));
  const sameDay = await reportRuns.list({ day: run.day, report: run.report, states: ['done'], limit: mostAddenda });
  const listed = new Set<string>();
  for (const former of sameDay.filter((each) => each.id === run.addendumTo || each.addendumTo === run.addendumTo)) {
    const rows = await openFrozen(parts, { tenantId, run: former }, 'rows.ndjson');
    if (rows === null) continue;
    for await (const { eventId } of readNdjson(rows.content()))
      if (eventId !== null && ids.has(segmentOf(eventId))) listed.add(eventId);
    await inHand.progress(0);
  }
  return { segments: ids, listed };
}

export function isLate(eventId: string, late: LateEvents | null): boolean {
  return late === null || (late.segments.has(segmentOf(eventId)) && !late.listed.has(eventId));
}

function segmentOf(eventId: string): string {
  return parseEventId(eventId)?.segmentId ?? '';
}
