import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArchive } from '@akashi/archive';
import { openInboxWriter, RecordListBuilder } from '@akashi/inbox';
import type { TenantId } from '@akashi/database';
import { openKeyring } from '@akashi/keyring';
import { derivationOf, encodeBatchOrigin } from '@akashi/log-event';
import type { MaskPolicy } from '@akashi/masking';
import { createBulkSlots, createSearch } from '@akashi/search';
import { createClock, Registry } from '@akashi/server-kit';
import { createTestDatabase, createTestTenant, type FormerDatabase } from '@akashi/testkit';
import { LiveRulesDirectory } from './live-rules.ts';
import type { OpenBlocks } from '../sealing/open-blocks.ts';
import { Sealer } from '../sealing/sealer.ts';
import type { VerificationParts } from '../verification/verification-parts.ts';
import { openComputePool } from './compute-pool.ts';
import { openSealing } from './open-sealing.ts';
import { PipelineMetrics } from './pipeline-metrics.ts';

/** A step hook that throws once, at the n-th time its step is passed: the process dies there, as far as data goes. */
export class CrashOnce {
  #step: string | undefined;

  arm(step: string): void {
    this.#step = step;
  }

  readonly pass = (step: string): void => {
    if (step !== this.#step) return;
    this.#step = undefined;
    throw new Error(`crash at ${step}`);
  };
}

/** The node whose inbox it is. */
export const testNode = 'test';

/** The parts of one process. */
export interface TestParts extends VerificationParts {
  readonly sealer: Sealer;
  readonly openBlocks: OpenBlocks;
  readonly platformTenant: () => Promise<TenantId | null>;
  /** What could not be sealed, or was left out of a block. */
  readonly faults: { readonly segmentId?: string; readonly error: unknown }[];
}

export interface TestPipeline {
  readonly parts: TestParts;
  readonly tenantId: TenantId;
  readonly crash: CrashOnce;
  readonly home: string;
  /** With every right. */
  readonly databaseUrl: string;
  /** A new process over the same stores: nothing remembered. */
  restart(): TestParts;
  /** What the sealing of blocks takes for the time. */
  readonly clock: { nowMs: () => number };
  /** Lands lines as one closed, registered segment and gives its id. */
  land(
    lines: readonly (string | Buffer)[],
    place?: { tenantId?: TenantId; retentionPolicy?: string; logGroup?: string; logStream?: string; format?: string },
  ): Promise<string>;
  close(): Promise<void>;
}

/** What an earlier release left, to go on from. */
export interface FormerHome {
  readonly tenantId: TenantId;
  readonly database: FormerDatabase;
  copyTo(home: string): void;
}

interface Landing {
  readonly folder: string;
  readonly keysFolder: string;
  readonly tenantId: string;
  readonly lines: readonly (string | Buffer)[];
  readonly retentionPolicy: string;
  readonly nowMs: number;
  readonly logGroup: string;
  readonly logStream: string;
  readonly format: string | undefined;
}

async function closeSegment(landing: Landing): Promise<string> {
  const { folder, keysFolder, tenantId, lines, retentionPolicy, nowMs, logGroup, logStream, format } = landing;
  const closed: string[] = [];
  const inbox = await openInboxWriter({
    dir: folder,
    keys: openKeyring({ dir: keysFolder }),
    nowMs: () => nowMs,
    limits: { diskReserveBytes: 0 },
    onClosed: ({ segmentId }) => closed.push(segmentId),
  });
  const records = new RecordListBuilder({ maxRecordBytes: 256 * 1024 });
  for (const line of lines) {
    const bytes = Buffer.from(line);
    records.add(bytes, 0, bytes.length);
  }
  const batchId = randomUUID();
  const source = { id: 'test', kind: 'http', address: '127.0.0.1' } as const;
  const origin = encodeBatchOrigin({
    batchId,
    logGroup,
    logStream,
    source,
    ...(format === undefined ? {} : { format }),
  });
  await inbox.append(tenantId, {
    batchId,
    origin,
    receivedAtUs: nowMs * 1000,
    retentionPolicy,
    records: records.finish(),
  });
  await inbox.close();
  const [segmentId] = closed;
  if (segmentId === undefined) throw new Error('the segment was not closed');
  return segmentId;
}

/** Real PostgreSQL, OpenSearch and disk; only the crash is simulated, by an exception at a named step. */
export async function openTestPipeline(former?: FormerHome): Promise<TestPipeline> {
  const home = mkdtempSync(join(tmpdir(), 'akashi-worker-'));
  former?.copyTo(home);
  const testDatabase = await createTestDatabase(process.env['DATABASE_URL'] ?? '', former?.database);
  const { database } = testDatabase;
  const keysFolder = join(home, 'keys');
  const made = (): ReturnType<typeof createTestTenant> =>
    createTestTenant({ database, keyring: openKeyring({ dir: keysFolder }) });
  const tenant = former === undefined ? (await made()).tenant : { id: former.tenantId };
  const search = createSearch({ url: process.env['OPENSEARCH_URL'] ?? '', streamPrefix: 'test-worker-events' });
  const compute = openComputePool({ threads: 1, keysFolder });
  const crash = new CrashOnce();
  const clock = { nowMs: () => Date.now() };
  const inboxFolder = join(home, 'inbox');
  const archiveFolder = join(home, 'archive');
  const build = (): TestParts => {
    const moved = { ...createClock(), now: () => new Date(clock.nowMs()) };
    const archive = openArchive(archiveFolder, { clock: moved, onStep: crash.pass });
    const keyring = openKeyring({ dir: keysFolder, onStep: crash.pass });
    const sealer = new Sealer({
      database,
      archive,
      keyring,
      nowUs: () => clock.nowMs() * 1000,
      newNonce: () => randomBytes(12),
      onStep: crash.pass,
    });
    const metrics = new PipelineMetrics(new Registry());
    const policyOf = (): MaskPolicy => ({ version: 'test-1', keep: 'first6last4' });
    const common = { database, compute, metrics, inboxFolder, policyOf, onDamage: () => undefined, onStep: crash.pass };
    const faults: TestParts['faults'] = [];
    const liveRules = new LiveRulesDirectory({
      database,
      timeZoneOf: () => Promise.resolve('Asia/Tokyo'),
      now: () => clock.nowMs(),
    });
    const sealing = openSealing({
      ...common,
      sealer,
      node: testNode,
      now: () => new Date(clock.nowMs()),
      onFault: (fault) => faults.push(fault),
    });
    return {
      ...common,
      ...sealing,
      sealer,
      faults,
      keyring,
      archive,
      search,
      bulkSlots: createBulkSlots(3),
      derivationOf: () => Promise.resolve(derivationOf({ timeZone: 'Asia/Tokyo' })),
      rulesOf: (tenantId) => liveRules.newest(tenantId),
      archiveUrl: archiveFolder,
      keysFolder,
      heldFolder: join(home, 'verification'),
      node: 'test',
      platformTenant: () => Promise.resolve(null),
      now: () => new Date(),
      clockOffsetSeconds: 0,
    };
  };
  return {
    parts: build(),
    tenantId: tenant.id,
    crash,
    home,
    databaseUrl: testDatabase.url,
    restart: build,
    clock,
    land: async (
      lines,
      { tenantId = tenant.id, retentionPolicy = 'default', logGroup = 'test', logStream = 'one', format } = {},
    ) => {
      const landing = {
        folder: inboxFolder,
        keysFolder,
        tenantId,
        lines,
        retentionPolicy,
        logGroup,
        logStream,
        format,
      };
      const segmentId = await closeSegment({ ...landing, nowMs: clock.nowMs() });
      await database.forTenant(tenantId).segments.register({
        segmentId,
        ingestNode: testNode,
        retentionPolicy,
        records: lines.length,
        bytes: 1,
        acceptedAt: new Date(clock.nowMs()),
      });
      return segmentId;
    },
    close: async () => {
      await search.forTenant(tenant.id).removeAll();
      await compute.close();
      await search.close();
      await testDatabase.drop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
