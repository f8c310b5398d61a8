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

/** What an earlier release left: a database with its migrations, and its rows. */
export interface FormerDatabase {
  lastMigration: string;
  fill(client: Client): Promise<void>;
}

/** A migrated database of its own, so that test files never see each other's rows. */
export async function createTestDatabase(serverUrl: string, former?: FormerDatabase): Promise<TestDatabase> {
  const name = `akashi_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = openDatabase({ url: url.href, applicationName: 'akashi-test', maxConnections: 4 });
  try {
    if (former !== undefined) {
      await database.platform.migrate(former.lastMigration);
      await withClient(url.href, (client) => former.fill(client));
    }
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
  await withClient(serverUrl, (client) => client.query(statement));
}

async function withClient(url: string, use: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
