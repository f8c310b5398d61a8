export { keyChangeDays } from './key-change.ts';
export { coverageOf, type CoverageCell, type CoverageState, type SeenClass } from './coverage.ts';
export { decideExpiry, type ExpiryDecision } from './access-key-limits.ts';
export { accessKeyBytes, formatAccessKey, readAccessKeyKind, type AccessKeyKind } from './access-key-text.ts';
export {
  addressNetwork,
  isAddressAllowed,
  parseAddressRange,
  rangeContains,
  type AddressRange,
} from './address-range.ts';
export {
  createAccessScope,
  fieldFilter,
  hides,
  hidesAnything,
  reachesLogGroup,
  reachOfLogGroup,
  reachOfNamedStream,
  reachOfStream,
  seesEverything,
  scopeFilter,
  unhidableFields,
  visibleDocument,
  withinScope,
  type AccessScope,
  type ScopePart,
  type StreamPlace,
} from './access-scope.ts';
export { intersectScopes, isWithinScope } from './combine-scopes.ts';
export { isIncidentOfArea, mayBeOfArea, type LogPlace } from './review/area-places.ts';
export { scopeOfArea, seesWholeArea, seesWholeParts, wholeParts, type AreaScope } from './review-area.ts';
export { isReviewDue, nextReviewDue, type ReviewHistory } from './access-review-due.ts';
export {
  compileGrants,
  isInForce,
  openedLogGroups,
  scopeOfLogGroups,
  type Grant,
  type Grantee,
} from './compile-grants.ts';
export {
  auditTrailGroup,
  ownEvidenceGroups,
  reportsGroup,
  reviewsGroup,
  isOwnLogGroup,
  matchesLogGroup,
  matchesName,
  ownLogGroupPrefix,
} from './name-pattern.ts';
export {
  dutiesOfPast,
  dutyDefinitions,
  dutyPlace,
  farthestDue,
  firstPeriod,
  installationDuties,
  isLocal,
  nextPeriod,
  organisationDuties,
  overtaking,
  replannedPeriod,
  scheduleOf,
  type DutyDefinition,
  type DutyName,
} from './duties/duty-definitions.ts';
export { dayName, dayOf, localInstant } from './duties/calendar.ts';
export type { DutyPeriod } from './duties/duty-period.ts';
export { isNoticeDay } from './duties/expiry-notice.ts';
export {
  defaultQuotas,
  effectiveQuotas,
  fullBucket,
  refill,
  spend,
  storageState,
  unlimitedQuotas,
  waitMs,
  type BucketLimit,
  type Quota,
  type Quotas,
  type StorageState,
  type TokenBucket,
} from './quota.ts';
export { dueBlocks, fullBlockBytes, sealIntervalLimits, segmentsOfNextBlock, type OpenBlock } from './open-block.ts';
export {
  defaultRetention,
  defaultRetentionPolicy,
  isLower,
  isRetentionPolicyName,
  keepUntilUs,
  meetsFloors,
  mostOnlineClasses,
  refuseRetention,
  retentionFloors,
  type Retention,
  type RetentionRefusal,
} from './retention.ts';
export {
  estimateRestoreSeconds,
  mostRestoredLogGroups,
  mostRestoredRecords,
  mostRestoredSets,
  remainingRestoreSeconds,
  restorableUntil,
  restoredDays,
} from './restore.ts';
export { holdsBlock, holdsLogGroup, type BlockSpan, type HeldPart } from './legal-hold.ts';
export {
  judgeKeeping,
  keepingStates,
  onlineSinceUs,
  worstState,
  type KeepingReason,
  type KeepingSeen,
  type KeepingSide,
  type KeepingState,
  type KeepingVerdict,
} from './keeping-verdict.ts';
export { isDue, type DueAt, type KeptBlock } from './disposal.ts';
export { isTenantId, tenantId, type TenantId } from './tenant-id.ts';
export { isReturnPath, longestReturnPath } from './return-path.ts';
export {
  isPermitted,
  permissions,
  permissionsOf,
  platformRoles,
  roles,
  tenantRoles,
  type Permission,
  type Role,
  type TenantRole,
} from './roles.ts';
export {
  accountLimits,
  addressLimits,
  checkSecuritySettings,
  countTry,
  effectiveSecuritySettings,
  isDormant,
  isSteppedUp,
  lockedForMs,
  refusePassword,
  securityLimits,
  takeBackTry,
  type FailureLimits,
  type FailureRecord,
  type PasswordRefusal,
  type SecurityLimit,
  type SecuritySetting,
  type SecuritySettings,
  type SettingsRefusal,
} from './sign-in-rules.ts';
export { isPublicAddress } from './public-address.ts';
export { isRangeTooWide, sendersClash, type SenderName, type ShortestPrefixes } from './sender-claim.ts';
export {
  afterAcknowledge,
  afterCease,
  afterClose,
  afterNotice,
  incidentStates,
  reopensWithinMs,
  type Incident,
  type IncidentState,
  type Notice,
  type NoticeEffect,
} from './incident.ts';
export { closesByItself, incidentKinds, isIncidentKind, type IncidentKind } from './incident-kinds.ts';
export { incidentWord } from './incident-words.ts';
export { severities, severityOf, severityRank, severityWord, type Severity } from './incident-severity.ts';
export { tellableCause, tellablePlace } from './incident-place.ts';
export { tellAt, type ChannelHours, type ChannelTimes } from './channel-times.ts';
export { incidentLogs, isOfArea, type IncidentLogs } from './channel-area.ts';
export {
  failingFromAttempt,
  remindsAfterMs,
  retryDelayMs,
  type TellingEvent,
  type ToldIncident,
} from './incident-telling.ts';
export {
  installationAuthorityId,
  leavesOn,
  withInstallationAuthority,
  type CheckpointCadence,
} from './checkpoint-ways.ts';
export { peopleToTell, type PersonToTell } from './people-to-tell.ts';
export { calendarState, isLateReview, type CalendarEntry } from './review/review-calendar.ts';
export {
  hasReviewed,
  namedPeople,
  refuseAddendum,
  refuseApproval,
  refuseDecision,
  refuseDelegation,
  refuseSubmission,
  reviewHindrances,
  type AreaPeople,
  type ReviewPerson,
  type ReviewRefusal,
} from './review/review-rights.ts';
export {
  afterResult,
  afterReviewAct,
  isRunOver,
  reviewItemStates,
  reviewStates,
  submissionHindrances,
  type DailyReview,
  type ReviewAct,
  type ReviewHindrance,
  type ReviewItemState,
  type ReviewState,
} from './review/review-state.ts';
export {
  dayBefore,
  isRiskNoticeDay,
  periodEndingOn,
  reminderDue,
  reviewDueAt,
  reviewMissedAt,
  reviewPeriod,
  riskAnalysisDueOn,
  reviewFrequencies,
  type ReviewFrequency,
  type ReviewReminder,
} from './review/review-times.ts';
export {
  afterFindingAct,
  findingStates,
  type FindingAct,
  type FindingRefusal,
  type FindingState,
} from './review/finding-course.ts';
export { areaCategories } from './review/area-category.ts';
export { learnRhythm, type HeardHour, type RhythmBasis } from './watching/rhythm.ts';
export { silentAt, type SilenceLimit } from './watching/silent-at.ts';
export { weekSlots } from './watching/week-slots.ts';
export { judgeLag, judgeParsing, leastUnparsed, leastUnparsedShare, skewBeyondMs } from './watching/judge-stream.ts';
export {
  mayTellTime,
  timeFactQuery,
  timeFactOf,
  type ClockReading,
  type StepBy,
  type TimeFact,
  type TimeFactKind,
} from './host-time/time-fact.ts';
export {
  foldTimeFact,
  mergeHostTimes,
  type ClockState,
  type HostTime,
  type LeafPlace,
  type PlacedFact,
  type TimeStep,
} from './host-time/host-time.ts';
export {
  groupOfHost,
  isDesignated,
  isStepTold,
  judgeHostTime,
  limitsOfHost,
  timeProblems,
  usualTimeLimits,
  type HostGroup,
  type JudgedHost,
  type TimeLimits,
  type TimeProblem,
  type TimeServer,
  type TimeSettings,
} from './host-time/judge-time.ts';
export {
  clockPeriod,
  type ClockEvent,
  type ClockFact,
  type ClockPeriod,
  type LostSpan,
  type PeriodOfHost,
} from './host-time/clock-period.ts';
export { watchState, watchStates, type WatchState } from './watching/watch-state.ts';
