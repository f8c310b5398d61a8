import { randomBytes } from 'node:crypto';
import { openArchive } from '@akashi/archive';
import { createAuditSender, createOwnLogSender, type AuditSender } from '@akashi/client';
import { KnownClaims, openDatabase, type TenantId } from '@akashi/database';
import { openKeyring, type Keyring } from '@akashi/keyring';
import { derivationOf } from '@akashi/log-event';
import { createParcelSender, openMailer } from '@akashi/notify';
import { createGuardedFetch } from '@akashi/identity';
import { openQueue } from '@akashi/queue';
import { createBulkSlots, createSearch } from '@akashi/search';
import {
  armCrashpoint,
  offsetOf,
  packageVersion,
  startTimers,
  type Logger,
  type ReadinessChecks,
  type Registry,
} from '@akashi/server-kit';
import { dutyDefinitions } from '@akashi/policy';
import type { CheckpointParts } from './checkpoints/checkpoint-parts.ts';
import { checkpointTimer } from './checkpoints/deliver-checkpoints.ts';
import { openCopy } from './copy/open-copy.ts';
import { dutyHandlers } from './duties/duty-handlers.ts';
import { dutyOutcomes } from './duties/duty-outcomes.ts';
import { dutiesOfSteppedClock, startDuties } from './duties/start-duties.ts';
import { faultCode } from './fault-code.ts';
import type { WorkerEnv } from './env.ts';
import { FaultTrail } from './fault-trail.ts';
import { openIncidents } from './incidents/open-incidents.ts';
import { watchedStores } from './incidents/watched-stores.ts';
import { noticeFindings } from './incidents/verification-incidents.ts';
import { openComputePool } from './pipeline/compute-pool.ts';
import { FormatWatch } from './pipeline/format-watch.ts';
import { damageReport } from './pipeline/damage-report.ts';
import { NodeWatch } from './pipeline/node-watch.ts';
import type { ExportParts } from './keys/export-recovery.ts';
import type { KeyRotationParts } from './keys/rotate-keys.ts';
import { openSealing } from './pipeline/open-sealing.ts';
import { PipelineMetrics } from './pipeline/pipeline-metrics.ts';
import { consumePipeline } from './pipeline/pipeline.processor.ts';
import { reconcile } from './pipeline/reconciler.ts';
import { openReports } from './reports/open-reports.ts';
import { removeRecords } from './keeping/remove-records.ts';
import { openRestores } from './restore/open-restores.ts';
import type { ReviewParts } from './reviews/review-parts.ts';
import { reviewTimers } from './reviews/reviews.ts';
import { OutdatedDocuments } from './rebuild/index-outdated.ts';
import { sealHeartbeat } from './sealing/heartbeat.ts';
import { Sealer } from './sealing/sealer.ts';
import { TenantDirectory } from './tenant-directory.ts';
import type { VerificationParts } from './verification/verification-parts.ts';
import { openRules } from './watching/open-rules.ts';
import { watchesOfLogs } from './watching/watches-of-logs.ts';
import { Verifications } from './verification/verifications.ts';
import { verifyShare, verifyTenant } from './verification/verify-tenant.ts';

/** Changes whenever a rule changes what is taken out of a record; sealed with every block. */
const maskingPolicy = { version: 'mask-2-first6last4', keep: 'first6last4' } as const;

/** One that the index server works on for each of its cores on a small machine, and one that is there when it is done. */
const bulkBodiesInFlight = 3;

const minuteMs = 60_000;
const reconcileEveryMs = 3_000;
/** How late a block is sealed at most. */
const sealTickMs = 1_000;
/** How late an alert is behind the seal of its block, beside what the block waits for. */
const decideTickMs = 1_000;
/** Of a stepped clock a day passes in a moment. */
const steppedSealTickMs = 50;
const steppedLookMs = 200;
const prepareAgainAfterMs = 60 * minuteMs;

export interface WorkerParts {
  readonly env: WorkerEnv;
  readonly logger: Logger;
  readonly metrics: Registry;
  /** Unlocked: the threads that start here read keys. */
  readonly keyring: Keyring;
}

export interface OpenWorker {
  readonly parts: VerificationParts;
  readonly tenants: TenantDirectory;
  readonly verification: Verifications;
  readonly keyParts: KeyRotationParts;
  readonly keyExport: Omit<ExportParts, 'platformTenant'>;
  /** For what is told of the worker itself. */
  readonly trail: Pick<AuditSender, 'record'>;
  readonly readiness: ReadinessChecks;
  /** Begins to take jobs and to do scheduled duties. */
  start(): void;
  close(): Promise<void>;
}

/** The keys, once the installation key is the right one. */
export async function openWorkerKeyring(env: WorkerEnv): Promise<Keyring> {
  const keyring = openKeyring({ dir: env.home.keys, onStep: armCrashpoint(env.crashpoint) });
  await keyring.unlock();
  return keyring;
}

/** Opens everything that the worker works with; nothing runs before `start`. */
export function openWorker({ env, logger, metrics, keyring }: WorkerParts): OpenWorker {
  const { now } = env.clock;
  const onStep = armCrashpoint(env.crashpoint);
  const onConnectionLost = (error: Error): void => logger.warn({ err: error }, 'A database connection was lost.');
  const database = openDatabase({
    url: env.database.url,
    applicationName: 'akashi-worker',
    clockOffsetSeconds: offsetOf(env.clock),
    onConnectionLost,
  });
  const archive = openArchive(env.archive.url, { clock: env.clock, onStep });
  const copy = openCopy({ env, database, archive, keyring, logger, metrics, onStep });
  const search = createSearch({ url: env.search.url, largeTenants: env.search.largeTenants });
  const queue = openQueue({
    node: env.node,
    databaseUrl: env.database.url,
    redisUrl: env.queue.redisUrl,
    onError: (error) => logger.warn({ err: error }, 'The queue reported a fault.'),
  });
  const compute = openComputePool({ threads: env.threads, keysFolder: env.home.keys });
  const tenants = new TenantDirectory(database, () => now().getTime());
  const key = (): Promise<string> => keyring.systemSenderKey();
  const trail = createAuditSender({ endpoint: env.ingest.url, key, service: 'worker', now, withinMs: 1500 });
  const faults = new FaultTrail({ sender: trail, logger, now });
  const mailer = openMailer(env.mail);
  const platformTenant = async (): Promise<TenantId | null> =>
    (await tenants.list()).find(({ kind }) => kind === 'platform')?.id ?? null;
  const incidents = openIncidents({
    database,
    keyring,
    mailer,
    logger,
    now,
    hostNow: env.clock.hostNow,
    platformTenant,
    stores: watchedStores({ env, search, archive, queue, mailer }),
    watches: [...watchesOfLogs({ database, now }), ...copy.watches],
    disks: [
      { name: 'inbox', path: env.home.inbox },
      ...(archive.folder === undefined ? [] : [{ name: 'archive', path: archive.folder }]),
      ...copy.disks,
    ],
    webUrl: env.webUrl,
    webhookNetworks: env.webhookNetworks,
  });
  const fetch = createGuardedFetch({ allowedNetworks: env.webhookNetworks });
  const checkpoints: CheckpointParts = {
    database,
    archive,
    keyring,
    mailer,
    sender: createParcelSender({ fetch, now, hostNow: env.clock.hostNow }),
    authority: env.timeStamps,
    desk: incidents.desk,
    logger,
    now,
    hostNow: env.clock.hostNow,
  };
  const pipelineMetrics = new PipelineMetrics(metrics);
  const sealer = new Sealer({
    database,
    archive,
    keyring,
    nowUs: () => now().getTime() * 1000,
    newNonce: () => randomBytes(12),
    onStep,
  });
  const onDamage = damageReport({ faults, desk: incidents.desk, logger }, metrics);
  const maskParts = { database, inboxFolder: env.home.inbox, policyOf: () => maskingPolicy, onDamage };
  const { masked, openBlocks } = openSealing({
    ...maskParts,
    compute,
    sealer,
    node: env.node,
    now,
    metrics: pipelineMetrics,
    onStep,
    onFault: ({ tenantId, segmentId, error }) => {
      const code = faultCode(error);
      pipelineMetrics.failed(code);
      const target = segmentId === undefined ? { kind: 'log' } : { kind: 'segment', id: segmentId };
      faults.report(tenantId, { action: 'job.failed', reason: code, target });
      logger.warn({ tenantId, segmentId, code, err: error }, 'A block could not be sealed; it will be tried again.');
    },
  });
  const timeZoneOf = async (tenantId: TenantId): Promise<string> => (await tenants.settingsOf(tenantId)).timeZone;
  const rules = openRules({ database, trail, desk: incidents.desk, logger, now, timeZoneOf });
  const formatWatch = new FormatWatch({ database, trail, desk: incidents.desk, logger, now });
  const parts: VerificationParts = {
    ...maskParts,
    compute,
    keyring,
    archive,
    search,
    bulkSlots: createBulkSlots(bulkBodiesInFlight),
    masked,
    openBlocks,
    metrics: pipelineMetrics,
    onStep,
    onQuarantined: ({ tenantId, segmentId, reasons }) => {
      const target = { kind: 'segment', id: segmentId };
      const reason = reasons[0] ?? 'unknown';
      faults.report(tenantId, { action: 'record.quarantined', reason, target, count: reasons.length });
    },
    rulesOf: rules.rulesOf,
    onRuleCosts: rules.onRuleCosts,
    onFormatCosts: (tenantId, costs) => formatWatch.take(tenantId, costs),
    derivationOf: async (tenantId) => derivationOf(await tenants.settingsOf(tenantId)),
    archiveUrl: env.archive.url,
    keysFolder: env.home.keys,
    heldFolder: env.home.verification,
    node: env.node,
    now,
    clockOffsetSeconds: env.clock.offsetSeconds,
  };
  const verification = new Verifications({
    database,
    logger,
    metrics,
    verify: (tenantId, extent) =>
      extent === 'whole' ? verifyTenant(parts, tenantId) : verifyShare(parts, tenantId, env.verification),
    faults,
    noticeFindings: (tenantId, result) => noticeFindings(incidents.desk, tenantId, result),
  });
  const reports = openReports({
    database,
    archive,
    keyring,
    search,
    queue,
    logger,
    desk: incidents.desk,
    mailer,
    webUrl: env.webUrl,
    intake: { endpoint: env.ingest.url, key },
    // While a past is made, nobody waits for the pipeline.
    concurrency: env.clock.isStepped ? 2 : undefined,
    productVersion: packageVersion(import.meta.url),
    onStep,
    now,
  });
  const reviews: ReviewParts = {
    database,
    archive,
    keyring,
    mailer,
    log: createOwnLogSender({ endpoint: env.ingest.url, key }),
    logger,
    webUrl: env.webUrl,
    onStep,
    now,
  };
  const decider = rules.decider({ ...parts, claims: new KnownClaims(database), logger }, metrics);
  const outdated = new OutdatedDocuments({ parts, logger, registry: metrics });
  const stopping = new AbortController();
  const restores = openRestores({ parts, queue, logger, stopping: stopping.signal });
  const nodes = new NodeWatch({ database, logger, registry: metrics, now });
  const stops: (() => Promise<unknown>)[] = [];
  const inbox = { folder: env.home.inbox, node: env.node };
  const heartbeat = { database, sealer, now, maskingVersion: maskingPolicy.version };
  let preparedAtMs = 0;
  const prepareIndex = async (): Promise<void> => {
    if (now().getTime() - preparedAtMs < prepareAgainAfterMs) return;
    await search.platform.prepare();
    preparedAtMs = now().getTime();
  };

  const definitions = dutyDefinitions({ verifyEveryMinutes: env.verification.everyMs / minuteMs });

  return {
    parts,
    tenants,
    verification,
    keyParts: { database, keyring, trail, sealer, inbox, now },
    keyExport: { keys: { dir: env.home.keys }, trail, now },
    trail,
    readiness: {
      database: () => database.platform.ping(),
      archive: () => archive.probe(),
      search: async () => {
        if (preparedAtMs === 0 || !(await search.platform.isReady()))
          throw new Error('the index has shards that are not there yet');
      },
      queue: () => queue.ping(),
    },
    start: () => {
      const consumer = consumePipeline({ parts, queue, logger, faults, concurrency: env.queue.concurrency });
      const disposal = { database, archive: copy.paired, search, sealer, trail, platformTenant, now, onStep };
      // What is due once, for an organisation or the installation, by whichever worker takes it.
      const dutiesParts = {
        runs: database.platform.dutyRuns,
        queue,
        definitions,
        handlers: dutyHandlers({
          database,
          archive,
          keyring,
          search,
          mailer,
          trail,
          authority: env.timeStamps,
          definitions,
          now,
          beat: (id) => sealHeartbeat(heartbeat, id),
          verify: async (id) => {
            outdated.look(id);
            return verification.run(id);
          },
          sealer,
          inbox,
          reviews,
          restores: restores.parts,
          disposal,
          copying: copy.copying,
          shredding: { ...disposal, keyring, keysFolder: env.home.keys, disposal },
        }),
        outcomes: dutyOutcomes({ desk: incidents.desk, logger }),
        logger,
        onStep,
        now,
      };
      // While the clock is stepped, days pass in moments, and nothing is late.
      const duties = env.clock.isStepped ? undefined : startDuties(dutiesParts);
      const ofReviews = [...reports.timers, ...reviewTimers(reviews)];
      const ofPast = [dutiesOfSteppedClock(dutiesParts, stopping.signal), ...ofReviews];
      // What each worker does for itself: it is not ready before the index is, and looks after its own segments.
      const timers = startTimers(
        [
          { name: 'prepare-index', everyMs: 5_000, run: prepareIndex },
          { name: 'index-outdated', everyMs: minuteMs, run: () => outdated.run(stopping.signal) },
          {
            name: 'reconcile',
            everyMs: reconcileEveryMs,
            run: async () => {
              await reconcile({ node: env.node, database, queue, metrics: pipelineMetrics, logger });
              await nodes.run();
            },
          },
          {
            name: 'seal',
            everyMs: env.clock.isStepped ? steppedSealTickMs : sealTickMs,
            run: () => openBlocks.tick(),
          },
          {
            name: 'decide',
            everyMs: env.clock.isStepped ? steppedLookMs : decideTickMs,
            run: () => decider.run(stopping.signal),
          },
          ...(env.clock.isStepped
            ? ofPast.map((timer) => ({ ...timer, everyMs: timer.everyMs > minuteMs ? timer.everyMs : steppedLookMs }))
            : [
                ...ofReviews,
                {
                  name: 'tombstones',
                  everyMs: 5_000,
                  run: () => removeRecords({ ...parts, paired: copy.paired, sealer, trail }, stopping.signal),
                },
                ...restores.timers,
                ...incidents.timers,
                checkpointTimer(checkpoints),
              ]),
        ],
        logger,
      );
      const reportRuns = reports.start();
      const restoring = restores.start();
      stops.push(
        () => consumer.close(),
        () => reportRuns.close(),
        () => restoring.close(),
        () => duties?.stop() ?? Promise.resolve(),
        async () => {
          await timers.stop();
          await openBlocks.close();
        },
      );
    },
    close: async () => {
      stopping.abort();
      await Promise.all(stops.map((stop) => stop()));
      await faults.close();
      mailer.close();
      await queue.close();
      await compute.close();
      await search.close();
      await archive.close();
      await copy.close();
      await database.close();
    },
  };
}
