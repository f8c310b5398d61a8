import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { openDatabase, type Database } from './open-database.ts';

export interface TestDatabase {
  url: string;
  database: Database;
  /** A connection past all row-level security, to look from outside. */
  outside: Client;
  drop(): Promise<void>;
}

/** A migrated database of its own on the server of DATABASE_URL. */
export async function createMigratedDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `akashi_test_${randomUUID().replaceAll('-', '')}`;
  const server = new Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = openDatabase({ url: url.href, maxConnections: 4 });
  await database.platform.migrate();
  const outside = new Client({ connectionString: url.href });
  await outside.connect();
  return {
    url: url.href,
    database,
    outside,
    drop: async () => {
      await database.close();
      await outside.end();
      await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.end();
    },
  };
}
