import type { ReportRun, ReportRunName, TenantId } from '@akashi/database';
import type { PipelineConsumer, Queue } from '@akashi/queue';
import type { Logger, ProcessTimer } from '@akashi/server-kit';
import { planAddenda } from './plan-addenda.ts';
import type { ReportParts } from './report-parts.ts';
import { runReport } from './run-report.ts';
import { sealedAs } from './seal-run.ts';

export interface ReportRunsParts {
  readonly parts: ReportParts;
  readonly queue: Pick<Queue, 'enqueueReportRun' | 'consumeReportRuns'>;
  readonly logger: Logger;
  /** A run of a duty failed for good. */
  readonly onFailed: (tenantId: TenantId, run: ReportRun) => void;
  /** A run ended, made or failed for good: whoever asked for it is told. */
  readonly tellRequester: (run: ReportRunName) => Promise<void>;
  /** How many at a time. */
  readonly concurrency?: number | undefined;
}

const lookEveryMs = 1_000;
const addendaEveryMs = 10 * 60_000;
/** Few, so that what somebody waits for is next in line whatever the duties have planned. */
const waitingAtOnce = 8;
const linkedAtOnce = 50;
/** The line of a run is found within seconds; of one that never was, nobody asks for longer. */
const linkForMs = 7 * 24 * 60 * 60 * 1000;

/** Runs of reports one at a time, so that they take one of the machine's cores beside the pipeline. */
const usualConcurrency = 1;

/** Takes runs of reports from the queue. */
export function consumeReportRuns({
  parts,
  queue,
  logger,
  onFailed,
  tellRequester,
  concurrency = usualConcurrency,
}: ReportRunsParts): PipelineConsumer {
  return queue.consumeReportRuns(
    async ({ tenantId, runId }) => {
      const name = { tenantId, id: runId } as ReportRunName;
      const outcome = await runReport(parts, name);
      if (outcome === 'done' || outcome === 'failed') await tellRequester(name);
      if (outcome !== 'again' && outcome !== 'failed') return;
      const run = await parts.database.forTenant(name.tenantId).reportRuns.get(runId);
      logger.warn({ tenantId, runId, outcome, code: run?.errorCode }, 'A run of a report stopped.');
      // Whoever asked for one by hand is told; nobody waits for those of the duties.
      if (outcome === 'failed' && run !== null && run.kind !== 'by-hand') onFailed(name.tenantId, run);
    },
    { concurrency },
  );
}

/** What each worker looks for: runs that wait, lines that can be found by now, events that came to be readable late. */
export function reportTimers({
  parts,
  queue,
  logger,
}: Omit<ReportRunsParts, 'onFailed' | 'tellRequester'>): ProcessTimer[] {
  const { platform } = parts.database;
  return [
    {
      name: 'report-runs',
      everyMs: lookEveryMs,
      run: async () => {
        const waiting = await platform.reportRuns.findTakeable({ now: parts.now(), limit: waitingAtOnce });
        for (const { tenantId, id } of waiting) await queue.enqueueReportRun({ schema: 1, tenantId, runId: id });
      },
    },
    {
      name: 'report-lines',
      everyMs: lookEveryMs,
      run: async () => {
        const since = new Date(parts.now().getTime() - linkForMs);
        for (const { tenantId, id } of await platform.reportRuns.findUnlinked({ since, limit: linkedAtOnce })) {
          const eventId = await sealedAs(parts, tenantId, id);
          if (eventId !== null) await parts.database.forTenant(tenantId).reportRuns.markSealedAs(id, eventId);
        }
      },
    },
    {
      name: 'report-addenda',
      everyMs: addendaEveryMs,
      run: async () => {
        const planned = await planAddenda(parts);
        if (planned > 0) logger.info({ planned }, 'Events of days that were reported came late.');
      },
    },
  ];
}
