import { randomBytes } from 'node:crypto';
import { createOwnLogSender } from '@akashi/client';
import { KnownClaims, type Database } from '@akashi/database';
import type { Mailer } from '@akashi/notify';
import type { Logger, ProcessTimer } from '@akashi/server-kit';
import type { Queue } from '@akashi/queue';
import type { IncidentDesk } from '../incidents/incident-desk.ts';
import type { ReportParts } from './report-parts.ts';
import { consumeReportRuns, reportTimers } from './report-runs.ts';
import { tellRequester } from './tell-requester.ts';

export interface ReportsSettings extends Omit<ReportParts, 'log' | 'claims' | 'newNonce' | 'database'> {
  readonly database: Database;
  readonly queue: Queue;
  readonly logger: Logger;
  readonly desk: Pick<IncidentDesk, 'notice'>;
  readonly mailer: Pick<Mailer, 'send'>;
  /** Where people find the web app. */
  readonly webUrl: string;
  /** Where the hashes of frozen runs are sent, and the installation's own key. */
  readonly intake: { readonly endpoint: string; readonly key: () => Promise<string> };
  /** How many runs at a time, where it is not the usual one. */
  readonly concurrency?: number | undefined;
}

export interface Reports {
  readonly timers: readonly ProcessTimer[];
  /** Begins to take runs. */
  start(): { close(): Promise<void> };
}

/** The line of a run is waited for longer than an act: nobody's request stands behind it. */
const lineWithinMs = 30_000;

/** Runs of reports as this worker takes part in them. */
export function openReports(given: ReportsSettings): Reports {
  const { queue, logger, desk, mailer, webUrl, intake, concurrency, ...settings } = given;
  const parts: ReportParts = {
    ...settings,
    log: createOwnLogSender({ ...intake, withinMs: lineWithinMs }),
    claims: new KnownClaims(settings.database),
    newNonce: () => randomBytes(12),
  };
  return {
    timers: reportTimers({ parts, queue, logger }),
    start: () =>
      consumeReportRuns({
        parts,
        queue,
        logger,
        concurrency,
        tellRequester: (run) => tellRequester({ database: settings.database, mailer, webUrl, logger }, run),
        onFailed: (tenantId, { report, day, errorCode }) => {
          const where = `report ${report} ${day ?? ''}`.trimEnd();
          void desk.notice(tenantId, { kind: 'duty-failed', where, cause: errorCode ?? 'unknown' });
        },
      }),
  };
}
