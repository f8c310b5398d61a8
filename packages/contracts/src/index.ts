export { cardData, cardDataRule, type CardDataRule } from './kept-text.ts';
export * from './checkpoint-sendings.ts';
export { problem, problemCodes, type Problem, type ProblemCode } from './problem.ts';
export { eventId, eventReference, logName, moment } from './values.ts';
export {
  contextAnswer,
  contextQuery,
  event,
  eventDetail,
  eventQuery,
  type ContextAnswer,
  type ContextQuery,
  type EventAnswer,
  type EventDetail,
  type EventQuery,
} from './event.ts';
export {
  archivedEvent,
  archiveSearchLine,
  mostArchiveBytes,
  type ArchivedEvent,
  type ArchiveSearchEnd,
  type ArchiveSearchLine,
  type OfflinePart,
} from './archive-search.ts';
export { logStanding, type LogStanding, type Seal, type SealState } from './seal.ts';
export { proofAnswer, type ProofAnswer } from './event-proof.ts';
export {
  archiveSearchRequest,
  facetsAnswer,
  facetsRequest,
  fieldsAnswer,
  histogramAnswer,
  relaxedAnswer,
  histogramRequest,
  searchAnswer,
  searchRequest,
  selectionRequest,
  type ArchiveSearchRequest,
  type FacetsAnswer,
  type FacetsRequest,
  type FieldsAnswer,
  type HistogramAnswer,
  type RelaxedAnswer,
  type HistogramRequest,
  type SearchAnswer,
  type SearchRequest,
  type SelectionRequest,
} from './search.ts';
export {
  enrolled,
  invitationAcceptance,
  invitationLookup,
  invitationView,
  mailAddress,
  passkeyEnrolment,
  passkeyOptions,
  passwordChange,
  providerButtons,
  providerStart,
  providerStartRequest,
  providersQuery,
  secondFactorRequest,
  session,
  signInRequest,
  totpConfirmation,
  totpEnrolment,
  totpEnrolmentRequest,
  type Enrolled,
  type FirstPasswordChange,
  type InvitationAcceptance,
  type InvitationLookup,
  type InvitationView,
  type PasskeyEnrolment,
  type PasskeyOptions,
  type ProviderButtons,
  type ProviderStart,
  type ProviderStartRequest,
  type ProvidersQuery,
  type SecondFactorRequest,
  type Session,
  type SignInRequest,
  type TotpConfirmation,
  type TotpEnrolment,
  type TotpEnrolmentRequest,
} from './session.ts';
export {
  factor,
  factorChange,
  factorsAnswer,
  ownPasswordChange,
  ownSessionsAnswer,
  profile,
  profileChange,
  recoveryCodes,
  revokedSessions,
  type FactorAnswer,
  type FactorChange,
  type FactorsAnswer,
  type OwnPasswordChange,
  type OwnSessionsAnswer,
  type Profile,
  type ProfileChange,
  type RecoveryCodes,
  type RevokedSessions,
} from './profile.ts';
export {
  invitation,
  invitationsAnswer,
  member,
  memberChange,
  memberDisabled,
  memberDisabling,
  membersAnswer,
  newInvitation,
  type InvitationAnswer,
  type InvitationsAnswer,
  type Member,
  type MemberChange,
  type MemberDisabled,
  type MemberDisabling,
  type MembersAnswer,
  type NewInvitationRequest,
} from './members.ts';
export {
  identityProvider,
  identityProviderChange,
  identityProvidersAnswer,
  newIdentityProvider,
  type IdentityProviderAnswer,
  type IdentityProviderChange,
  type IdentityProvidersAnswer,
  type NewIdentityProvider,
} from './identity-providers.ts';
export { logGroupsAnswer, sourcesAnswer, type LogGroupsAnswer, type SourcesAnswer } from './log-catalogue.ts';
export {
  blocksAnswer,
  blocksQuery,
  checkpointAnswer,
  verificationProgress,
  verificationsAnswer,
  type BlocksAnswer,
  type CheckpointAnswer,
  type VerificationProgress,
  type VerificationsAnswer,
} from './tenant-log.ts';
export { receipt, type Receipt } from './intake.ts';
export {
  contact,
  isTimeZone,
  organisation,
  organisationChange,
  type OrganisationAnswer,
  type OrganisationChangeRequest,
} from './organisation.ts';
export {
  closeRequest,
  newPlatformTenant,
  platformHealth,
  platformTenant,
  platformTenantsAnswer,
  quotasChange,
  reasonRequest,
  tenantAdministrator,
  type CloseRequest,
  type NewPlatformTenant,
  type PlatformHealth,
  type PlatformTenant,
  type PlatformTenantsAnswer,
  type QuotasChange,
  type ReasonRequest,
  type TenantAdministrator,
} from './platform.ts';
export {
  longestSupportHours,
  newSupportAccess,
  operatorAccessesAnswer,
  supportAccess,
  supportAccessesAnswer,
  supportAccessHeader,
  type NewSupportAccessRequest,
  type OperatorAccessesAnswer,
  type SupportAccessAnswer,
  type SupportAccessesAnswer,
} from './support-access.ts';
export {
  accessGrant,
  accessGrantsAnswer,
  accessGroup,
  accessGroupsAnswer,
  accessGroupValues,
  groupMembersAnswer,
  newGrant,
  newGroupMember,
  type AccessGrantAnswer,
  type AccessGrantsAnswer,
  type AccessGroupAnswer,
  type AccessGroupsAnswer,
  type AccessGroupValues,
  type GroupMembersAnswer,
  type NewGrant,
  type NewGroupMember,
} from './access-groups.ts';
export {
  approval,
  approvalDecision,
  approvalsAnswer,
  type ApprovalAnswer,
  type ApprovalDecisionRequest,
  type ApprovalsAnswer,
} from './approvals.ts';
export {
  newRecovery,
  recoveriesAnswer,
  recoveryLookup,
  recoveryView,
  recoveryVoice,
  recoveryVoiceAnswer,
  type NewRecoveryRequest,
  type RecoveriesAnswer,
  type RecoveryAnswer,
  type RecoveryLookup,
  type RecoveryView,
  type RecoveryVoice,
  type RecoveryVoiceAnswer,
} from './recoveries.ts';
export {
  accessPreview,
  accessPreviewRequest,
  logGroupReaders,
  memberAccess,
  type AccessPreview,
  type AccessPreviewRequest,
  type AccessThrough,
  type LogGroupReaders,
  type MemberAccess,
} from './access-reports.ts';
export * from './access-reviews.ts';
export {
  accessKey,
  accessKeysAnswer,
  accessKeyValues,
  accessKeyWithSecret,
  arrivalAnswer,
  keyRotation,
  newAccessKey,
  type AccessKeyAnswer,
  type AccessKeysAnswer,
  type AccessKeyValues,
  type AccessKeyWithSecret,
  type ArrivalAnswer,
  type KeyRotationRequest,
  type NewAccessKeyRequest,
} from './access-keys.ts';
export {
  senderConfigurationAnswer,
  sourceSettings,
  sourceSettingsListAnswer,
  sourceValues,
  type SenderConfigurationAnswer,
  type SourceSettingsAnswer,
  type SourceSettingsListAnswer,
  type SourceValuesRequest,
} from './source-settings.ts';
export { keyConfigurations, syslogConfigurations, type IntakePlaces } from './sender-configuration.ts';
export {
  auditTrailAnswer,
  auditTrailQuery,
  type AuditTrailAnswer,
  type AuditTrailEntry,
  type AuditTrailQuery,
} from './audit-trail.ts';
export { ownAccess, type OwnAccess } from './own-access.ts';
export {
  mailDomain,
  mailDomainsAnswer,
  newMailDomain,
  type MailDomainAnswer,
  type MailDomainsAnswer,
  type NewMailDomain,
} from './mail-domains.ts';
export { senderClaim, senderClaimsAnswer, type SenderClaimAnswer, type SenderClaimsAnswer } from './sender-claims.ts';
export {
  coverageAnswer,
  coverageExceptionRequest,
  coverageQuery,
  type CoverageAnswer,
  type CoverageExceptionRequest,
  type CoverageQuery,
  type CoverageSource,
  type CoverageState,
} from './coverage.ts';
export * from './incidents.ts';
export {
  createdNotificationChannel,
  newNotificationChannel,
  notificationChannel,
  notificationChannelChange,
  notificationChannelsAnswer,
  notificationTry,
  type CreatedNotificationChannel,
  type NewNotificationChannel,
  type NotificationChannelAnswer,
  type NotificationChannelChange,
  type NotificationChannelsAnswer,
  type NotificationTry,
} from './notification-channels.ts';
export * from './own-formats.ts';
export {
  dutiesAnswer,
  dutyRunsAnswer,
  dutyRunsQuery,
  type DutiesAnswer,
  type DutyAnswer,
  type DutyRunAnswer,
  type DutyRunsAnswer,
} from './duties.ts';
export * from './people-calls.ts';
export * from './masters.ts';
export * from './areas.ts';
export * from './findings.ts';
export * from './log-reviews.ts';
export * from './signing-credentials.ts';
export * from './reports.ts';
export * from './unparsed-lines.ts';
export * from './retention.ts';
export * from './legal-holds.ts';
export * from './restores.ts';
export * from './deletions.ts';
export * from './tombstones.ts';
export * from './encryption-keys.ts';
export * from './rules.ts';
export * from './alerts.ts';
export {
  hostTimesAnswer,
  timeSettingsAnswer,
  timeSettingsRequest,
  type HostTimeAnswer,
  type HostTimesAnswer,
  type TimeSettingsAnswer,
  type TimeSettingsRequest,
} from './host-times.ts';
export * from './watch-status.ts';
