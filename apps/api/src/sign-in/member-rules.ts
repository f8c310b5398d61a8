import { platformRoles, tenantRoles } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';

export interface WantedRole {
  readonly role: string;
  readonly accessUntil: Date | null;
}

const dayMs = 86_400_000;
/** An auditor's time box; whoever needs longer gets another one. */
const longestAuditDays = 366;

/** Throws unless people of such an organisation may have the role so. An auditor's access has an end. */
export function checkRole(tenantKind: string, { role, accessUntil }: WantedRole, now: Date): void {
  const allowed: readonly string[] = tenantKind === 'platform' ? platformRoles : tenantRoles;
  if (!allowed.includes(role))
    throw new AppError('request-invalid', { detail: 'role: is not one of this organisation' });
  const leftMs = accessUntil === null ? null : accessUntil.getTime() - now.getTime();
  if (leftMs !== null && leftMs <= 0) {
    throw new AppError('request-invalid', { detail: 'accessUntil: must be in the future' });
  }
  if (role === 'auditor' && (leftMs === null || leftMs > longestAuditDays * dayMs)) {
    throw new AppError('request-invalid', {
      detail: `accessUntil: an auditor's access ends within ${longestAuditDays} days`,
    });
  }
}

/** Whether an organisation would be left without anybody who can let others in. */
export function isLastAdministrator(
  members: readonly { id: string; role: string; disabledAt: Date | null; accessUntil: Date | null }[],
  leavingId: string,
  now: Date,
): boolean {
  const administrators = members.filter(
    ({ role, disabledAt, accessUntil }) =>
      (role === 'tenant-admin' || role === 'platform-operator') &&
      disabledAt === null &&
      (accessUntil === null || accessUntil > now),
  );
  return administrators.length === 1 && administrators[0]?.id === leavingId;
}
