import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, platformOnly, type TestDatabase } from './database.fixtures.ts';
import { openSchemaEngine } from './schema-engine.ts';

const serverUrl = process.env['DATABASE_URL'];
if (serverUrl === undefined) process.stderr.write('skipped: DATABASE_URL names no PostgreSQL server\n');

describe.skipIf(serverUrl === undefined)('the schema', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
  });
  afterAll(() => test.drop());

  /** Columns, constraints and whole indexes; partial indexes are beyond what schema.prisma can say. */
  const catalogue = async (schema: string): Promise<string[]> => {
    const { rows } = await test.outside.query<{ line: string }>(
      `SELECT format('%s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                     pg_get_expr(d.adbin, d.adrelid)) AS line
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
       WHERE c.relkind = 'r' AND c.relnamespace = $1::text::regnamespace AND c.relname <> '_prisma_migrations'
       UNION ALL
       SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
       WHERE connamespace = $1::text::regnamespace AND conrelid::regclass::text NOT LIKE '%_prisma_migrations'
       UNION ALL
       SELECT indexdef FROM pg_indexes
       WHERE schemaname = $1::text AND indexdef NOT LIKE '% WHERE %' AND tablename <> '_prisma_migrations'`,
      [schema],
    );
    return rows.map((row) => row.line.replaceAll(`${schema}.`, '')).toSorted();
  };

  it('migrates once, and the live catalogue is what schema.prisma says', async () => {
    expect(await test.database.platform.migrate()).toEqual([]);
    const recorded = await test.outside.query(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL',
    );
    expect(recorded.rowCount).toBeGreaterThanOrEqual(2);
    const content = await readFile(join(import.meta.dirname, '../prisma/schema.prisma'), 'utf8');
    const { engine, close } = await openSchemaEngine(test.url, content);
    const { stdout } = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    await close();
    await test.outside.query(
      `CREATE SCHEMA expected; SET search_path TO expected, public; ${stdout}; SET search_path TO public`,
    );
    expect(await catalogue('public')).toEqual(await catalogue('expected'));
    await test.outside.query('DROP SCHEMA expected CASCADE');
  });

  it('has row-level security, forced, with a policy for the tenant, on every table', async () => {
    const { rows } = await test.outside.query<{ name: string; forced: boolean; policies: string[] }>(
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
              (SELECT coalesce(array_agg(coalesce(p.qual, '')), '{}') FROM pg_policies p
               WHERE p.tablename = c.relname AND 'akashi_app' = ANY (p.roles)) AS policies
       FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
         AND c.relname <> '_prisma_migrations'`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(26);
    for (const row of rows) {
      expect(row, row.name).toMatchObject({ forced: true });
      if (platformOnly.has(row.name)) {
        expect(row.policies, row.name).toEqual([]);
        continue;
      }
      expect(row.policies, row.name).not.toHaveLength(0);
      for (const policy of row.policies)
        expect(policy, row.name).toMatch(/NULLIF\(current_setting\('app.tenant_id'::text, true\), ''::text\)/);
    }
    const roles = await test.outside.query(
      `SELECT rolname FROM pg_roles WHERE rolname IN ('akashi_app', 'akashi_platform')
       AND NOT rolcanlogin AND NOT rolsuper AND NOT rolbypassrls`,
    );
    expect(roles.rowCount).toBe(2);
  });
});
