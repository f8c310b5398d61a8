import type { Database, ReportRunName } from '@akashi/database';
import { letterTo, reviewDigest, sendLetter, type Mailer } from '@akashi/notify';
import type { Logger } from '@akashi/server-kit';

export interface TellingParts {
  readonly database: Pick<Database, 'forTenant'>;
  readonly mailer: Pick<Mailer, 'send'>;
  readonly logger: Pick<Logger, 'warn'>;
  /** Where people find the web app. */
  readonly webUrl: string;
}

/**
 * Tells whoever asked for a run by hand that it is made, or could not be. The day's runs are told of with their review. A
 * mail server that is away costs the message: the run stands in the history.
 */
export async function tellRequester(
  { database, mailer, logger, webUrl }: TellingParts,
  { tenantId, id }: ReportRunName,
): Promise<void> {
  const tenant = database.forTenant(tenantId);
  const run = await tenant.reportRuns.get(id);
  if (run === null || run.kind !== 'by-hand' || (run.state !== 'done' && run.state !== 'failed')) return;
  const person = (await tenant.users.list()).find((user) => user.id === run.requestedById);
  if (person === undefined || person.disabledAt !== null) return;
  const kind = run.state === 'done' ? 'report-ready' : 'report-failed';
  const letter = letterTo(person, await tenant.organisation.get(), webUrl);
  const message = reviewDigest({ ...letter, news: [{ kind, run: run.id, title: run.definition.title }] });
  const onFailed = (error: unknown): void =>
    logger.warn({ err: error }, 'The message that a report is ready could not be sent.');
  await sendLetter({ mailer, onFailed }, person, message);
}
