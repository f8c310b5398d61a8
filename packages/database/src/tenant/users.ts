import { randomUUID } from 'node:crypto';
import type { RunPrisma } from '../scoped-transaction.ts';

export interface User {
  id: string;
  email: string;
  displayName: string;
  role: string;
  /** Names of the access groups that the user is in now. */
  groups: string[];
  language: string;
}

export interface NewUser extends Omit<User, 'id' | 'groups'> {
  /** An encoded argon2id hash. */
  passwordHash: string;
}

export interface Users {
  /** Makes the user, or changes the one with this address. Answers the id. */
  put(user: NewUser): Promise<string>;
  list(): Promise<User[]>;
}

export function users(run: RunPrisma, tenantId: string): Users {
  return {
    put: (user) =>
      run(async (client) => {
        const values = { ...user, email: user.email.trim().toLowerCase() };
        const row = await client.appUser.upsert({
          where: { email: values.email },
          create: { ...values, id: randomUUID(), tenantId },
          update: values,
        });
        return row.id;
      }),
    list: () =>
      run(async (client) => {
        const rows = await client.appUser.findMany({
          select: {
            id: true,
            email: true,
            displayName: true,
            role: true,
            language: true,
            memberships: {
              where: { removedAt: null, group: { removedAt: null } },
              select: { group: { select: { name: true } } },
            },
          },
          orderBy: { email: 'asc' },
        });
        return rows.map(({ memberships, ...user }) => ({
          ...user,
          groups: memberships.map(({ group }) => group.name),
        }));
      }),
  };
}
