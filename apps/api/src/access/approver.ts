import type { PersonInGroups, TenantDatabase } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import type { RequestContext } from '../request-context/request-context.ts';

const approvingRoles: ReadonlySet<string> = new Set(['tenant-admin', 'approver']);

export function mayApprove(role: string): boolean {
  return approvingRoles.has(role);
}

/**
 * The person whose word is asked for: somebody else than who asks, with a role that approves (PCI DSS 7.2.3). As long as
 * there is nobody else with such a role, as in a new organisation, it is the same person, and that stands on record.
 */
export async function findApprover(
  database: Pick<TenantDatabase, 'accessGrants'>,
  context: RequestContext,
  id: string,
): Promise<PersonInGroups> {
  const approvers = (await database.accessGrants.people()).filter(({ role }) => approvingRoles.has(role));
  const others = approvers.filter((candidate) => candidate.id !== context.actor.id);
  const person = (others.length === 0 ? approvers : others).find((candidate) => candidate.id === id);
  if (person === undefined) {
    throw new AppError('approval-required', {
      detail: 'approvedBy: must be another person, an approver or an administrator of this organisation',
    });
  }
  return person;
}
