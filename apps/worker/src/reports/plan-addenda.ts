import { newUnmaskedId, type LateDay, type NewReportRun, type ReportRun } from '@akashi/database';
import type { ReportParts } from './report-parts.ts';

/** What came in time and could be read only later than this is an incident of the pipeline, and found in the search. */
const lookBackMs = 14 * 24 * 60 * 60 * 1000;
const mostDaysAtOnce = 20;
/** More than an organisation has reports and areas. */
const mostRuns = 5_000;

/**
 * Plans an addendum to each of the day's runs, for days of which something came in time and could be searched only after the
 * run was read. Answers how many were planned. From one moment on there is one addendum to a run, whoever plans it.
 */
export async function planAddenda(parts: Pick<ReportParts, 'database' | 'now'>): Promise<number> {
  const since = new Date(parts.now().getTime() - lookBackMs);
  const days = await parts.database.platform.reportRuns.findLateDays({ since, limit: mostDaysAtOnce });
  let planned = 0;
  for (const day of days) planned += await planOfDay(parts, day);
  return planned;
}

async function planOfDay(
  { database, now }: Pick<ReportParts, 'database' | 'now'>,
  { tenantId, day }: LateDay,
): Promise<number> {
  const { reportRuns, segments } = database.forTenant(tenantId);
  const runs = await reportRuns.list({ day, limit: mostRuns });
  const wanted: NewReportRun[] = [];
  for (const run of runs.filter(({ kind }) => kind === 'duty')) {
    const indexedAfter = readUntil(run, runs);
    if (indexedAfter === null) continue;
    const late = await segments.indexedAfter({ from: run.from, to: run.to, after: indexedAfter });
    if (late.length > 0) wanted.push(addendumTo(run, indexedAfter, now()));
  }
  if (wanted.length > 0) await reportRuns.plan(wanted);
  return wanted.length;
}

/** Until when what was indexed is in the run or in one of its addenda; null while one of them is not done. */
function readUntil(run: ReportRun, runs: readonly ReportRun[]): Date | null {
  const all = [run, ...runs.filter(({ addendumTo: to }) => to === run.id)];
  const reads = all.flatMap(({ state, readAt }) => (state === 'done' && readAt !== null ? [readAt.getTime()] : []));
  return reads.length < all.length ? null : new Date(Math.max(...reads));
}

function addendumTo(run: ReportRun, indexedAfter: Date, at: Date): NewReportRun {
  const { definition, area, basis, from, to, day } = run;
  return {
    id: newUnmaskedId(),
    definition,
    area,
    basis,
    from,
    to,
    day,
    kind: 'addendum',
    requestedBy: null,
    at,
    addendum: { to: run.id, indexedAfter },
  };
}
