import type { TenantDatabase } from '@akashi/database';
import { createAccessScope, isWithinScope } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { readGrant } from '../request-context/person-scope.ts';
import type { RequestContext } from '../request-context/request-context.ts';

type Grants = Pick<TenantDatabase, 'accessGrants'> & { readonly now: Date };

/** Whether the group opens, now or by a grant that begins later, what the caller does not see. */
export async function reachesFurther(
  { accessGrants, now }: Grants,
  context: RequestContext,
  id: string,
): Promise<boolean> {
  const parts = (await accessGrants.list(id))
    .filter(({ revokedAt, validTo }) => revokedAt === null && (validTo === null || validTo > now))
    .map((grant) => readGrant(grant, context.timeZone))
    .filter((grant) => grant !== undefined);
  return !isWithinScope(createAccessScope(parts), context.scope);
}

/** Nobody lets somebody into groups, by a link or by what a provider says, that reach further than they do themselves. */
export async function checkGroupsWithinReach(
  grants: Grants,
  context: RequestContext,
  ids: Iterable<string>,
): Promise<void> {
  for (const id of new Set(ids)) {
    if (!(await reachesFurther(grants, context, id))) continue;
    throw new AppError('forbidden', { reason: 'beyond-own-access', detail: 'groupIds: more than you see yourself' });
  }
}
