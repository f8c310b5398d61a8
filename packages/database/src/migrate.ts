import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { openSchemaEngine } from './schema-engine.ts';

const prismaFolder = join(import.meta.dirname, '..', 'prisma');

/** Any number that nothing else locks on: processes that start together migrate one after the other. */
const migrationLock = 7_201_984;

/**
 * Applies the migrations of `prisma/migrations` that the database does not have yet and records them in
 * `_prisma_migrations`, as `prisma migrate deploy` would. Answers the names of those applied now. Given a name, it stops
 * behind that one: for tests of what an earlier release left.
 */
export async function migrate(databaseUrl: string, upTo?: string): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'akashi-migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    return await applyMigrations(databaseUrl, upTo);
  } finally {
    await client.end();
  }
}

async function applyMigrations(databaseUrl: string, upTo: string | undefined): Promise<string[]> {
  const datamodel = await readFile(join(prismaFolder, 'schema.prisma'), 'utf8');
  const migrationsFolder = join(prismaFolder, 'migrations');
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  const all = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const names = all.filter((name) => upTo === undefined || name <= upTo);
  const migrationDirectories = await Promise.all(
    names.toSorted().map(async (path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(join(migrationsFolder, path, 'migration.sql'), 'utf8') },
      },
    })),
  );
  const lockfile = await readFile(join(migrationsFolder, 'migration_lock.toml'), 'utf8');
  const { engine, close } = await openSchemaEngine(databaseUrl, datamodel);
  try {
    const applied = await engine.applyMigrations({
      migrationsList: {
        baseDir: migrationsFolder,
        lockfile: { path: 'migration_lock.toml', content: lockfile },
        shadowDbInitScript: '',
        migrationDirectories,
      },
      filters: { externalTables: [], externalEnums: [] },
    });
    return applied.appliedMigrationNames;
  } finally {
    await close();
  }
}
