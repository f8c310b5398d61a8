import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { flagVariable, readEnv, variables } from '@akashi/server-kit';
import { z } from 'zod';

const apiPortOffset = 1;
const ingestPortOffset = 2;

/** Everything that the API takes from its environment, read once at start. */
export interface ApiEnv {
  readonly logLevel: string;
  readonly http: { readonly bind: string; readonly port: number };
  readonly database: { readonly url: string };
  readonly search: { readonly url: string };
  readonly archive: { readonly url: string };
  readonly keysFolder: string;
  /** Where the audit trail is sent: the installation's own intake. */
  readonly ingest: { readonly url: string };
  /** Where people find the web app. */
  readonly webUrl: string;
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  /** Proxies whose `X-Forwarded-For` is believed, as addresses or networks. */
  readonly trustedProxies: readonly string[];
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
      INGEST_URL: z
        .url({ protocol: /^https?$/ })
        .optional()
        .meta({ description: 'an HTTP URL such as http://host:3002' }),
      AKASHI_SECURE_COOKIES: flagVariable(false),
      AKASHI_WEB_URL: z
        .url({ protocol: /^https?$/ })
        .optional()
        .meta({ description: 'the address of the web app, such as https://logs.example.jp' }),
      SMTP_URL: z
        .url({ protocol: /^smtps?$/ })
        .optional()
        .meta({ description: 'an SMTP URL such as smtp://user:password@host:587' }),
      MAIL_FROM: z
        .string()
        .min(3)
        .default('Akashi <akashi@localhost>')
        .meta({ description: 'a sender such as Akashi <akashi@example.jp>' }),
      TRUSTED_PROXIES: z
        .string()
        .default('127.0.0.1/8,::1')
        .meta({ description: 'addresses or networks, with commas between' }),
    },
    source,
  );
  return {
    logLevel: read.LOG_LEVEL,
    http: { bind: read.BIND_ADDRESS, port: read.PORT_BASE + apiPortOffset },
    database: { url: read.DATABASE_URL },
    search: { url: read.OPENSEARCH_URL },
    archive: { url: read.ARCHIVE_URL ?? pathToFileURL(join(read.AKASHI_HOME, 'archive')).href },
    ingest: { url: read.INGEST_URL ?? ingestUrl(read.BIND_ADDRESS, read.PORT_BASE + ingestPortOffset) },
    keysFolder: join(read.AKASHI_HOME, 'keys'),
    webUrl: (read.AKASHI_WEB_URL ?? `http://localhost:${read.PORT_BASE}`).replace(/\/$/, ''),
    mail: { smtpUrl: read.SMTP_URL, from: read.MAIL_FROM },
    trustedProxies: read.TRUSTED_PROXIES.split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
    secureCookies: read.AKASHI_SECURE_COOKIES,
  };
}

function ingestUrl(bind: string, port: number): string {
  const isAny = bind === '0.0.0.0' || bind === '::';
  const host = isAny ? '127.0.0.1' : bind;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
