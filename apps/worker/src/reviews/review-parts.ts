import type { OwnLogSender } from '@akashi/client';
import type { Database } from '@akashi/database';
import type { Mailer } from '@akashi/notify';
import type { Logger } from '@akashi/server-kit';
import type { ReportParts } from '../reports/report-parts.ts';

/** What the worker's share of the daily review is done with. */
export interface ReviewParts extends Pick<ReportParts, 'archive' | 'keyring' | 'now'> {
  readonly database: Database;
  readonly mailer: Pick<Mailer, 'send'>;
  readonly log: OwnLogSender;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Where people find the web app. */
  readonly webUrl: string;
  readonly onStep: (step: 'review-made' | 'review-judged') => void;
}
