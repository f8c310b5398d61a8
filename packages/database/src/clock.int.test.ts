import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import { openDatabase, type Database, type TenantId } from './index.ts';

const serverUrl = process.env['DATABASE_URL'];
const dayMs = 86_400_000;
const yearSeconds = 31_536_000;

it('asks PostgreSQL for the time by the installation’s clock alone', () => {
  const strays = globSync('**/*.ts', { cwd: import.meta.dirname })
    .filter((path) => !/(?:\.test|\.fixtures)\.ts$/.test(path) && !path.startsWith('generated'))
    .filter((path) =>
      /(?<![\w.])(?:now\(\)|clock_timestamp\(|statement_timestamp\(|transaction_timestamp\(|current_(?:timestamp|date|time)\b|localtime)/i.test(
        readFileSync(join(import.meta.dirname, path), 'utf8'),
      ),
    );
  expect(strays).toEqual([]);
});

it('leaves the moments of new rows to PostgreSQL: Prisma would fill them in by the machine’s clock', () => {
  const schema = readFileSync(join(import.meta.dirname, '../prisma/schema.prisma'), 'utf8');
  expect(schema.match(/@default\(now\(\)\)|@updatedAt/g)).toBeNull();
});

describe.skipIf(serverUrl === undefined)('a clock that is moved', () => {
  let test: TestDatabase;
  let moved: Database;
  let tenantId: TenantId;
  const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja' };

  /** How many days after the real moment something happened, to the nearest day. */
  const daysAhead = (at: Date | null | undefined): number =>
    Math.round(((at?.getTime() ?? 0) - Date.now()) / dayMs) + 0;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
    tenantId = (await test.database.platform.createTenant({ slug: 'before', ...details })).id;
    const url = new URL(test.url);
    url.searchParams.set('options', '-c lock_timeout=30s');
    moved = openDatabase({ url: url.href, maxConnections: 2, clockOffsetSeconds: yearSeconds });
  });
  afterAll(async () => {
    await moved.close();
    await test.drop();
  });

  it('gives every default of a column that is a moment', async () => {
    const { rows } = await test.outside.query<{ place: string; expression: string }>(
      `SELECT adrelid::regclass || '.' || attname AS place, pg_get_expr(adbin, adrelid) AS expression
       FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
       JOIN pg_class c ON c.oid = adrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public' AND atttypid = 'timestamptz'::regtype AND relname <> '_prisma_migrations'`,
    );
    expect(rows.filter(({ expression }) => expression !== 'akashi_now()')).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(30);
  });

  it('keeps its own moments, by Prisma and by plain SQL, and leaves other connections theirs', async () => {
    const made = await moved.platform.createTenant({ slug: 'after', ...details });
    await moved.forTenant(made.id).sources.put({ name: 'web', kind: 'syslog', logGroup: 'web' });
    expect(await moved.platform.setTenantStatus(made.id, 'suspended')).toBe('active');
    const { rows } = await test.outside.query<{ slug: string; moment: Date }>(
      `SELECT slug, unnest(ARRAY[created_at, suspended_at]) AS moment FROM tenant WHERE slug IN ('before', 'after')
       UNION ALL SELECT name, unnest(ARRAY[created_at, confirmed_at]) FROM source ORDER BY 1, 2`,
    );
    expect(rows.map(({ slug, moment }) => [slug, moment === null ? null : daysAhead(moment)])).toEqual([
      ['after', 365],
      ['after', 365],
      ['before', 0],
      ['before', null],
      ['web', 365],
      ['web', 365],
    ]);
  });

  it('that is stepped keeps each transaction’s moments where it stands then', async () => {
    let days = -20;
    const stepped = openDatabase({ url: test.url, maxConnections: 2, clockOffsetSeconds: () => (days * dayMs) / 1000 });
    try {
      const made = await stepped.platform.createTenant({ slug: 'stepped', ...details });
      days = -3;
      await stepped.forTenant(made.id).sources.put({ name: 'later', kind: 'syslog', logGroup: 'web' });
      const { rows } = await test.outside.query<{ moment: Date }>(
        `SELECT created_at AS moment FROM tenant WHERE slug = 'stepped'
         UNION ALL SELECT confirmed_at FROM source WHERE name = 'later'`,
      );
      expect(rows.map(({ moment }) => daysAhead(moment))).toEqual([-20, -3]);
      expect(await stepped.platform.hasSegments()).toBe(false);
    } finally {
      await stepped.close();
    }
  });

  it('is what ends sessions and locks', async () => {
    const own = test.database.forTenant(tenantId);
    const userId = await own.users.put({
      email: 'a@example.jp',
      displayName: 'a',
      role: 'viewer',
      language: 'ja',
      passwordHash: 'x',
    });
    const tokenSha256 = Buffer.alloc(32, 7);
    const expiresAt = new Date(Date.now() + dayMs);
    await test.database.platform.sessions.create({
      tenantId,
      userId,
      tokenSha256,
      stage: 'full',
      methods: [],
      expiresAt,
    });
    const lookup = { tokenSha256, idleMs: 900_000, active: false };
    expect(await test.database.platform.sessions.find(lookup)).not.toBeNull();
    expect(await moved.platform.sessions.find(lookup)).toBeNull();
    let told = 0;
    await moved.platform.signInFailures.change(Buffer.alloc(32), (_, nowMs) => {
      told = nowMs;
      return 'keep';
    });
    expect(daysAhead(new Date(told))).toBe(365);
  });

  it('leaves nothing open, and nobody locked out, until a time that was never reached', async () => {
    const [userId] = (await test.database.forTenant(tenantId).users.list()).map(({ id }) => id);
    const tokenSha256 = Buffer.alloc(32, 8);
    const expiresAt = new Date(Date.now() + 366 * dayMs);
    const session = { tenantId, userId: userId ?? '', tokenSha256, stage: 'full', methods: [], expiresAt } as const;
    await moved.platform.sessions.create(session);
    const lookup = { tokenSha256, idleMs: 900_000, active: false };
    expect(await moved.platform.sessions.find(lookup)).not.toBeNull();
    expect(await test.database.platform.sessions.find(lookup)).toBeNull();
    const subject = Buffer.alloc(32, 9);
    await moved.platform.signInFailures.change(subject, (_, nowMs) => ({
      failures: 10,
      firstAtMs: nowMs,
      lastAtMs: nowMs,
    }));
    const told: unknown[] = [];
    const note = (stored: unknown): 'keep' => (told.push(stored), 'keep');
    await moved.platform.signInFailures.change(subject, note);
    await test.database.platform.signInFailures.change(subject, note);
    expect(told).toEqual([expect.objectContaining({ failures: 10 }), null]);
  });

  it('costs an index nothing: the planner sees a moment, not a function', async () => {
    const { rows } = await test.outside.query<{ 'QUERY PLAN': string }>(
      'EXPLAIN (VERBOSE) SELECT FROM session WHERE expires_at > akashi_now()',
    );
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('akashi_now');
  });
});
