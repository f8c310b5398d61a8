import type { TenantDatabase } from '@akashi/database';

export interface MailReader {
  readonly name: string;
  readonly address: string;
}

/** Whoever administers the organisation and can be written to. */
export async function administratorsOf({ users }: Pick<TenantDatabase, 'users'>): Promise<MailReader[]> {
  return (await users.list())
    .filter(({ role, disabledAt }) => role === 'tenant-admin' && disabledAt === null)
    .map(({ displayName, email }) => ({ name: displayName, address: email }));
}
