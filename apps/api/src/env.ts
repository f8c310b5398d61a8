import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseAddressRange, type ShortestPrefixes } from '@akashi/policy';
import {
  clockOf,
  EnvironmentError,
  listVariable,
  numberVariable,
  readEnv,
  variables,
  webUrlOf,
  type Clock,
} from '@akashi/server-kit';
import { z } from 'zod';
import { isRpIdOf } from './signatures/signing-site.ts';

const apiPortOffset = 1;
const ingestPortOffset = 2;
const ingestHttpsPortOffset = 4;
const workerPortOffset = 3;

/** Everything that the API takes from its environment, read once at start. */
export interface ApiEnv {
  readonly logLevel: string;
  readonly clock: Clock;
  readonly http: { readonly bind: string; readonly port: number };
  readonly database: { readonly url: string };
  readonly search: { readonly url: string; readonly largeTenants: readonly string[] };
  readonly archive: { readonly url: string };
  readonly keysFolder: string;
  /** Where a run leaves its mark; without it starts and stops are not told. */
  readonly runFolder?: string;
  /** Where senders send, as configurations to paste say it. */
  readonly intake: {
    readonly host: string;
    readonly syslogPort: number;
    readonly syslogTlsPort: number;
    readonly ingestHttpsUrl: string;
  };
  /** The shortest prefixes that ranges of senders may have. */
  readonly senderPrefixes: ShortestPrefixes;
  /** Where the audit trail is sent: the installation's own intake. */
  readonly ingest: { readonly url: string };
  /** Asked how it is, for the console of the installation's people. */
  readonly worker: { readonly url: string };
  /** Where people find the web app. */
  readonly webUrl: string;
  /** The RP id of signing credentials: the web app's host or a domain above it. */
  readonly signingRpId?: string | undefined;
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  /** Proxies whose `X-Forwarded-For` is believed, as addresses or networks. */
  readonly trustedProxies: readonly string[];
  /** Networks beside the public internet in which organisations' identity providers may be, by plain HTTP as well. */
  readonly providerNetworks: readonly string[];
  /** Networks beside the public internet that webhooks may lead to, by plain HTTP as well. */
  readonly webhookNetworks: readonly string[];
  /** The installation's authority for time stamps (RFC 3161), which the worker asks. */
  readonly timeStampUrl?: string | undefined;
  /** Where a drill has this process kill itself. */
  readonly crashpoint?: string | undefined;
  /** Whether people come over HTTPS, as `webUrl` says: cookies and browsers are then bound to it. */
  readonly secureCookies: boolean;
}

const networks = listVariable(
  (range) => parseAddressRange(range) !== undefined,
  'networks in CIDR notation with commas between, such as 10.20.0.0/16',
);

export function readApiEnv(source?: Readonly<Record<string, string | undefined>>): ApiEnv {
  const { PORT_BASE, BIND_ADDRESS, AKASHI_HOME, DATABASE_URL, OPENSEARCH_URL, ARCHIVE_URL, LOG_LEVEL } = variables;
  const {
    AKASHI_CLOCK_OFFSET_S,
    AKASHI_CLOCK_FILE,
    AKASHI_DRILL,
    AKASHI_CRASHPOINT,
    AKASHI_LARGE_TENANTS,
    SMTP_URL,
    MAIL_FROM,
    AKASHI_WEB_URL,
  } = variables;
  const read = readEnv(
    {
      PORT_BASE,
      BIND_ADDRESS,
      AKASHI_HOME,
      DATABASE_URL,
      OPENSEARCH_URL,
      AKASHI_LARGE_TENANTS,
      ARCHIVE_URL,
      LOG_LEVEL,
      AKASHI_CLOCK_OFFSET_S,
      AKASHI_CLOCK_FILE,
      AKASHI_DRILL,
      AKASHI_CRASHPOINT,
      AKASHI_PUBLIC_HOST: z
        .string()
        .regex(/^[A-Za-z0-9.:-]{1,253}$/)
        .optional()
        .meta({ description: 'the name or address that senders reach this installation by' }),
      AKASHI_SENDER_PREFIX_IPV4: numberVariable({ min: 0, max: 32, otherwise: 16 }),
      AKASHI_SENDER_PREFIX_IPV6: numberVariable({ min: 0, max: 128, otherwise: 48 }),
      INGEST_URL: z
        .url({ protocol: /^https?$/ })
        .optional()
        .meta({ description: 'an HTTP URL such as http://host:3002' }),
      WORKER_URL: z
        .url({ protocol: /^https?$/ })
        .optional()
        .meta({ description: 'an HTTP URL such as http://host:3003' }),
      AKASHI_WEB_URL,
      AKASHI_SIGNING_RP_ID: z
        .string()
        .regex(/^[a-z0-9.-]{1,253}$/)
        .optional()
        .meta({ description: 'the host of the web app or a domain above it, such as example.jp' }),
      SMTP_URL,
      MAIL_FROM,
      TRUSTED_PROXIES: z
        .string()
        .default('127.0.0.1/8,::1')
        .meta({ description: 'addresses or networks, with commas between' }),
      AKASHI_PROVIDER_NETWORKS: networks,
      AKASHI_WEBHOOK_NETWORKS: networks,
      AKASHI_TIMESTAMP_URL: z
        .url({ protocol: /^https?$/ })
        .optional()
        .meta({ description: 'the address of a time-stamping authority (RFC 3161)' }),
    },
    source,
  );
  const webUrl = webUrlOf(read);
  const signingRpId = read.AKASHI_SIGNING_RP_ID;
  if (signingRpId !== undefined && !isRpIdOf(new URL(webUrl).hostname, signingRpId)) {
    throw new EnvironmentError(['AKASHI_SIGNING_RP_ID: is not the host of the web app or a domain above it']);
  }
  return {
    logLevel: read.LOG_LEVEL,
    crashpoint: read.AKASHI_CRASHPOINT,
    clock: clockOf(read),
    http: { bind: read.BIND_ADDRESS, port: read.PORT_BASE + apiPortOffset },
    database: { url: read.DATABASE_URL },
    search: { url: read.OPENSEARCH_URL, largeTenants: read.AKASHI_LARGE_TENANTS },
    archive: { url: read.ARCHIVE_URL ?? pathToFileURL(join(read.AKASHI_HOME, 'archive')).href },
    intake: intakePlaces(read.AKASHI_PUBLIC_HOST ?? hostOf(read.BIND_ADDRESS), read.PORT_BASE),
    senderPrefixes: { ipv4: read.AKASHI_SENDER_PREFIX_IPV4, ipv6: read.AKASHI_SENDER_PREFIX_IPV6 },
    ingest: { url: read.INGEST_URL ?? partUrl(read.BIND_ADDRESS, read.PORT_BASE + ingestPortOffset) },
    worker: { url: read.WORKER_URL ?? partUrl(read.BIND_ADDRESS, read.PORT_BASE + workerPortOffset) },
    keysFolder: join(read.AKASHI_HOME, 'keys'),
    runFolder: join(read.AKASHI_HOME, 'run'),
    webUrl,
    signingRpId,
    mail: { smtpUrl: read.SMTP_URL, from: read.MAIL_FROM },
    trustedProxies: listOf(read.TRUSTED_PROXIES),
    providerNetworks: read.AKASHI_PROVIDER_NETWORKS,
    webhookNetworks: read.AKASHI_WEBHOOK_NETWORKS,
    timeStampUrl: read.AKASHI_TIMESTAMP_URL,
    secureCookies: webUrl.startsWith('https://'),
  };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function partUrl(bind: string, port: number): string {
  const isAny = bind === '0.0.0.0' || bind === '::';
  const host = isAny ? '127.0.0.1' : bind;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function hostOf(bind: string): string {
  return bind === '0.0.0.0' || bind === '::' ? hostname() : bind;
}

function intakePlaces(host: string, portBase: number): ApiEnv['intake'] {
  const ingestHttpsUrl = `https://${host.includes(':') ? `[${host}]` : host}:${portBase + ingestHttpsPortOffset}`;
  return { host, syslogPort: portBase + 14, syslogTlsPort: portBase + 15, ingestHttpsUrl };
}
