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

/** By how many seconds a clock that is stepped is off at the moment. */
export type SteppedOffset = (() => number) | undefined;

/** The settings of a transaction; those of a clock that is stepped are other ones each time. */
function scopeBinder(scope: Scope, steppedOffset: SteppedOffset): () => string {
  const tenant = scope.role === 'akashi_app' ? scope.tenantId : '';
  const bind = `SELECT set_config('role', '${scope.role}', true), set_config('app.tenant_id', '${tenant}', true)`;
  if (steppedOffset === undefined) return () => bind;
  return () => `${bind}, set_config('akashi.clock_offset_s', '${Math.trunc(steppedOffset())}', true)`;
}

export function sqlRunner(pool: Pool, scope: Scope, steppedOffset?: SteppedOffset): RunSql {
  const bind = scopeBinder(scope, steppedOffset);
  return async (work) => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(`BEGIN; ${bind()}`);
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

export function prismaRunner(prisma: PrismaClient, scope: Scope, steppedOffset?: SteppedOffset): RunPrisma {
  const bind = scopeBinder(scope, steppedOffset);
  return (work) =>
    prisma.$transaction(async (client) => {
      await client.$queryRawUnsafe(bind());
      return work(client);
    }, prismaLimits);
}
