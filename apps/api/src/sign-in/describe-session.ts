import type { Session } from '@akashi/contracts';
import type { SessionUser } from '@akashi/database';
import { effectiveSecuritySettings, permissionsOf } from '@akashi/policy';

/** What of the session is asked of the organisation’s work. */
export type WaitingForPerson = Pick<
  Session,
  'ownsReviewItems' | 'waitingApprovals' | 'openIncidents' | 'reviewToDo' | 'reviewsToApprove'
>;

const minuteMs = 60_000;

/** The session as its person may know it: before the second factor, without what the role opens. */
export function describeSession(
  found: SessionUser,
  language: 'ja' | 'en',
  secondFactors: Session['secondFactors'],
): Omit<Session, keyof WaitingForPerson | 'supportAccess'> {
  const settings = effectiveSecuritySettings(found.security);
  const isFull = found.stage === 'full';
  const idleEnd = found.lastActiveAt.getTime() + settings.idleMinutes * minuteMs;
  const stepUpEnd = found.steppedUpAt === null ? null : found.steppedUpAt.getTime() + settings.stepUpMinutes * minuteMs;
  return {
    stage: found.stage,
    user: {
      id: found.userId,
      email: found.email,
      name: found.displayName,
      role: found.role,
      groups: isFull ? found.groups : [],
      language: found.language,
    },
    tenant: {
      id: found.tenantId,
      slug: found.tenantSlug,
      name: language === 'ja' ? found.tenantNameJa : found.tenantNameEn,
      nameJa: found.tenantNameJa,
      nameEn: found.tenantNameEn,
      timeZone: found.timeZone,
    },
    permissions: isFull ? [...permissionsOf(found.role)] : [],
    secondFactors,
    passwordMinLength: settings.passwordMinLength,
    idleEndsAt: new Date(Math.min(idleEnd, found.expiresAt.getTime())).toISOString(),
    endsAt: found.expiresAt.toISOString(),
    stepUpEndsAt: stepUpEnd === null ? null : new Date(stepUpEnd).toISOString(),
  };
}
