import type { AccessGroup, TenantDatabase } from '@akashi/database';
import { AppError } from '@akashi/server-kit';

/** The group of this id in the caller's organisation; refused as not found when there is none. */
export async function findAccessGroup(
  database: Pick<TenantDatabase, 'accessGroups'>,
  id: string,
): Promise<AccessGroup> {
  const group = await database.accessGroups.find(id);
  if (group === null) throw new AppError('not-found');
  return group;
}

/** The group as the target of an audit event. */
export function accessGroupTarget({ id, name }: Pick<AccessGroup, 'id' | 'name'>) {
  return { kind: 'access-group', id, name };
}
