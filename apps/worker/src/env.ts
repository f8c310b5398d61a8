import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { S3Credentials } from '@akashi/archive';
import { certificatesOf } from '@akashi/integrity/timestamp';
import { parseAddressRange } from '@akashi/policy';
import { clockOf, listVariable, numberVariable, readEnv, variables, webUrlOf, type Clock } from '@akashi/server-kit';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const workerPortOffset = 3;
const ingestPortOffset = 2;
const minuteMs = 60_000;

/** Everything that the worker takes from its environment, read once at start. */
export interface WorkerEnv {
  readonly logLevel: string;
  readonly clock: Clock;
  readonly http: { readonly bind: string; readonly port: number };
  /** Only segments that were taken in on the same node can be worked off: they lie on its disk. */
  readonly node: string;
  readonly database: { readonly url: string };
  readonly queue: { readonly redisUrl: string | undefined; readonly concurrency: number };
  readonly search: { readonly url: string; readonly largeTenants: readonly string[] };
  /** Where the worker's part of the audit trail is sent. */
  readonly ingest: { readonly url: string };
  readonly archive: { readonly url: string };
  /** The second archive; undefined where there is none. */
  readonly archiveCopy: { readonly url: string; readonly credentials: S3Credentials | undefined } | undefined;
  readonly home: { readonly inbox: string; readonly keys: string; readonly verification: string; readonly run: string };
  readonly threads: number;
  readonly crashpoint: string | undefined;
  /** How often verification runs, and in how long it goes over all that is online and over the whole archive. */
  readonly verification: { readonly everyMs: number; readonly onlineMs: number; readonly archiveMs: number };
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  /** Where people find the web app. */
  readonly webUrl: string;
  /** Networks beside the public internet that webhooks may lead to. */
  readonly webhookNetworks: readonly string[];
  /** An authority for time stamps (RFC 3161) of every organisation that names none. */
  readonly timeStamps: { readonly url: string; readonly certificate: string } | undefined;
}

export function readWorkerEnv(source?: Readonly<Record<string, string | undefined>>): WorkerEnv {
  const read = readEnv(
    {
      ...variables,
      ARCHIVE_COPY_URL: z
        .url({ protocol: /^(file|s3)$/ })
        .optional()
        .meta({ description: 'file:///folder or s3://bucket/prefix?endpoint=…&region=…' }),
      ARCHIVE_COPY_ACCESS_KEY_ID: z.string().optional().meta({ description: 'of the bucket of the copy' }),
      ARCHIVE_COPY_SECRET_ACCESS_KEY: z.string().optional().meta({ description: 'of the bucket of the copy' }),
      ARCHIVE_COPY_SESSION_TOKEN: z.string().optional().meta({ description: 'of the bucket of the copy' }),
      INGEST_URL: z
        .url({ protocol: /^https?$/ })
        .optional()
        .meta({ description: 'an HTTP URL such as http://host:3002' }),
      AKASHI_WEBHOOK_NETWORKS: listVariable(
        (range) => parseAddressRange(range) !== undefined,
        'networks in CIDR notation with commas between, such as 10.20.0.0/16',
      ),
      AKASHI_TIMESTAMP_URL: z
        .url({ protocol: /^https?$/ })
        .optional()
        .meta({ description: 'the address of a time-stamping authority (RFC 3161)' }),
      AKASHI_TIMESTAMP_CA_FILE: z
        .string()
        .optional()
        .meta({ description: 'a file with the certificate of that authority, or of its root, in PEM' }),
      AKASHI_WORKER_THREADS: numberVariable({ min: 1, max: 64, otherwise: Math.max(1, availableParallelism()) }),
      AKASHI_WORKER_CONCURRENCY: numberVariable({ min: 1, max: 64, otherwise: 3 }),
      AKASHI_VERIFY_EVERY_MINUTES: numberVariable({ min: 1, max: 1440, otherwise: 60 }),
      AKASHI_VERIFY_ONLINE_HOURS: numberVariable({ min: 1, max: 24 * 7, otherwise: 24 }),
      AKASHI_VERIFY_ARCHIVE_DAYS: numberVariable({ min: 1, max: 90, otherwise: 7 }),
    },
    source,
  );
  const archiveUrl = read.ARCHIVE_URL ?? pathToFileURL(join(read.AKASHI_HOME, 'archive')).href;
  return {
    logLevel: read.LOG_LEVEL,
    clock: clockOf(read),
    http: { bind: read.BIND_ADDRESS, port: read.PORT_BASE + workerPortOffset },
    node: read.AKASHI_NODE,
    database: { url: read.DATABASE_URL },
    queue: { redisUrl: read.REDIS_URL, concurrency: read.AKASHI_WORKER_CONCURRENCY },
    search: { url: read.OPENSEARCH_URL, largeTenants: read.AKASHI_LARGE_TENANTS },
    ingest: { url: read.INGEST_URL ?? ingestUrl(read.BIND_ADDRESS, read.PORT_BASE + ingestPortOffset) },
    archive: { url: archiveUrl },
    archiveCopy: archiveCopyOf(read, archiveUrl),
    home: {
      inbox: join(read.AKASHI_HOME, 'inbox'),
      keys: join(read.AKASHI_HOME, 'keys'),
      verification: join(read.AKASHI_HOME, 'verification'),
      run: join(read.AKASHI_HOME, 'run'),
    },
    threads: read.AKASHI_WORKER_THREADS,
    crashpoint: read.AKASHI_CRASHPOINT,
    verification: {
      everyMs: read.AKASHI_VERIFY_EVERY_MINUTES * minuteMs,
      onlineMs: read.AKASHI_VERIFY_ONLINE_HOURS * 60 * minuteMs,
      archiveMs: read.AKASHI_VERIFY_ARCHIVE_DAYS * 24 * 60 * minuteMs,
    },
    mail: { smtpUrl: read.SMTP_URL, from: read.MAIL_FROM },
    webUrl: webUrlOf(read),
    webhookNetworks: read.AKASHI_WEBHOOK_NETWORKS,
    timeStamps: timeStampsOf(read.AKASHI_TIMESTAMP_URL, read.AKASHI_TIMESTAMP_CA_FILE),
  };
}

interface CopySettings {
  readonly ARCHIVE_COPY_URL?: string | undefined;
  readonly ARCHIVE_COPY_ACCESS_KEY_ID?: string | undefined;
  readonly ARCHIVE_COPY_SECRET_ACCESS_KEY?: string | undefined;
  readonly ARCHIVE_COPY_SESSION_TOKEN?: string | undefined;
}

/** A copy in the same place would be none, and half a pair of credentials would fall back to the archive's own. */
function archiveCopyOf(read: CopySettings, archiveUrl: string): WorkerEnv['archiveCopy'] {
  const url = read.ARCHIVE_COPY_URL;
  const [accessKeyId, secretAccessKey] = [read.ARCHIVE_COPY_ACCESS_KEY_ID, read.ARCHIVE_COPY_SECRET_ACCESS_KEY];
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    throw new Error('ARCHIVE_COPY_ACCESS_KEY_ID and ARCHIVE_COPY_SECRET_ACCESS_KEY go together: set both, or neither.');
  }
  if (url === undefined) return undefined;
  if (url.split('?')[0]?.replace(/\/+$/, '') === archiveUrl.split('?')[0]?.replace(/\/+$/, '')) {
    throw new Error('ARCHIVE_COPY_URL and ARCHIVE_URL name the same place: the copy belongs in another.');
  }
  if (accessKeyId === undefined || secretAccessKey === undefined) return { url, credentials: undefined };
  const credentials = { accessKeyId, secretAccessKey, sessionToken: read.ARCHIVE_COPY_SESSION_TOKEN };
  return { url, credentials };
}

/** An authority is only as good as the certificate that it is known by: neither is taken without the other. */
function timeStampsOf(url: string | undefined, certificateFile: string | undefined): WorkerEnv['timeStamps'] {
  if (url === undefined && certificateFile === undefined) return undefined;
  if (url === undefined || certificateFile === undefined) {
    throw new Error('AKASHI_TIMESTAMP_URL and AKASHI_TIMESTAMP_CA_FILE go together: set both, or neither.');
  }
  const certificate = readFileSync(certificateFile, 'utf8');
  if (certificatesOf(certificate).length === 0) {
    throw new Error('AKASHI_TIMESTAMP_CA_FILE holds no certificate in PEM.');
  }
  return { url, certificate };
}

function ingestUrl(bind: string, port: number): string {
  const host = bind === '0.0.0.0' || bind === '::' ? '127.0.0.1' : bind;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
