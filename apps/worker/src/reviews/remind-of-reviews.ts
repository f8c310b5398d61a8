import type { StoredReview, TenantDatabase, TenantId, User, WholeReview } from '@akashi/database';
import { letterTo, reviewDigest, sendLetter, type ReviewNews } from '@akashi/notify';
import { isPermitted, isRiskNoticeDay, reminderDue, riskAnalysisDueOn, type ReviewReminder } from '@akashi/policy';
import { unlessBeingSigned } from './finish-signings.ts';
import { approversOf, reviewersOf } from './people-of-day.ts';
import type { ReviewParts } from './review-parts.ts';

type RemindingParts = Pick<ReviewParts, 'database' | 'mailer' | 'now' | 'logger' | 'webUrl'>;

/**
 * Tells people of the days that wait for them: when a review begins, an hour before it is due, when it is overdue, and then
 * those who approve. One message tells a person everything. `missed` are days that were called missed just now.
 */
export async function remindOfReviews(
  parts: RemindingParts,
  tenantId: TenantId,
  missed: readonly string[],
): Promise<void> {
  const tenant = parts.database.forTenant(tenantId);
  const people = (await tenant.users.list()).filter(({ disabledAt }) => disabledAt === null);
  const news = new Map<string, ReviewNews[]>();
  const tell = (ids: readonly string[], told: ReviewNews): void => {
    for (const id of ids) news.set(id, [...(news.get(id) ?? []), told]);
  };
  for (const day of missed) {
    const whole = await tenant.logReviews.get(day);
    if (whole === null) continue;
    tell([...new Set([...reviewersOf(whole, people), ...approversOf(whole, people)])], { kind: 'missed', day });
  }
  for (const review of await tenant.logReviews.inState(['open', 'returned'])) {
    if (reminderDue(review, parts.now()) === null) continue;
    const due = await noteReminder(parts, tenant, review);
    if (due === null) continue;
    const { reminder, whole } = due;
    const { day, dueAt } = review;
    const open = whole.items.filter(({ state }) => state === 'open' || state === 'looking').length;
    const told: ReviewNews =
      reminder === 'escalated'
        ? { kind: reminder, day, dueAt }
        : { kind: reminder, day, dueAt, open, items: whole.items.length };
    tell(reminder === 'escalated' ? approversOf(whole, people) : reviewersOf(whole, people), told);
  }
  await send(parts, tenant, { people, news });
}

/** Tells those who keep areas of risk analyses that are due on a day or soon (PCI DSS 12.3.1, 10.4.2.1). */
export async function remindOfRiskAnalyses(
  parts: RemindingParts,
  tenantId: TenantId,
  { period }: { readonly period: string },
): Promise<void> {
  const tenant = parts.database.forTenant(tenantId);
  const due = (await tenant.areas.list()).flatMap(({ endedAt, name, riskReviewedOn }): ReviewNews[] =>
    endedAt !== null || riskReviewedOn === null || !isRiskNoticeDay(riskReviewedOn, period)
      ? []
      : [{ kind: 'risk-analysis', area: name, dueOn: riskAnalysisDueOn(riskReviewedOn) }],
  );
  if (due.length === 0) return;
  const people = (await tenant.users.list()).filter(
    ({ disabledAt, role }) => disabledAt === null && isPermitted(role, 'areas.manage'),
  );
  await send(parts, tenant, { people, news: new Map(people.map(({ id }) => [id, due])) });
}

/** Noted before it is sent: a mail server that is away costs one reminder, never a storm of them. */
function noteReminder(
  { now }: RemindingParts,
  tenant: TenantDatabase,
  { day }: StoredReview,
): Promise<{ reminder: ReviewReminder; whole: WholeReview } | null> {
  const changed = tenant.logReviews.change(day, async (held) => {
    const { whole } = held;
    const { state } = whole.review;
    if (state !== 'open' && state !== 'returned') return null;
    const reminder = reminderDue(whole.review, now());
    if (reminder === null) return null;
    await held.put({ told: reminder });
    return { reminder, whole };
  });
  return unlessBeingSigned(changed);
}

async function send(
  { mailer, webUrl, logger }: RemindingParts,
  tenant: TenantDatabase,
  { people, news }: { people: readonly User[]; news: ReadonlyMap<string, ReviewNews[]> },
): Promise<void> {
  if (news.size === 0) return;
  const organisation = await tenant.organisation.get();
  const onFailed = (error: unknown): void =>
    logger.warn({ err: error }, 'A reminder of a daily review could not be sent.');
  for (const person of people) {
    const own = news.get(person.id);
    if (own === undefined) continue;
    const message = reviewDigest({ ...letterTo(person, organisation, webUrl), news: own });
    await sendLetter({ mailer, onFailed }, person, message);
  }
}
