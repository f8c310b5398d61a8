import { randomUUID } from 'node:crypto';
import { openDatabase, type Database } from '@akashi/database';
import { prepareQueue } from '@akashi/queue';
import { Client } from 'pg';

export interface TestDatabase {
  url: string;
  database: Database;
  /** Closes the handle and drops the whole database. */
  drop(): Promise<void>;
}

/** A migrated database of its own, so that test files never see each other's rows. */
export async function createTestDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `akashi_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = openDatabase({ url: url.href, applicationName: 'akashi-test', maxConnections: 4 });
  try {
    await database.platform.migrate();
    await prepareQueue(url.href);
  } catch (error) {
    await database.close();
    await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    throw error;
  }
  return {
    url: url.href,
    database,
    drop: async () => {
      await database.close();
      await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
