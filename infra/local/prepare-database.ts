import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase, putPartLogin } from '@akashi/database';
import { prepareQueue, queueSchema } from '@akashi/queue';
import { InstallationError } from './installation.ts';

const attempts = 40;

export interface DatabasePreparation {
  readonly databaseUrl: string;
  /** Whether the queue's tables are in this database too. */
  readonly holdsQueue: boolean;
  /** Logins of the parts, to be made or given their password again; none where somebody else's database is used. */
  readonly logins: readonly { readonly name: string; readonly password: string }[];
}

/** Applies the migrations and makes the logins of the parts; a PostgreSQL that is still starting is waited for. */
export async function prepareDatabase(preparation: DatabasePreparation): Promise<void> {
  const { databaseUrl, holdsQueue, logins } = preparation;
  await migrate(databaseUrl);
  if (holdsQueue) await prepareQueue(databaseUrl);
  for (const login of logins) await putPartLogin(databaseUrl, { ...login, schemas: holdsQueue ? [queueSchema] : [] });
}

async function migrate(databaseUrl: string): Promise<void> {
  const database = openDatabase({ url: databaseUrl, applicationName: 'akashi-migrate', maxConnections: 2 });
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await database.platform.migrate();
        return;
      } catch (error) {
        if (attempt < attempts && isStarting(error)) await delay(250);
        else throw explain(error);
      }
    }
  } finally {
    await database.close();
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** 57P03: the server accepts connections but is not ready to serve them. */
function isStarting(error: unknown): boolean {
  return codeOf(error) === '57P03' || String(error).includes('starting up');
}

function explain(error: unknown): Error {
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return new InstallationError(
        'nothing answers at DATABASE_URL. Start that PostgreSQL, correct the URL, or unset it to use the embedded one.',
      );
    case '28P01':
    case '28000':
      return new InstallationError('PostgreSQL refused the user or password of DATABASE_URL.');
    case '3D000':
      return new InstallationError('the database that DATABASE_URL names does not exist; create it first.');
    default:
      return error instanceof Error ? error : new Error(String(error));
  }
}
