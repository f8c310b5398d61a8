import { databaseParts, type DatabasePart } from './app-services.ts';
import { keptPassword } from './kept-password.ts';

export interface PartLogin {
  readonly name: string;
  readonly password: string;
}

/** What each part signs in to the embedded database with; made at the first start and kept beside the other keys. */
export function partLogins(home: string): Record<DatabasePart, PartLogin> {
  const logins = databaseParts.map((part) => [
    part,
    { name: `akashi_${part}`, password: keptPassword(home, `database-${part}`) },
  ]);
  return Object.fromEntries(logins) as Record<DatabasePart, PartLogin>;
}

/** The URL of each part: its own login in the embedded database, or the given URL where that is somebody else's. */
export function partDatabaseUrls(
  databaseUrl: string,
  logins: Readonly<Record<DatabasePart, PartLogin>> | undefined,
): Record<DatabasePart, string> {
  const urlOf = (part: DatabasePart): string => {
    const login = logins?.[part];
    if (login === undefined) return databaseUrl;
    const url = new URL(databaseUrl);
    url.username = login.name;
    url.password = login.password;
    return url.href;
  };
  return { ingest: urlOf('ingest'), worker: urlOf('worker'), api: urlOf('api') };
}
