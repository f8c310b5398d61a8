import { refuseRetention, type Retention } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';

/** Refuses days that nothing, or nothing in PCI scope, may have: `below-floor` names the requirement and the floor. */
export function refuseDays(days: Retention, { inScope }: { inScope: boolean }): void {
  const refusal = refuseRetention(days, { inScope });
  if (refusal === undefined) return;
  if (refusal.code === 'below-floor') {
    const { field, floor, requirement } = refusal;
    throw new AppError('below-floor', { params: { field, floor, requirement } });
  }
  throw new AppError('request-invalid', { reason: refusal.code });
}
