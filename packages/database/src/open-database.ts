import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, types } from 'pg';
import { PrismaClient } from './generated/client.ts';
import { KeptClient } from './kept-client.ts';
import { platformDatabase, type PlatformDatabase } from './platform-database.ts';
import { platformScope, prismaRunner, sqlRunner } from './scoped-transaction.ts';
import { tenantDatabase, type TenantDatabase } from './tenant-database.ts';
import type { TenantId } from '@akashi/policy';

export interface DatabaseOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName?: string;
  maxConnections?: number;
  /** By how much the installation's clock is moved, for drills; PostgreSQL's own clock unless given. A function is asked for each transaction. */
  clockOffsetSeconds?: number | (() => number);
  /** Hears of connections that break while idle; the pool replaces them by itself. */
  onConnectionLost?: (error: Error) => void;
}

export interface Database {
  forTenant(tenantId: TenantId): TenantDatabase;
  readonly platform: PlatformDatabase;
  close(): Promise<void>;
}

const int8Oid = 20;
const connectTimeoutMs = 5_000;
const statementTimeoutMs = 60_000;

/** Counts, sizes and microseconds all stay below 2^53, so a number holds them exactly. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint column holds more than 2^53');
  return value;
}

/** Says what `akashi_now()` adds. Not while the clock is not moved: poolers between may refuse settings at the start. */
function withClock(url: string, offsetSeconds: number): string {
  if (offsetSeconds === 0) return url;
  const moved = new URL(url);
  const given = moved.searchParams.get('options') ?? '';
  moved.searchParams.set('options', `${given} -c akashi.clock_offset_s=${offsetSeconds}`.trim());
  return moved.href;
}

export function openDatabase(options: DatabaseOptions): Database {
  const onError = options.onConnectionLost ?? ((): void => undefined);
  const { clockOffsetSeconds: offset = 0 } = options;
  const steppedOffset = typeof offset === 'function' ? offset : undefined;
  const connection = {
    Client: KeptClient,
    connectionString: withClock(options.url, typeof offset === 'function' ? 0 : offset),
    application_name: options.applicationName ?? 'akashi',
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    keepAlive: true,
    max: options.maxConnections ?? 10,
  };
  const pool = new Pool({
    ...connection,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === int8Oid && format !== 'binary'
          ? parseInt8
          : (types.getTypeParser as (oid: number, format?: string) => unknown)(
              oid,
              format,
            )) as typeof types.getTypeParser,
    },
  });
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  // Prisma reads result columns its own way, so it gets its own few connections.
  const prismaPool = new Pool({ ...connection, max: 3 });
  prismaPool.on('error', onError);
  prismaPool.on('connect', (client) => client.on('error', onError));
  const prisma = new PrismaClient({ adapter: new PrismaPg(prismaPool) });
  const bound = new Map<TenantId, TenantDatabase>();
  return {
    forTenant: (tenantId) => {
      let handle = bound.get(tenantId);
      if (handle === undefined) {
        const scope = { role: 'akashi_app', tenantId } as const;
        handle = tenantDatabase(
          tenantId,
          sqlRunner(pool, scope, steppedOffset),
          prismaRunner(prisma, scope, steppedOffset),
        );
        bound.set(tenantId, handle);
      }
      return handle;
    },
    platform: platformDatabase(
      options.url,
      sqlRunner(pool, platformScope, steppedOffset),
      prismaRunner(prisma, platformScope, steppedOffset),
    ),
    close: async () => {
      await prisma.$disconnect();
      await Promise.all([pool.end(), prismaPool.end()]);
    },
  };
}
