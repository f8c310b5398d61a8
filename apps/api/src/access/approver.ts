import type { PersonInGroups, TenantDatabase } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import type { RequestContext } from '../request-context/request-context.ts';

const approvingRoles: ReadonlySet<string> = new Set(['tenant-admin', 'approver']);

/** The person who approved a grant: somebody else than who enters it, with a role that approves (PCI DSS 7.2.3). */
export async function findApprover(
  database: Pick<TenantDatabase, 'accessGrants'>,
  context: RequestContext,
  id: string,
): Promise<PersonInGroups> {
  const person = (await database.accessGrants.people()).find((candidate) => candidate.id === id);
  const mayApprove = person !== undefined && person.id !== context.actor.id && approvingRoles.has(person.role);
  if (!mayApprove) {
    throw new AppError('approval-required', {
      detail: 'approvedBy: must be another person, an approver or an administrator of this organisation',
    });
  }
  return person;
}
