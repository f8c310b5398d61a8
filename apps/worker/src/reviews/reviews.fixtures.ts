import type { Message } from '@akashi/notify';
import type { TestReports } from '../reports/reports.fixtures.ts';
import { runReport } from '../reports/run-report.ts';
import type { ReviewParts } from './review-parts.ts';

const minute = 60_000;
const noRows = { rows: 0, flagged: 0, byFlag: {}, people: [], hosts: [], groups: [], plot: [] };

interface Told {
  readonly onMail?: (to: string, message: Message) => void;
  readonly onStep?: ReviewParts['onStep'];
}

/** Real: PostgreSQL, OpenSearch, disk, the pipeline, the reports. Stands in: the intake of sealed lines, and the mail server. */
export function reviewPartsOf(reports: TestReports, { onMail, onStep }: Told = {}): ReviewParts {
  const { log, archive, keyring } = reports.process();
  return {
    database: reports.pipeline.parts.database,
    archive,
    keyring,
    log,
    mailer: {
      send: ({ address }, message) => {
        onMail?.(address, message);
        return Promise.resolve();
      },
    },
    logger: { info: () => undefined, warn: () => undefined },
    webUrl: 'http://localhost:3000',
    onStep: (step) => onStep?.(step),
    now: () => reports.process().now(),
  };
}

/** The run of failed sign-ins is made for real; the others, which have tests of their own, end without rows. */
export async function endRuns(reports: TestReports, day: string): Promise<void> {
  const { tenantId } = reports.pipeline;
  const { reportRuns } = reports.tenant;
  const now = reports.process().now();
  for (const { id, report } of await reportRuns.list({ day, states: ['waiting'], limit: 100 })) {
    if (report === 'failed-sign-ins') {
      await runReport(reports.process(), { tenantId, id });
      continue;
    }
    const taken = await reportRuns.take(id, { now, leaseMs: minute });
    if (taken === null) throw new Error('not taken');
    await reportRuns.freeze(taken, { rows: 0, flagged: 0, summary: noRows, files: [], masters: {}, frozenAt: now });
    await reportRuns.finish(taken, now);
  }
}
