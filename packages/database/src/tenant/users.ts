import { randomUUID } from 'node:crypto';
import type { RunPrisma } from '../scoped-transaction.ts';

export interface User {
  id: string;
  email: string;
  displayName: string;
  role: string;
  groups: string[];
  language: string;
}

export interface NewUser extends Omit<User, 'id'> {
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
      run((client) =>
        client.appUser.findMany({
          select: { id: true, email: true, displayName: true, role: true, groups: true, language: true },
          orderBy: { email: 'asc' },
        }),
      ),
  };
}
