import { alerts, type Alerts } from './tenant/rules/alerts.ts';
import { deciding, type Deciding } from './tenant/rules/deciding.ts';
import { ruleEvidence, type RuleEvidence } from './tenant/rules/rule-evidence.ts';
import { rules, type Rules } from './tenant/rules/rules.ts';
import { accessGrants, type AccessGrants } from './tenant/access-grants.ts';
import { accessGroups, type AccessGroups } from './tenant/access-groups.ts';
import { accessKeys, type AccessKeys } from './tenant/access-keys.ts';
import { accessReviews, type AccessReviews } from './tenant/access-reviews.ts';
import { archiveCopy, type ArchiveCopy } from './tenant/keeping/archive-copy.ts';
import { archivedRecords, type ArchivedRecords } from './tenant/archived-records.ts';
import { areas, type Areas } from './tenant/areas.ts';
import { approvals, type Approvals } from './tenant/approvals.ts';
import { blocks, type Blocks } from './tenant/blocks.ts';
import { coverageExceptions, type CoverageExceptions } from './tenant/coverage-exceptions.ts';
import { derivations, type Derivations } from './tenant/derivations.ts';
import { documentsToCheck, type DocumentsToCheckStore } from './tenant/documents-to-check.ts';
import { duties, type Duties } from './tenant/duties.ts';
import { factors, type Factors } from './tenant/factors.ts';
import { findings, type Findings } from './tenant/findings/findings.ts';
import { heldCheckpoints, type HeldCheckpoints } from './tenant/held-checkpoints.ts';
import { hostTimes, type HostTimes } from './tenant/host-times.ts';
import { identityProviders, type IdentityProviders } from './tenant/identity-providers.ts';
import { incidents, type Incidents } from './tenant/incidents/incidents.ts';
import { ownFormats, type OwnFormats } from './tenant/own-formats.ts';
import { masters, type Masters } from './tenant/masters/masters.ts';
import { checkpointSendings, type CheckpointSendings } from './tenant/checkpoint-sendings.ts';
import { checkpointWays, type CheckpointWays } from './tenant/checkpoint-ways.ts';
import { notificationChannels, type NotificationChannels } from './tenant/incidents/notification-channels.ts';
import { notifications, type Notifications } from './tenant/incidents/notifications.ts';
import { invitations, type Invitations } from './tenant/invitations.ts';
import { learnedFacts, type LearnedFacts } from './tenant/learned-facts.ts';
import { logGroups, type LogGroups } from './tenant/log-groups.ts';
import { logReviews, type LogReviews } from './tenant/log-reviews/log-reviews.ts';
import { mailDomains, type MailDomains } from './tenant/mail-domains.ts';
import { onlineDays, type OnlineDaysStore } from './tenant/online-days.ts';
import { openSegments, type OpenSegments } from './tenant/open-segments.ts';
import { organisation, type Organisation } from './tenant/organisation.ts';
import { recoveries, type Recoveries } from './tenant/recoveries.ts';
import { reportDefinitions, type ReportDefinitions } from './tenant/report-definitions.ts';
import { reportRuns, type ReportRuns } from './tenant/report-runs/report-runs.ts';
import { blocksToExtend, type BlocksToExtend } from './tenant/keeping/blocks-to-extend.ts';
import { disposals, type Disposals } from './tenant/keeping/disposals.ts';
import { keyDestruction, type KeyDestruction } from './tenant/keeping/key-destruction.ts';
import { tombstones, type Tombstones } from './tenant/keeping/tombstones.ts';
import { keepingFacts, type KeepingFacts } from './tenant/keeping/keeping-facts.ts';
import { legalHolds, type LegalHolds } from './tenant/keeping/legal-holds.ts';
import { retentionChanges, type RetentionChanges } from './tenant/keeping/retention-changes.ts';
import { retentionPolicies, type RetentionPolicies } from './tenant/keeping/retention-policies.ts';
import { restores, type Restores } from './tenant/restores/restores.ts';
import { reviewSettings, type ReviewSettingsStore } from './tenant/review-settings.ts';
import { reviewSignatures, type ReviewSignatures } from './tenant/review-signatures.ts';
import { segments, type Segments } from './tenant/segments.ts';
import { signingCredentials, type SigningCredentials } from './tenant/signing-credentials.ts';
import { silenceLimits, type SilenceLimits } from './tenant/silence-limits.ts';
import { sourceSettings, type SourceSettingsStore } from './tenant/source-settings.ts';
import { sources, type Sources } from './tenant/sources.ts';
import { supportAccesses, type SupportAccesses } from './tenant/support-access.ts';
import { tenantLog, type TenantLog } from './tenant/tenant-log.ts';
import { timeSettings, type TimeSettingsStore } from './tenant/time-settings.ts';
import { userSessions, type UserSessions } from './tenant/user-sessions.ts';
import { users, type Users } from './tenant/users.ts';
import { verificationFindings, type VerificationFindings } from './tenant/verification-findings.ts';
import { verificationProgress, type VerificationProgresses } from './tenant/verification-progress.ts';
import { verifications, type Verifications } from './tenant/verifications.ts';
import type { RunPrisma, RunSql } from './scoped-transaction.ts';
import type { TenantId } from '@akashi/policy';

/** Everything of one tenant, and nothing of another: each call is a transaction that row-level security binds. */
export interface TenantDatabase {
  readonly tenantId: TenantId;
  readonly segments: Segments;
  readonly openSegments: OpenSegments;
  readonly onlineDays: OnlineDaysStore;
  readonly archivedRecords: ArchivedRecords;
  readonly derivations: Derivations;
  readonly documentsToCheck: DocumentsToCheckStore;
  readonly log: TenantLog;
  readonly accessReviews: AccessReviews;
  readonly approvals: Approvals;
  readonly recoveries: Recoveries;
  readonly blocks: Blocks;
  readonly logGroups: LogGroups;
  readonly masters: Masters;
  readonly retentionPolicies: RetentionPolicies;
  readonly retentionChanges: RetentionChanges;
  readonly legalHolds: LegalHolds;
  readonly keepingFacts: KeepingFacts;
  readonly archiveCopy: ArchiveCopy;
  readonly blocksToExtend: BlocksToExtend;
  readonly disposals: Disposals;
  readonly keyDestruction: KeyDestruction;
  readonly tombstones: Tombstones;
  readonly sources: Sources;
  readonly silenceLimits: SilenceLimits;
  readonly accessGrants: AccessGrants;
  readonly accessGroups: AccessGroups;
  readonly accessKeys: AccessKeys;
  readonly sourceSettings: SourceSettingsStore;
  readonly organisation: Organisation;
  readonly supportAccess: SupportAccesses;
  readonly users: Users;
  readonly userSessions: UserSessions;
  readonly duties: Duties;
  readonly factors: Factors;
  readonly findings: Findings;
  readonly logReviews: LogReviews;
  readonly invitations: Invitations;
  readonly identityProviders: IdentityProviders;
  readonly mailDomains: MailDomains;
  readonly verifications: Verifications;
  readonly verificationProgress: VerificationProgresses;
  readonly verificationFindings: VerificationFindings;
  readonly heldCheckpoints: HeldCheckpoints;
  readonly checkpointWays: CheckpointWays;
  readonly checkpointSendings: CheckpointSendings;
  readonly incidents: Incidents;
  readonly notificationChannels: NotificationChannels;
  readonly ownFormats: OwnFormats;
  readonly learnedFacts: LearnedFacts;
  readonly hostTimes: HostTimes;
  readonly timeSettings: TimeSettingsStore;
  readonly rules: Rules;
  readonly alerts: Alerts;
  readonly deciding: Deciding;
  readonly ruleEvidence: RuleEvidence;
  readonly coverageExceptions: CoverageExceptions;
  readonly notifications: Notifications;
  readonly areas: Areas;
  readonly reportDefinitions: ReportDefinitions;
  readonly reportRuns: ReportRuns;
  readonly restores: Restores;
  readonly reviewSettings: ReviewSettingsStore;
  readonly signingCredentials: SigningCredentials;
  readonly reviewSignatures: ReviewSignatures;
}

export function tenantDatabase(tenantId: TenantId, run: RunSql, runPrisma: RunPrisma): TenantDatabase {
  return {
    tenantId,
    segments: segments(run, tenantId),
    openSegments: openSegments(run, tenantId),
    onlineDays: onlineDays(run, tenantId),
    archivedRecords: archivedRecords(run, tenantId),
    derivations: derivations(run, tenantId),
    documentsToCheck: documentsToCheck(run, tenantId),
    log: tenantLog(run, tenantId),
    blocks: blocks(run, tenantId),
    logGroups: logGroups(run, tenantId),
    masters: masters(run, tenantId),
    retentionPolicies: retentionPolicies(run, tenantId),
    retentionChanges: retentionChanges(run, tenantId),
    legalHolds: legalHolds(run, tenantId),
    keepingFacts: keepingFacts(run, tenantId),
    archiveCopy: archiveCopy(run, tenantId),
    blocksToExtend: blocksToExtend(run, tenantId),
    disposals: disposals(run, tenantId),
    keyDestruction: keyDestruction(run, tenantId),
    tombstones: tombstones(run, tenantId),
    silenceLimits: silenceLimits(run, tenantId),
    sources: sources(run, runPrisma, tenantId),
    accessGrants: accessGrants(run, tenantId),
    accessGroups: accessGroups(run, tenantId),
    accessReviews: accessReviews(run, tenantId),
    approvals: approvals(run, tenantId),
    recoveries: recoveries(run, tenantId),
    accessKeys: accessKeys(run, tenantId),
    sourceSettings: sourceSettings(run, tenantId),
    mailDomains: mailDomains(run, tenantId),
    organisation: organisation(runPrisma, tenantId),
    supportAccess: supportAccesses(run, tenantId),
    users: users(run, runPrisma, tenantId),
    userSessions: userSessions(run),
    duties: duties(run, tenantId),
    factors: factors(run, tenantId),
    findings: findings(run, tenantId),
    logReviews: logReviews(run, tenantId),
    invitations: invitations(run, tenantId),
    identityProviders: identityProviders(run, tenantId),
    verifications: verifications(run, tenantId),
    verificationProgress: verificationProgress(runPrisma, tenantId),
    verificationFindings: verificationFindings(runPrisma, tenantId),
    heldCheckpoints: heldCheckpoints(run, tenantId),
    checkpointWays: checkpointWays(runPrisma, tenantId),
    checkpointSendings: checkpointSendings(run, tenantId),
    incidents: incidents(run, runPrisma, tenantId),
    notificationChannels: notificationChannels(runPrisma, tenantId),
    ownFormats: ownFormats(runPrisma, tenantId),
    learnedFacts: learnedFacts(run, tenantId),
    hostTimes: hostTimes(run, tenantId),
    timeSettings: timeSettings(run, tenantId),
    rules: rules(run, tenantId),
    alerts: alerts(run, tenantId),
    deciding: deciding(run, tenantId),
    ruleEvidence: ruleEvidence(run, tenantId),
    coverageExceptions: coverageExceptions(run, tenantId),
    notifications: notifications(run, tenantId),
    areas: areas(runPrisma, tenantId),
    reportDefinitions: reportDefinitions(runPrisma, tenantId),
    reportRuns: reportRuns(run, tenantId),
    restores: restores(run, tenantId),
    reviewSettings: reviewSettings(runPrisma, tenantId),
    signingCredentials: signingCredentials(runPrisma, tenantId),
    reviewSignatures: reviewSignatures(run, tenantId),
  };
}
