import type { Pool, PoolClient } from 'pg';
import type { PrismaClient, Prisma } from './generated/client.ts';
import type { TenantId } from '@akashi/policy';

/** Whose rows a call may see: one tenant's, or the platform's few tables. */
export type Scope = { role: 'akashi_app'; tenantId: TenantId } | { role: 'akashi_platform' };

export const platformScope: Scope = { role: 'akashi_platform' };

/** Runs SQL inside one transaction bound to a scope; row-level security does the rest. */
export type RunSql = <T>(work: (client: PoolClient) => Promise<T>) => Promise<T>;

/** The same for the Prisma client. */
export type RunPrisma = <T>(work: (client: Prisma.TransactionClient) => Promise<T>) => Promise<T>;

function bindScope(scope: Scope): string {
  const tenant = scope.role === 'akashi_app' ? scope.tenantId : '';
  return `SELECT set_config('role', '${scope.role}', true), set_config('app.tenant_id', '${tenant}', true)`;
}

export function sqlRunner(pool: Pool, scope: Scope): RunSql {
  const begin = `BEGIN; ${bindScope(scope)}`;
  return async (work) => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: unknown) => {
        broken = failure instanceof Error ? failure : new Error('rollback failed');
      });
      throw error;
    } finally {
      client.release(broken);
    }
  };
}

/**
 * Prisma's own limits (2 s for a connection, 5 s for a transaction) give up on a busy machine. A connection is waited for
 * longer than one takes to be made, and a transaction may take as long as a statement may.
 */
const prismaLimits = { maxWait: 30_000, timeout: 60_000 } as const;

export function prismaRunner(prisma: PrismaClient, scope: Scope): RunPrisma {
  const bind = bindScope(scope);
  return (work) =>
    prisma.$transaction(async (client) => {
      await client.$queryRawUnsafe(bind);
      return work(client);
    }, prismaLimits);
}
