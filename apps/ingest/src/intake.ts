import { hostname } from 'node:os';
import { InboxError, openInboxWriter, type InboxWriter } from '@akashi/inbox';
import type { AuditSender } from '@akashi/client';
import { openDatabase, type Database, type KeyUse, type TenantId } from '@akashi/database';
import type { Keyring, ServerCertificate } from '@akashi/keyring';
import { openQueue, type Queue } from '@akashi/queue';
import { armCrashpoint, offsetOf, StartupError, type Logger, type Registry } from '@akashi/server-kit';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { createTrustedProxies, type TrustedProxies } from './connections/trusted-proxies.ts';
import type { IngestEnv } from './env.ts';
import { createIngestMetrics, type IngestMetrics } from './ingest-metrics.ts';
import { openIntakeIncidents } from './incidents/intake-incidents.ts';
import { openInboxFaults, type InboxFaults } from './landing/inbox-faults.ts';
import { Landing } from './landing/landing.ts';
import { openReceiveTimes } from './landing/received-at.ts';
import { SegmentRegistrar } from './landing/segment-registrar.ts';
import { KeyUses } from './sender/key-uses.ts';
import { IntakeQuotas } from './quota/intake-quotas.ts';
import { SenderDirectory } from './sender/sender-directory.ts';
import { createSystemSender, type SystemSender } from './sender/system-sender.ts';
import { openUnknownSenders, type UnknownSenders } from './sender/unknown-senders.ts';
import { SyslogListeners } from './syslog/syslog-listeners.ts';

export interface IntakeSettings {
  env: IngestEnv;
  keyring: Keyring;
  /** What is told of the intake itself goes through it as well; undefined while it does not listen. */
  trail: () => AuditSender | undefined;
  metrics: Registry;
  logger: Logger;
}

interface IntakeParts {
  env: Pick<IngestEnv, 'maxBacklogBytes' | 'diskReserveBytes'>;
  inbox: InboxWriter;
  inboxFaults: InboxFaults;
  database: Database | undefined;
  queue: Queue | undefined;
  registrar: SegmentRegistrar;
  senders: SenderDirectory;
  system: SystemSender;
  keyUses: KeyUses;
  platform: () => Promise<TenantId | null>;
  certificate: () => Promise<ServerCertificate>;
  proxies: TrustedProxies;
  unknownSenders: UnknownSenders;
  landing: Landing;
  quotas: IntakeQuotas;
  syslog: SyslogListeners;
  metrics: IngestMetrics;
}

const lastPassDeadlineMs = 5000;
/** Of a stepped clock a day passes in a moment: whoever steps it says when it is over (SIGUSR2). */
const steppedRotateMs = 60_000;

/**
 * Everything between a socket and the disk, opened and closed in the one order that loses nothing: the inbox is
 * recovered before anything listens, and it is closed after everything that listens.
 */
export class Intake implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  readonly landing: Landing;
  readonly quotas: IntakeQuotas;
  readonly senders: SenderDirectory;
  readonly system: SystemSender;
  readonly keyUses: KeyUses;
  readonly unknownSenders: UnknownSenders;
  readonly syslog: SyslogListeners;
  readonly metrics: IngestMetrics;
  /** Whose word about a sender's address counts. */
  readonly proxies: TrustedProxies;
  readonly #parts: IntakeParts;

  private constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.landing = parts.landing;
    this.quotas = parts.quotas;
    this.senders = parts.senders;
    this.system = parts.system;
    this.keyUses = parts.keyUses;
    this.unknownSenders = parts.unknownSenders;
    this.syslog = parts.syslog;
    this.metrics = parts.metrics;
    this.proxies = parts.proxies;
  }

  static async open({ env, keyring, trail, metrics: registry, logger }: IntakeSettings): Promise<Intake> {
    const metrics = createIngestMetrics(registry);
    const { database, queue } = openLedger(env, logger);
    if (env.clock.isStepped) await assertNothingTakenIn(database);
    const { inboxDir, node } = env;
    const { now, nowMs } = env.clock;
    const registrar = new SegmentRegistrar({ inboxDir, node, keys: keyring, database, queue, metrics, logger, nowMs });
    const platform = platformFinder(database);
    const incidents = openIntakeIncidents({ database, platform, logger, now });
    const checkWrites = (): Promise<void> => inbox.checkWrites();
    const inboxFaults = openInboxFaults({ checkWrites, trail, platform, incidents, logger, now });
    const inbox = await openInbox(env, { keyring, registrar, inboxFaults, logger });
    if (env.clock.isStepped) process.on('SIGUSR2', () => inbox.closeSegments());
    const load = database === undefined ? undefined : () => database.platform.loadSenders();
    const senders = new SenderDirectory({ inboxDir: env.inboxDir, load, logger });
    const system = createSystemSender(await keyring.systemSenderKey());
    const saveUses = database === undefined ? undefined : (uses: KeyUse[]) => database.platform.noteKeyUses(uses);
    const keyUses = new KeyUses({ save: saveUses, logger });
    const quotas = new IntakeQuotas({ tenantOf: (id) => senders.table.tenantOf(id), nowMs });
    const retentionPolicyOf = (id: TenantId, logGroup: string): string => senders.table.retentionPolicyOf(id, logGroup);
    const landing = new Landing({ inbox, metrics, quotas, receivedAtUs: openReceiveTimes(nowMs), retentionPolicyOf });
    const unknownSenders = openUnknownSenders({ trail, platform, incidents, metrics, logger, now });
    const certificate = (): Promise<ServerCertificate> =>
      keyring.ensureServerCertificate({ hosts: certificateHosts(env) });
    const proxies = createTrustedProxies(env.proxies);
    const syslog = new SyslogListeners({
      bind: env.bind,
      ports: env.ports,
      certificate,
      proxies,
      landing,
      quotas,
      senders,
      unknownSenders,
      metrics,
      logger,
    });
    metrics.watch({ inbox: () => inbox.state(), udpKernelDrops: () => syslog.kernelDrops() });
    return new Intake({
      env,
      inbox,
      inboxFaults,
      database,
      queue,
      registrar,
      senders,
      system,
      keyUses,
      platform,
      certificate,
      proxies,
      unknownSenders,
      landing,
      quotas,
      syslog,
      metrics,
    });
  }

  /** What every way in by TLS shows. */
  certificate(): Promise<ServerCertificate> {
    return this.#parts.certificate();
  }

  /** The organisation of the platform; null while it is not there, or the ledger is not known. */
  platformTenant(): Promise<TenantId | null> {
    return this.#parts.platform();
  }

  /** What `/readyz` asks. The ledger is not among it: intake goes on without it, up to the limits of the inbox. */
  get readiness(): Record<string, () => Promise<unknown>> {
    return {
      senders: () => this.senders.checkLoaded(),
      inbox: async () => {
        const { inbox, env } = this.#parts;
        const { backlogBytes, diskFreeBytes } = inbox.state();
        const hasRoom = backlogBytes < env.maxBacklogBytes && diskFreeBytes > env.diskReserveBytes;
        if (!hasRoom) throw new Error('the inbox is full');
        await inbox.checkWrites();
      },
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.senders.start();
    this.keyUses.start();
    await this.syslog.open();
    this.#parts.registrar.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.syslog.close();
    // What it tells comes in by HTTP, which listens until now.
    await Promise.all([this.unknownSenders.close(), this.#parts.inboxFaults.close()]);
  }

  async onApplicationShutdown(): Promise<void> {
    const { inbox, registrar, queue, database } = this.#parts;
    await inbox.close();
    await this.senders.stop();
    await this.keyUses.stop();
    await registrar.stop(lastPassDeadlineMs);
    await Promise.allSettled([queue?.close(), database?.close()]);
  }
}

/** Where lines were taken in, a clock that is stepped could date others before them. */
async function assertNothingTakenIn(database: Database | undefined): Promise<void> {
  if (database !== undefined && !(await database.platform.hasSegments())) return;
  throw new StartupError(
    'AKASHI_CLOCK_FILE steps the clock, which is for making the past of a new demonstration: this installation has taken lines in.',
  );
}

/** Asks until it is there; then it stays. */
function platformFinder(database: Database | undefined): () => Promise<TenantId | null> {
  let found: TenantId | null = null;
  return async () => {
    const tenants = found === null ? await database?.platform.listTenants() : undefined;
    found ??= tenants?.find(({ kind }) => kind === 'platform')?.id ?? null;
    return found;
  };
}

function openLedger(env: IngestEnv, logger: Logger): { database: Database | undefined; queue: Queue | undefined } {
  const { node, databaseUrl, redisUrl } = env;
  if (databaseUrl === undefined) {
    logger.warn('DATABASE_URL is not set: segments wait in the inbox, and senders are those of the last good copy.');
    return { database: undefined, queue: undefined };
  }
  const database = openDatabase({
    url: databaseUrl,
    applicationName: 'akashi-ingest',
    maxConnections: 4,
    clockOffsetSeconds: offsetOf(env.clock),
    onConnectionLost: (cause) => logger.debug({ err: cause }, 'A connection to PostgreSQL was lost.'),
  });
  const queue = openQueue({
    node,
    databaseUrl,
    redisUrl,
    onError: (cause) => logger.debug({ err: cause }, 'The queue reports an error.'),
  });
  return { database, queue };
}

interface InboxSurroundings {
  keyring: Keyring;
  registrar: SegmentRegistrar;
  inboxFaults: Pick<InboxFaults, 'note'>;
  logger: Logger;
}

async function openInbox(
  env: IngestEnv,
  { keyring, registrar, inboxFaults, logger }: InboxSurroundings,
): Promise<InboxWriter> {
  const crashpoint = armCrashpoint(env.crashpoint);
  try {
    const inbox = await openInboxWriter({
      dir: env.inboxDir,
      keys: keyring,
      nowMs: env.clock.nowMs,
      limits: {
        maxBacklogBytes: env.maxBacklogBytes,
        maxTenantBacklogBytes: Math.ceil(env.maxBacklogBytes / 2),
        diskReserveBytes: env.diskReserveBytes,
        ...(env.clock.isStepped ? { rotateMs: steppedRotateMs } : {}),
      },
      onClosed: (segment) => registrar.closed(segment),
      onFault({ code, cause }) {
        if (code === 'commit-failed') inboxFaults.note(cause);
        logger.error({ code, err: cause }, 'The inbox met a fault.');
      },
      onStep: crashpoint,
    });
    for (const segment of inbox.recovered) logger.warn({ ...segment }, 'An open segment was recovered.');
    return inbox;
  } catch (cause) {
    if (!(cause instanceof InboxError)) throw cause;
    throw new StartupError(`The inbox cannot be opened: ${cause.message}.`, cause);
  }
}

function certificateHosts(env: IngestEnv): string[] {
  const anyAddress = ['0.0.0.0', '::'];
  const hosts = ['localhost', '127.0.0.1', '::1', hostname(), env.bind, ...env.tlsHosts];
  return [...new Set(hosts)].filter((host) => !anyAddress.includes(host));
}
