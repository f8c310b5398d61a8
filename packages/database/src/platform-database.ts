import { migrate } from './migrate.ts';
import { copiedLogs, type CopiedLogs } from './platform/copied-logs.ts';
import { tenantsToExtend, type TenantsToExtend } from './platform/blocks-to-extend.ts';
import { openTombstones, type OpenTombstones } from './platform/open-tombstones.ts';
import { claimCheckpoints, type ClaimedCheckpoint } from './platform/claim-checkpoints.ts';
import { credentials, type Credentials } from './platform/credentials.ts';
import { dutyRuns, type DutyRuns } from './platform/duty-runs.ts';
import { noteKeyUses, type KeyUse } from './platform/key-uses.ts';
import { senderClaims, type SenderClaims } from './platform/sender-claims.ts';
import { loadSenders, type Senders } from './platform/senders.ts';
import { mailDomainConfirmations, type MailDomainConfirmations } from './platform/mail-domain-confirmations.ts';
import { platformLogReviews, type PlatformLogReviews } from './platform/log-reviews.ts';
import { findTenantsWithHostTimes } from './platform/host-time-tenants.ts';
import { platformIncidents, type PlatformIncidents } from './platform/incidents.ts';
import { findLateSegments, type LateSegments } from './platform/late-segments.ts';
import { openBlocks, type OpenBlocks } from './platform/open-blocks.ts';
import type { TenantId } from '@akashi/policy';
import { findOnlineRaises } from './platform/online-raises.ts';
import { findUndecided, type Undecided } from './platform/undecided.ts';
import { findOutdatedSegments, type OutdatedSegments } from './platform/outdated-segments.ts';
import { operatorAccesses, type OperatorAccesses } from './platform/operator-access.ts';
import { platformReportRuns, type PlatformReportRuns } from './platform/report-runs.ts';
import { platformRestores, type PlatformRestores } from './platform/restores.ts';
import { sessions, type Sessions } from './platform/sessions.ts';
import { tenantOverviews, type TenantOverviews } from './platform/tenant-overviews.ts';
import { signInFailures, type SignInFailures } from './platform/sign-in-failures.ts';
import { tenantStorage, type TenantStorages } from './platform/tenant-storage.ts';
import { watching, type Watching } from './platform/watching/watching.ts';
import { tenants, type Tenants } from './platform/tenants.ts';
import {
  findLateNodes,
  findUnfinishedSegments,
  type LateNode,
  type UnfinishedSegment,
} from './platform/unfinished-segments.ts';
import type { RunPrisma, RunSql } from './scoped-transaction.ts';
import { duties, type Duties } from './tenant/duties.ts';

/** What crosses tenants: migrations, provisioning, authentication look-ups, the reconciler's scan. No log data. */
export interface PlatformDatabase
  extends
    Tenants,
    TenantOverviews,
    OperatorAccesses,
    Credentials,
    SenderClaims,
    TenantStorages,
    OpenBlocks,
    OpenTombstones,
    CopiedLogs,
    TenantsToExtend {
  /** Applies missing migrations; answers their names. Safe from several processes at once. */
  migrate(upTo?: string): Promise<string[]>;
  /** Whether the database answers and has its tables. */
  ping(): Promise<void>;
  loadSenders(): Promise<Senders>;
  noteKeyUses(uses: readonly KeyUse[]): Promise<void>;
  findLateSegments(wanted: { indexedBefore: Date; sealedBefore: Date }): Promise<LateSegments[]>;
  findUnfinishedSegments(wanted: { node: string; olderThanMs: number; limit: number }): Promise<UnfinishedSegment[]>;
  findLateNodes(before: Date): Promise<LateNode[]>;
  /** Organisations with documents that are to be made again to stay online for longer. */
  findOnlineRaises(): Promise<TenantId[]>;
  /** Organisations with hosts whose clocks are known. */
  findTenantsWithHostTimes(): Promise<TenantId[]>;
  findOutdatedSegments(wanted: { generation: number; limit: number }): Promise<OutdatedSegments>;
  /** Organisations with entries of their log that no rules have decided yet. */
  findUndecided(): Promise<Undecided[]>;
  readonly sessions: Sessions;
  readonly mailDomains: MailDomainConfirmations;
  readonly signInFailures: SignInFailures;
  readonly incidents: PlatformIncidents;
  readonly watching: Watching;
  /** Checkpoints that are due to leave, for this caller alone until `until`; each counts as an attempt. */
  claimCheckpoints(claim: { now: Date; until: Date; limit: number }): Promise<ClaimedCheckpoint[]>;
  readonly logReviews: PlatformLogReviews;
  readonly dutyRuns: DutyRuns;
  readonly reportRuns: PlatformReportRuns;
  readonly restores: PlatformRestores;
  /** The installation's own. */
  readonly duties: Duties;
}

export function platformDatabase(databaseUrl: string, run: RunSql, runPrisma: RunPrisma): PlatformDatabase {
  return {
    ...tenants(runPrisma),
    ...tenantOverviews(run),
    ...operatorAccesses(run),
    ...credentials(run),
    ...senderClaims(run),
    ...tenantStorage(run),
    ...openBlocks(run),
    ...tenantsToExtend(run),
    ...openTombstones(run),
    ...copiedLogs(run),
    migrate: (upTo) => migrate(databaseUrl, upTo),
    ping: () =>
      run(async (client) => {
        await client.query('SELECT FROM tenant LIMIT 1');
      }),
    loadSenders: () => loadSenders(run),
    noteKeyUses: (uses) => noteKeyUses(run, uses),
    findUnfinishedSegments: (wanted) => findUnfinishedSegments(run, wanted),
    findLateSegments: (wanted) => findLateSegments(run, wanted),
    findLateNodes: (before) => findLateNodes(run, before),
    findOnlineRaises: () => findOnlineRaises(run),
    findTenantsWithHostTimes: () => findTenantsWithHostTimes(run),
    findOutdatedSegments: (wanted) => findOutdatedSegments(run, wanted),
    findUndecided: () => findUndecided(run),
    sessions: sessions(run),
    mailDomains: mailDomainConfirmations(run),
    signInFailures: signInFailures(run),
    incidents: platformIncidents(run),
    watching: watching(run),
    claimCheckpoints: (claim) => claimCheckpoints(run, claim),
    logReviews: platformLogReviews(run),
    dutyRuns: dutyRuns(run),
    reportRuns: platformReportRuns(run),
    restores: platformRestores(run),
    duties: duties(run, null),
  };
}
