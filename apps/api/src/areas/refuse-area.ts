import type { AreaValues, PersonInGroups } from '@akashi/database';
import { isPermitted, type Permission } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';

interface Circumstances {
  /** Who can sign in now. */
  readonly people: readonly Pick<PersonInGroups, 'id' | 'role'>[];
  readonly now: Date;
}

/** Throws where an area breaks a rule of the standard, or names people who could not do what it asks of them. */
export function refuseArea(values: AreaValues, { people, now }: Circumstances): void {
  refuseFrequency(values, now);
  refusePeople('reviewers', values.reviewers, { people, permission: 'reviews.perform' });
  refusePeople('approvers', values.approvers, { people, permission: 'reviews.approve' });
}

/** PCI DSS 10.4.1 names what is reviewed each day; how often the rest is, a risk analysis says (10.4.2.1, 12.3.1). */
function refuseFrequency({ category, frequency, riskAnalysis, riskReviewedOn }: AreaValues, now: Date): void {
  if (frequency === 'day') return;
  if (category !== 'other') {
    const params = { setting: 'frequency', limit: 'day', requirement: '10.4.1' };
    throw new AppError('setting-too-weak', { params, reason: 'frequency', detail: 'frequency' });
  }
  if (riskAnalysis === null || riskAnalysis === '')
    throw new AppError('request-invalid', { detail: 'riskAnalysis: is needed for what is not reviewed daily' });
  if (riskReviewedOn === null)
    throw new AppError('request-invalid', { detail: 'riskReviewedOn: is needed for what is not reviewed daily' });
  // Somewhere it is tomorrow already, but nowhere the day after.
  const latest = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  if (riskReviewedOn > latest) throw new AppError('request-invalid', { detail: 'riskReviewedOn: is yet to come' });
}

function refusePeople(
  field: string,
  ids: readonly string[],
  { people, permission }: Pick<Circumstances, 'people'> & { readonly permission: Permission },
): void {
  const able = new Set(people.filter(({ role }) => isPermitted(role, permission)).map(({ id }) => id));
  const at = ids.findIndex((id) => !able.has(id));
  if (at >= 0)
    throw new AppError('request-invalid', {
      detail: `${field}.${at}: is nobody here with the permission ${permission}`,
      params: { field: `${field}.${at}`, permission },
    });
}
