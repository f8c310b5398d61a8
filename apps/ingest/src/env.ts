import { join } from 'node:path';
import { parseAddressRange } from '@akashi/policy';
import { clockOf, numberVariable, readEnv, variables, type Clock } from '@akashi/server-kit';
import { z } from 'zod';

const loopback = ['127.0.0.0/8', '::1'];

const rangesVariable = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((each) => each.trim()))
  .transform((ranges) => ranges.filter((range) => range !== ''))
  .refine((ranges) => ranges.every((range) => parseAddressRange(range) !== undefined))
  .meta({ description: 'addresses or ranges such as 192.0.2.0/24, separated by commas' });

const mebibyte = 1024 ** 2;

export interface IngestEnv {
  bind: string;
  ports: { http: number; https: number; syslog: number; syslogTls: number };
  /** Addresses and ranges whose word about a sender's address counts: `PROXY` and `X-Forwarded-For`. */
  proxies: string[];
  /** From where keys are taken without TLS. */
  plainHttpFrom: string[];
  inboxDir: string;
  keysDir: string;
  runDir: string;
  /** Without it segments wait in the inbox, and senders come from the last good copy only. */
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  /** Whose worker works the segments of this inbox off. */
  node: string;
  maxBacklogBytes: number;
  diskReserveBytes: number;
  /** A JSON element over HTTP that is longer becomes several records and is not checked. */
  maxElementBytes: number;
  /** Names and addresses that the TLS certificate covers besides loopback and the host's name. */
  tlsHosts: string[];
  logLevel: string;
  clock: Clock;
  crashpoint: string | undefined;
}

export function readIngestEnv(source?: Readonly<Record<string, string | undefined>>): IngestEnv {
  const read = readEnv(
    {
      PORT_BASE: variables.PORT_BASE,
      BIND_ADDRESS: variables.BIND_ADDRESS,
      AKASHI_HOME: variables.AKASHI_HOME,
      DATABASE_URL: variables.DATABASE_URL.optional(),
      REDIS_URL: variables.REDIS_URL,
      AKASHI_NODE: variables.AKASHI_NODE,
      LOG_LEVEL: variables.LOG_LEVEL,
      AKASHI_CLOCK_OFFSET_S: variables.AKASHI_CLOCK_OFFSET_S,
      AKASHI_CLOCK_FILE: variables.AKASHI_CLOCK_FILE,
      AKASHI_DRILL: variables.AKASHI_DRILL,
      AKASHI_CRASHPOINT: variables.AKASHI_CRASHPOINT,
      AKASHI_INBOX_MAX_MIB: numberVariable({ min: 1, max: 10_000_000, otherwise: 8192 }),
      AKASHI_DISK_RESERVE_MIB: numberVariable({ min: 0, max: 10_000_000, otherwise: 512 }),
      AKASHI_ELEMENT_MAX_KIB: numberVariable({ min: 256, max: 16_384, otherwise: 1024 }),
      AKASHI_INGEST_PROXIES: rangesVariable,
      AKASHI_PLAIN_HTTP_FROM: rangesVariable,
      AKASHI_PUBLIC_HOST: z.string().optional().meta({ description: 'the name or address that senders use' }),
      AKASHI_TLS_HOSTS: z.string().default('').meta({ description: 'host names and addresses, separated by commas' }),
    },
    source,
  );
  return {
    bind: read.BIND_ADDRESS,
    ports: {
      http: read.PORT_BASE + 2,
      https: read.PORT_BASE + 4,
      syslog: read.PORT_BASE + 14,
      syslogTls: read.PORT_BASE + 15,
    },
    proxies: read.AKASHI_INGEST_PROXIES,
    plainHttpFrom: [...loopback, ...read.AKASHI_PLAIN_HTTP_FROM],
    inboxDir: join(read.AKASHI_HOME, 'inbox'),
    keysDir: join(read.AKASHI_HOME, 'keys'),
    runDir: join(read.AKASHI_HOME, 'run'),
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    node: read.AKASHI_NODE,
    maxBacklogBytes: read.AKASHI_INBOX_MAX_MIB * mebibyte,
    diskReserveBytes: read.AKASHI_DISK_RESERVE_MIB * mebibyte,
    maxElementBytes: read.AKASHI_ELEMENT_MAX_KIB * 1024,
    tlsHosts: [...read.AKASHI_TLS_HOSTS.split(','), read.AKASHI_PUBLIC_HOST ?? ''].filter((host) => host !== ''),
    logLevel: read.LOG_LEVEL,
    clock: clockOf(read),
    crashpoint: read.AKASHI_CRASHPOINT,
  };
}
