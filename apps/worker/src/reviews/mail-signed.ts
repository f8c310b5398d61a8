import type { SigningIntent, TenantId } from '@akashi/database';
import { letterTo, newsOfSigned, reviewDigest, sendLetter, signedRecordMessage } from '@akashi/notify';
import { approversOf } from './people-of-day.ts';
import type { ReviewParts } from './review-parts.ts';

/** The signer gets their copy of record and signature, and whoever's turn it is now is told: as where nothing stopped. */
export async function mailSigned(
  { database, mailer, webUrl, logger }: Pick<ReviewParts, 'database' | 'mailer' | 'webUrl' | 'logger'>,
  tenantId: TenantId,
  { asked: { by }, kept }: SigningIntent,
): Promise<void> {
  const { day, action } = kept.signature;
  const tenant = database.forTenant(tenantId);
  const whole = await tenant.logReviews.get(day);
  if (whole === null) return;
  const [everybody, organisation] = await Promise.all([tenant.users.list(), tenant.organisation.get()]);
  const people = everybody.filter(({ disabledAt }) => disabledAt === null);
  const onFailed = (error: unknown): void => logger.warn({ err: error }, 'A mail about a review could not be sent.');
  const signer = everybody.find(({ id }) => id === by.id);
  if (signer !== undefined) {
    const letter = letterTo(signer, organisation, webUrl);
    await sendLetter({ mailer, onFailed }, signer, signedRecordMessage({ ...letter, ...kept }));
  }
  const { submittedBy, delegatedTo } = whole.review;
  const told = newsOfSigned(
    { action, day, by },
    { reviewers: [submittedBy, delegatedTo].flatMap((id) => id ?? []), approvers: approversOf(whole, people) },
  );
  if (told === null) return;
  for (const person of people.filter(({ id }) => told.to.includes(id))) {
    const digest = reviewDigest({ ...letterTo(person, organisation, webUrl), news: [told.news] });
    await sendLetter({ mailer, onFailed }, person, digest);
  }
}
