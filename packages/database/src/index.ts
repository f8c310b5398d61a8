export { putPartLogin, type PartLoginInput } from './part-login.ts';
export { openDatabase, type Database, type DatabaseOptions } from './open-database.ts';
export { tenantId, type TenantId } from '@akashi/policy';
export { isUnstorableText } from './is-unstorable-text.ts';
export { isDatabaseUnavailable } from './is-database-unavailable.ts';
export type { PlatformDatabase } from './platform-database.ts';
export type { NewTenant, Tenant, TenantStatus } from './platform/tenants.ts';
export type { TenantBacklog, TenantOverview } from './platform/tenant-overviews.ts';
export type { OperatorAccess } from './platform/operator-access.ts';
export type { IngestKey, LogGroupPolicy, Senders, SendingTenant, SyslogSource } from './platform/senders.ts';
export type { KeyUse } from './platform/key-uses.ts';
export type { SenderClaim, SenderClaims } from './platform/sender-claims.ts';
export type { Arrival, SourceSettings, SourceSettingsStore, SourceValues } from './tenant/source-settings.ts';
export type { LateNode, UnfinishedSegment } from './platform/unfinished-segments.ts';
export type {
  ApiKey,
  Credentials,
  OpenInvitation,
  OpenRecovery,
  ProviderButton,
  SignInUser,
} from './platform/credentials.ts';
export type { NewSession, Sessions, SessionStage, SessionStep, SessionUser } from './platform/sessions.ts';
export type { SignInFailure, SignInFailures } from './platform/sign-in-failures.ts';
export type { TenantDatabase } from './tenant-database.ts';
export type { OpenBlocks, OpenBlockState, SealedSegment } from './platform/open-blocks.ts';
export type { MaskingNote, OpenSegment, OpenSegments } from './tenant/open-segments.ts';
export type { BlockLogGroup, SealedBlock, SealedContent, SealedShare, SegmentSealing } from './tenant/seal-segments.ts';
export type { LandingSegment, NewSegment, SegmentPlace, Segments } from './tenant/segments.ts';
export type { FinishedSegment, QuarantinedRecord, StreamCounts } from './tenant/finish-indexed.ts';
export type {
  ArchivedBlock,
  BlockInOrder,
  OfflineGroup,
  OnlinePeriod,
  RecordsWanted,
} from './tenant/archived-records.ts';
export type { Derivations, NotedDerivation, NotedDocuments } from './tenant/derivations.ts';
export type { DocumentsRange, DocumentsToCheck, DocumentsToCheckStore } from './tenant/documents-to-check.ts';
export type { Block, Blocks, NewBlock } from './tenant/blocks.ts';
export {
  LogConflictError,
  type LogHead,
  type SealedStatement,
  type SealTransaction,
  type TenantLog,
} from './tenant/tenant-log.ts';
export type { ChangeSteps, ChangedMaster, MasterChange, NewVersion } from './tenant/masters/change-master.ts';
export type { RowSelection } from './tenant/masters/master-rows.ts';
export type { Masters, MasterTable, MasterVersion, RowShape } from './tenant/masters/masters.ts';
export type { LogGroup, LogGroups } from './tenant/log-groups.ts';
export type { ArchiveCopy, BlockToCopy } from './tenant/keeping/archive-copy.ts';
export type { CopiedLog, CopiedLogs } from './platform/copied-logs.ts';
export type { BlockToExtend, BlocksToExtend } from './tenant/keeping/blocks-to-extend.ts';
export type {
  KeyDestruction,
  KeyDestructionNoting,
  KeyDestructionState,
  OverOrganisation,
  UnderKey,
} from './tenant/keeping/key-destruction.ts';
export type { NewTombstone, Tombstone, Tombstones } from './tenant/keeping/tombstones.ts';
export type { Disposal, Disposals, DueBlock, NewDisposal, RemoveBlock } from './tenant/keeping/disposals.ts';
export type { KeepingFacts, LogGroupKept, LogStreamKept } from './tenant/keeping/keeping-facts.ts';
export type { HeldCount, LegalHold, LegalHolds, NewLegalHold } from './tenant/keeping/legal-holds.ts';
export type {
  RetentionActors,
  RetentionChange,
  RetentionChangeDone,
  RetentionChanges,
} from './tenant/keeping/retention-changes.ts';
export type {
  NewRetentionPolicy,
  PolicyRef,
  RetentionDays,
  RetentionPolicies,
  RetentionPolicy,
} from './tenant/keeping/retention-policies.ts';
export type { NewSource, SourceActivity, Sources } from './tenant/sources.ts';
export type { AccessGrants, NewGrant, PersonInGroups, StoredGrant } from './tenant/access-grants.ts';
export type {
  Approval,
  ApprovalDecision,
  ApprovingPerson,
  LiftContent,
  ApprovalOutcome,
  Approvals,
  ApprovalSubject,
  GrantContent,
  NewApproval,
} from './tenant/approvals.ts';
export type { NewRecovery, Recoveries, Recovery, RecoveryVoice, VoiceOutcome } from './tenant/recoveries.ts';
export type { AccessGroup, AccessGroups, AccessGroupValues, GroupMember } from './tenant/access-groups.ts';
export type {
  AccessReview,
  AccessReviewItem,
  AccessReviews,
  DecideOutcome,
  ReviewDecision,
  ReviewOwner,
  ReviewKind,
} from './tenant/access-reviews.ts';
export type {
  AccessKey,
  AccessKeys,
  AccessKeyScope,
  BeforeCommit,
  KeyRotation,
  NewAccessKey,
  ResponsiblePerson,
} from './tenant/access-keys.ts';
export type { Organisation, OrganisationChange, OrganisationSettings } from './tenant/organisation.ts';
export type { NewSupportAccess, SupportAccess, SupportAccesses } from './tenant/support-access.ts';
export type { EndedAccess } from './tenant/end-access.ts';
export type { Factor, Factors, NewPasskey } from './tenant/factors.ts';
export type { MailDomain, MailDomains } from './tenant/mail-domains.ts';
export type { GroupRule, IdentityProvider, IdentityProviders, ProviderValues } from './tenant/identity-providers.ts';
export type { Acceptance, Invitation, Invitations, NewInvitation } from './tenant/invitations.ts';
export type { UserSession, UserSessions } from './tenant/user-sessions.ts';
export type { NewUser, User, UserChange, Users } from './tenant/users.ts';
export type {
  NewVerification,
  Verification,
  VerificationFinding,
  VerificationReach,
  Verifications,
} from './tenant/verifications.ts';
export type {
  CheckpointOutcome,
  CheckpointSending,
  CheckpointSendings,
  NewCheckpointSending,
} from './tenant/checkpoint-sendings.ts';
export type { CheckpointWay, CheckpointWayKind } from './tenant/checkpoint-ways.ts';
export type { HeldCheckpoint, HeldCheckpoints } from './tenant/held-checkpoints.ts';
export type { IncidentOutcome, Incidents, IncidentSelection, StoredIncident } from './tenant/incidents/incidents.ts';
export type { IncidentDetails, IncidentNotice } from './tenant/incidents/notice-incident.ts';
export type {
  ChannelKind,
  ChannelSettings,
  NotificationChannel,
  NotificationChannels,
} from './tenant/incidents/notification-channels.ts';
export {
  claimsDuring,
  KnownClaims,
  mostFacts,
  type ClaimsAsker,
  type MastersAt,
  type Span,
} from './known-claims/known-claims.ts';
export type { HostTimeRow, HostTimes, NewTimeFact } from './tenant/host-times.ts';
export type { StoredTimeSettings, TimeSettingsStore } from './tenant/time-settings.ts';
export { approvalsOfActs } from './known-claims/approvals-of-acts.ts';
export type { FactsWanted, LearnedFacts, NewFact, StoredFact } from './tenant/learned-facts.ts';
export { reportBasis, runAreaOf, type BasisOfNow } from './tenant/report-runs/report-basis.ts';
export type { Area, Areas, AreaValues } from './tenant/areas.ts';
export type { NewReportVersion, ReportDefinitions, ReportVersion } from './tenant/report-definitions.ts';
export { newUnmaskedId } from './tenant/unmasked-id.ts';
export type { PlannedReportRun } from './tenant/report-runs/insert-report-runs.ts';
export type {
  FrozenFile,
  FrozenRun,
  NewReportRun,
  ReportBasis,
  ReportRun,
  ReportRunKind,
  ReportRunState,
  RunArea,
  RunOfDay,
} from './tenant/report-runs/report-run.ts';
export type { ReportRunLook, ReportRuns, ReportRunSelection } from './tenant/report-runs/report-runs.ts';
export type { TakenReportRun } from './tenant/report-runs/runs-under-lease.ts';
export type { LateDay, PlatformReportRuns, ReportRunName } from './platform/report-runs.ts';
export type {
  NewRestore,
  Restore,
  RestoreAmounts,
  RestoreBlock,
  RestoreExtent,
  RestoreKind,
  RestoreState,
} from './tenant/restores/restore.ts';
export type { RestorePace, Restores, StandingRestore } from './tenant/restores/restores.ts';
export type { TakenRestore } from './tenant/restores/restores-under-lease.ts';
export type { RestoreName } from './platform/restores.ts';
export type { ReviewSettings, ReviewSettingsStore } from './tenant/review-settings.ts';
export type { ReviewSignatureRow, ReviewSignatures } from './tenant/review-signatures.ts';
export type {
  NewSigningCredential,
  SigningChallengeRow,
  SigningCredentialRow,
  SigningCredentials,
} from './tenant/signing-credentials.ts';
export type { CoverageException, CoverageExceptions } from './tenant/coverage-exceptions.ts';
export type {
  LiveOwnFormat,
  OwnFormatActivation,
  OwnFormats,
  OwnFormatVersion,
  SwitchedOffFormat,
} from './tenant/own-formats.ts';
export type { DueNotification, Notifications } from './tenant/incidents/notifications.ts';
export type { UnfinishedIncident } from './platform/incidents.ts';
export type { CheckedFindings, OpenFinding, VerificationFindings } from './tenant/verification-findings.ts';
export {
  verificationParts,
  type VerificationPart,
  type VerificationProgress,
  type VerificationProgresses,
} from './tenant/verification-progress.ts';
export type { Duties, DutyRun, DutyStanding } from './tenant/duties.ts';
export type {
  DutyOutcome,
  DutyRunName,
  DutyRuns,
  EndedRun,
  PlannedRun,
  TakenRun,
  UnplannedDuty,
  WantedDuty,
} from './platform/duty-runs.ts';
export type { FindingSelection, Findings } from './tenant/findings/findings.ts';
export type { FindingChange, NewFinding } from './tenant/findings/held-findings.ts';
export type {
  FindingFieldChange,
  FindingValues,
  NewFindingNote,
  PinnedLine,
  StoredFinding,
  WholeFinding,
} from './tenant/findings/stored-finding.ts';
export type { HeldReview, ItemChange } from './tenant/log-reviews/change-review.ts';
export type { FinishedSigning, FormerItem, NewReview } from './tenant/log-reviews/log-reviews.ts';
export {
  ReviewBeingSignedError,
  type SignedChange,
  type SigningAsked,
  type SigningIntent,
} from './tenant/log-reviews/signing-intent.ts';
export type {
  CalendarReview,
  ItemArea,
  JudgedAlert,
  JudgedItem,
  NewReviewAct,
  StoredItem,
  StoredReview,
  StoredReviewAct,
  StoredReviewRecord,
  WholeReview,
} from './tenant/log-reviews/stored-review.ts';
export type { RanRules } from './tenant/rules/rule-evidence.ts';
export type { Alerts, AlertSelection, StoredAlert, StoredAlertEvent } from './tenant/rules/alerts.ts';
export type { NewRule, RuleChange, RuleOutcome, Rules, RuleSwitch } from './tenant/rules/rules.ts';
export type {
  LiveRule,
  LiveRules,
  RuleAct,
  RuleContent,
  RuleFormat,
  RulePeriod,
  StoredRule,
  StoredRuleVersion,
  StoredText,
} from './tenant/rules/stored-rule.ts';
export type {
  Deciding,
  DecidingBlock,
  DecidingPeriod,
  DecidingSegment,
  DecidingTransaction,
  RuleCursor,
} from './tenant/rules/deciding.ts';
export type { StateKey, StoredKeyState } from './tenant/rules/key-states.ts';
export type { Undecided } from './platform/undecided.ts';
export type { SegmentMatching } from './tenant/rules/note-matches.ts';
export type {
  DueSilence,
  LearnedRhythm,
  MovedSilence,
  StreamName,
  StreamToLearn,
} from './platform/watching/rhythms.ts';
export type { LagLook, ParsingLook, UntoldCount } from './platform/watching/stream-looks.ts';
export type { WatchLook } from './platform/watching/watch-looks.ts';
export type { Watching } from './platform/watching/watching.ts';
export type { SilenceLimits, StoredSilenceLimit, WatchedStream } from './tenant/silence-limits.ts';
