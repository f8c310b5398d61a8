import type { Database, TenantId } from '@akashi/database';
import { accessReviewReminder, type Mailer } from '@akashi/notify';
import { isReviewDue, nextReviewDue } from '@akashi/policy';
import { administratorsOf } from './administrators.ts';

export interface ReminderParts {
  readonly database: Pick<Database, 'forTenant'>;
  readonly mailer: Pick<Mailer, 'send'>;
  readonly now: () => Date;
}

/**
 * Reminds the administrators by mail while an access review should be going on, or is (PCI DSS 7.2.4). Answers whether there
 * was something to remind of. Throws what the mail server said.
 */
export async function remindOfAccessReview(parts: ReminderParts, tenantId: TenantId): Promise<boolean> {
  const tenant = parts.database.forTenant(tenantId);
  const open = (await tenant.accessReviews.list()).find(({ closedAt }) => closedAt === null);
  const history = await tenant.accessReviews.history();
  if (open === undefined && !isReviewDue(history, parts.now())) return false;
  const { language, nameJa, nameEn, timeZone } = await tenant.organisation.get();
  const isJapanese = language === 'ja';
  const message = accessReviewReminder({
    language: isJapanese ? 'ja' : 'en',
    organisationName: isJapanese ? nameJa : nameEn,
    dueAt: open?.dueAt ?? nextReviewDue(history),
    undecided: open === undefined ? null : open.items - open.decided,
    timeZone,
  });
  for (const reader of await administratorsOf(tenant)) await parts.mailer.send(reader, message);
  return true;
}
