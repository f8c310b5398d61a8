import type { TenantDatabase, TenantId } from '@akashi/database';
import { expiryNotice, type EndingThing } from '@akashi/notify';
import { isNoticeDay } from '@akashi/policy';
import { administratorsOf } from './administrators.ts';
import type { ReminderParts } from './access-review-reminder.ts';

async function endingThings({ accessKeys, users }: TenantDatabase): Promise<EndingThing[]> {
  const things: EndingThing[] = [];
  for (const { kind, name, expiresAt, revokedAt } of await accessKeys.list())
    if (expiresAt !== null && revokedAt === null) things.push({ kind, name, endsAt: expiresAt });
  for (const { displayName, accessUntil, disabledAt } of await users.list())
    if (accessUntil !== null && disabledAt === null)
      things.push({ kind: 'account', name: displayName, endsAt: accessUntil });
  return things;
}

/**
 * Tells the administrators by mail of the keys and accounts that end so many days after `day` (`yyyy-mm-dd`, of the
 * organisation) that it is a notice day for them. What has ended meanwhile is left out. Answers how many were told of.
 */
export async function noticeExpiry(parts: ReminderParts, tenantId: TenantId, day: string): Promise<number> {
  const tenant = parts.database.forTenant(tenantId);
  const { language, nameJa, nameEn, timeZone } = await tenant.organisation.get();
  const things = (await endingThings(tenant)).filter(
    ({ endsAt }) => endsAt > parts.now() && isNoticeDay(day, endsAt, timeZone),
  );
  if (things.length === 0) return 0;
  const isJapanese = language === 'ja';
  const organisationName = isJapanese ? nameJa : nameEn;
  const message = expiryNotice({ language: isJapanese ? 'ja' : 'en', organisationName, things, timeZone });
  for (const reader of await administratorsOf(tenant)) await parts.mailer.send(reader, message);
  return things.length;
}
