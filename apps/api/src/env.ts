import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { flagVariable, readEnv, variables } from '@akashi/server-kit';

const apiPortOffset = 1;

/** Everything that the API takes from its environment, read once at start. */
export interface ApiEnv {
  readonly logLevel: string;
  readonly http: { readonly bind: string; readonly port: number };
  readonly database: { readonly url: string };
  readonly search: { readonly url: string };
  readonly archive: { readonly url: string };
  readonly keysFolder: string;
  /** Whether people come over HTTPS: the session cookie is then bound to it. */
  readonly secureCookies: boolean;
}

export function readApiEnv(source?: Readonly<Record<string, string | undefined>>): ApiEnv {
  const { PORT_BASE, BIND_ADDRESS, AKASHI_HOME, DATABASE_URL, OPENSEARCH_URL, ARCHIVE_URL, LOG_LEVEL } = variables;
  const read = readEnv(
    {
      PORT_BASE,
      BIND_ADDRESS,
      AKASHI_HOME,
      DATABASE_URL,
      OPENSEARCH_URL,
      ARCHIVE_URL,
      LOG_LEVEL,
      AKASHI_SECURE_COOKIES: flagVariable(false),
    },
    source,
  );
  return {
    logLevel: read.LOG_LEVEL,
    http: { bind: read.BIND_ADDRESS, port: read.PORT_BASE + apiPortOffset },
    database: { url: read.DATABASE_URL },
    search: { url: read.OPENSEARCH_URL },
    archive: { url: read.ARCHIVE_URL ?? pathToFileURL(join(read.AKASHI_HOME, 'archive')).href },
    keysFolder: join(read.AKASHI_HOME, 'keys'),
    secureCookies: read.AKASHI_SECURE_COOKIES,
  };
}
