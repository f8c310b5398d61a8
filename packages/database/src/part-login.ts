import { escapeIdentifier, escapeLiteral } from 'pg';
import { KeptClient } from './kept-client.ts';

export interface PartLoginInput {
  readonly name: string;
  readonly password: string;
  /** Further schemas whose tables and functions the part uses, such as the queue's. */
  readonly schemas: readonly string[];
}

/**
 * Makes the database login of one part, or gives it this password again. It owns nothing and inherits nothing: inside a
 * transaction it takes on the role of the tenant's rows or the platform's, and row-level security holds it.
 */
export async function putPartLogin(databaseUrl: string, login: PartLoginInput): Promise<void> {
  const client = new KeptClient({ connectionString: databaseUrl, application_name: 'akashi-logins' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const name = escapeIdentifier(login.name);
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [login.name]);
    if (rowCount === 0) await client.query(`CREATE ROLE ${name}`);
    await client.query(
      `ALTER ROLE ${name} LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION
       PASSWORD ${escapeLiteral(login.password)}`,
    );
    await client.query(`GRANT akashi_app, akashi_platform TO ${name}`);
    for (const schema of login.schemas.map(escapeIdentifier)) {
      await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${name}`);
      await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${name}`);
      await client.query(`GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${name}`);
      await client.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO ${name}`);
    }
  } finally {
    await client.end();
  }
}
