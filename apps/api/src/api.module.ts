import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, APP_PIPE, Reflector } from '@nestjs/core';
import { AccessGrantsService } from './access/access-grants.service.ts';
import { AccessGroupsController } from './access/access-groups.controller.ts';
import { AccessGroupsService } from './access/access-groups.service.ts';
import { AccessReportsController } from './access/access-reports.controller.ts';
import { AccessReportsService } from './access/access-reports.service.ts';
import { OwnAccessController } from './access/own-access.controller.ts';
import { OwnAccessService } from './access/own-access.service.ts';
import { AccessReviewsController } from './access/access-reviews.controller.ts';
import { AccessReviewsService } from './access/access-reviews.service.ts';
import { AccessTablesController } from './access/access-tables.controller.ts';
import { AccessTablesService } from './access/access-tables.service.ts';
import { ApprovalMails } from './access/approval-mails.ts';
import { ApprovalsController } from './access/approvals.controller.ts';
import { ApprovalsService } from './access/approvals.service.ts';
import { AlertsController } from './alerts/alerts.controller.ts';
import { AlertsService } from './alerts/alerts.service.ts';
import { apiParts, type ApiParts } from './api-parts.ts';
import { AuditTrailController } from './audit-trail-reading/audit-trail-reading.controller.ts';
import { AuditTrailReadingService } from './audit-trail-reading/audit-trail-reading.service.ts';
import { AuditTrail } from './audit-trail/audit-trail.ts';
import { AreasController } from './areas/areas.controller.ts';
import { AreasService } from './areas/areas.service.ts';
import { ReviewSettingsController } from './areas/review-settings.controller.ts';
import { ReviewSettingsService } from './areas/review-settings.service.ts';
import { AuditInterceptor } from './audit-trail/audit.interceptor.ts';
import { CheckpointSendingsService } from './checkpoints/checkpoint-sendings.service.ts';
import { CheckpointWaysService } from './checkpoints/checkpoint-ways.service.ts';
import { CheckpointsController } from './checkpoints/checkpoints.controller.ts';
import { HostTimesController } from './host-times/host-times.controller.ts';
import { HostTimesService } from './host-times/host-times.service.ts';
import { CoverageController } from './coverage/coverage.controller.ts';
import { CoverageService } from './coverage/coverage.service.ts';
import { DutiesController } from './duties/duties.controller.ts';
import { DutiesService } from './duties/duties.service.ts';
import { EventController } from './event/event.controller.ts';
import { EventProofService } from './event/event-proof.service.ts';
import { EventService } from './event/event.service.ts';
import { FindingsController } from './findings/findings.controller.ts';
import { FindingsService } from './findings/findings.service.ts';
import { FormatsController } from './formats/formats.controller.ts';
import { FormatsService } from './formats/formats.service.ts';
import { SilenceLimitsService } from './watch-status/silence-limits.service.ts';
import { WatchStatusController } from './watch-status/watch-status.controller.ts';
import { WatchStatusService } from './watch-status/watch-status.service.ts';
import { IncidentsController } from './incidents/incidents.controller.ts';
import { IncidentsService } from './incidents/incidents.service.ts';
import { NotificationChannelsController } from './incidents/notification-channels.controller.ts';
import { NotificationChannelsService } from './incidents/notification-channels.service.ts';
import { KeptTextPipe } from './kept-text/kept-text.pipe.ts';
import { AccessKeysController } from './keys/access-keys.controller.ts';
import { AccessKeysService } from './keys/access-keys.service.ts';
import { EncryptionKeysController } from './encryption-keys/encryption-keys.controller.ts';
import { EncryptionKeysService } from './encryption-keys/encryption-keys.service.ts';
import { InstallationKeysController } from './encryption-keys/installation-keys.controller.ts';
import { InstallationKeysService } from './encryption-keys/installation-keys.service.ts';
import { DeletionsController } from './deletions/deletions.controller.ts';
import { DeletionsService } from './deletions/deletions.service.ts';
import { TombstonesController } from './tombstones/tombstones.controller.ts';
import { TombstonesService } from './tombstones/tombstones.service.ts';
import { LegalHoldsController } from './legal-holds/legal-holds.controller.ts';
import { LegalHoldsService } from './legal-holds/legal-holds.service.ts';
import { LogReviewsController } from './log-reviews/log-reviews.controller.ts';
import { ReviewDaysService } from './log-reviews/review-days.service.ts';
import { ReviewMails } from './log-reviews/review-mails.ts';
import { ReviewRecordsService } from './log-reviews/review-records.service.ts';
import { ReviewResultsService } from './log-reviews/review-results.service.ts';
import { ReviewSigningService } from './log-reviews/review-signing.service.ts';
import { SigningFinisher } from './log-reviews/signing-finisher.ts';
import { LogCatalogueController } from './log-catalogue/log-catalogue.controller.ts';
import { LogCatalogueService } from './log-catalogue/log-catalogue.service.ts';
import { LogSearchController } from './log-search/log-search.controller.ts';
import { SearchActs } from './audit-trail/search-acts.ts';
import { LogSearchService } from './log-search/log-search.service.ts';
import { MasterChangesController } from './masters/master-changes.controller.ts';
import { MasterImportService } from './masters/master-import.service.ts';
import { MasterRowsService } from './masters/master-rows.service.ts';
import { MastersController } from './masters/masters.controller.ts';
import { MastersService } from './masters/masters.service.ts';
import { OrganisationController } from './organisation/organisation.controller.ts';
import { OrganisationService } from './organisation/organisation.service.ts';
import { SupportAccessController } from './organisation/support-access.controller.ts';
import { SupportAccessService } from './organisation/support-access.service.ts';
import { ArchiveSearchSlots } from './archive-search/archive-search-slots.ts';
import { ArchiveSearchController } from './archive-search/archive-search.controller.ts';
import { ArchivedEventsService } from './archive-search/archived-events.service.ts';
import { ArchiveSearchService } from './archive-search/archive-search.service.ts';
import { OfflineService } from './selection/offline.service.ts';
import { AnswerInterceptor } from './openapi/answer.interceptor.ts';
import { FirstAdministrator } from './platform/first-administrator.ts';
import { PlatformHealthService } from './platform/platform-health.service.ts';
import { UnknownSendersService } from './platform/unknown-senders.service.ts';
import { PlatformTenantsService } from './platform/platform-tenants.service.ts';
import { PlatformTrail } from './audit-trail/platform-trail.ts';
import { TrailController } from './trail/trail.controller.ts';
import { UnparsedLinesController } from './unparsed-lines/unparsed-lines.controller.ts';
import { UnparsedLinesService } from './unparsed-lines/unparsed-lines.service.ts';
import { PeopleService } from './people/people.service.ts';
import { TrailService } from './trail/trail.service.ts';
import { PlatformController } from './platform/platform.controller.ts';
import { SenderClaimsController } from './platform/sender-claims.controller.ts';
import { SenderClaimsService } from './platform/sender-claims.service.ts';
import { RestoresController } from './restores/restores.controller.ts';
import { RestoresService } from './restores/restores.service.ts';
import { RecoveryController } from './recovery/recovery.controller.ts';
import { RecoveryService } from './recovery/recovery.service.ts';
import { SearchQuotaInterceptor } from './platform/search-quota.interceptor.ts';
import { IdentityProvidersController } from './members/identity-providers.controller.ts';
import { IdentityProvidersService } from './members/identity-providers.service.ts';
import { InvitationsService } from './members/invitations.service.ts';
import { MailDomainsController } from './members/mail-domains.controller.ts';
import { MailDomainsService } from './members/mail-domains.service.ts';
import { MembersController } from './members/members.controller.ts';
import { MembersService } from './members/members.service.ts';
import { FactorsController } from './profile/factors.controller.ts';
import { ProfileController } from './profile/profile.controller.ts';
import { ProfileService } from './profile/profile.service.ts';
import { ReportRunsController } from './report-runs/report-runs.controller.ts';
import { ReportRunsService } from './report-runs/report-runs.service.ts';
import { ReportsController } from './reports/reports.controller.ts';
import { ReportsService } from './reports/reports.service.ts';
import { RetentionChangesService } from './retention/retention-changes.service.ts';
import { RetentionPoliciesController } from './retention/retention-policies.controller.ts';
import { RetentionPoliciesService } from './retention/retention-policies.service.ts';
import { RetentionController } from './retention/retention.controller.ts';
import { RetentionService } from './retention/retention.service.ts';
import { AuthenticationGuard } from './request-context/authentication.guard.ts';
import { checkRouteRules } from './request-context/route-rules.ts';
import { EnrolmentController } from './sign-in/enrolment.controller.ts';
import { FactorEnrolmentService } from './sign-in/factor-enrolment.service.ts';
import { FirstPasswordService } from './sign-in/first-password.service.ts';
import { PasskeyCeremony } from './sign-in/passkey-ceremony.ts';
import { PasswordRules } from './sign-in/password-rules.service.ts';
import { ProviderSignInController } from './sign-in/provider-sign-in.controller.ts';
import { ProviderSignInService } from './sign-in/provider-sign-in.service.ts';
import { SecondFactorService } from './sign-in/second-factor.service.ts';
import { SessionSteps } from './sign-in/session-steps.ts';
import { SignInAttempts } from './sign-in/sign-in-attempts.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';
import { SignInService } from './sign-in/sign-in.service.ts';
import { SenderGuideService } from './sources/sender-guide.service.ts';
import { SourceSettingsController } from './sources/source-settings.controller.ts';
import { SourceSettingsService } from './sources/source-settings.service.ts';
import { RulesController } from './rules/rules.controller.ts';
import { RulesService } from './rules/rules.service.ts';
import { RuleTryService } from './rules/rule-try.service.ts';
import { SeenLatelyService } from './rules/seen-lately.ts';
import { StarterSetService } from './rules/starter-set.service.ts';
import { SealController } from './seal/seal.controller.ts';
import { SealService } from './seal/seal.service.ts';
import { SealedLines } from './signatures/sealed-lines.ts';
import { SignaturesService } from './signatures/signatures.service.ts';
import { SigningCredentialsController } from './signatures/signing-credentials.controller.ts';
import { SigningCredentialsService } from './signatures/signing-credentials.service.ts';
import { TenantLogController } from './tenant-log/tenant-log.controller.ts';
import { TenantLogService } from './tenant-log/tenant-log.service.ts';
import { VerificationProgressService } from './tenant-log/verification-progress.service.ts';

export const controllers: Type[] = [
  SignInController,
  EnrolmentController,
  ProviderSignInController,
  IdentityProvidersController,
  MailDomainsController,
  ProfileController,
  FactorsController,
  SigningCredentialsController,
  MembersController,
  LogSearchController,
  ArchiveSearchController,
  EventController,
  TrailController,
  LogCatalogueController,
  CoverageController,
  HostTimesController,
  TenantLogController,
  CheckpointsController,
  DutiesController,
  SealController,
  AuditTrailController,
  IncidentsController,
  WatchStatusController,
  NotificationChannelsController,
  AlertsController,
  RulesController,
  FormatsController,
  LogReviewsController,
  FindingsController,
  ReportsController,
  ReportRunsController,
  RestoresController,
  AreasController,
  ReviewSettingsController,
  UnparsedLinesController,
  AccessKeysController,
  SourceSettingsController,
  AccessGroupsController,
  ApprovalsController,
  AccessReportsController,
  OwnAccessController,
  AccessReviewsController,
  AccessTablesController,
  MastersController,
  MasterChangesController,
  RetentionController,
  RetentionPoliciesController,
  DeletionsController,
  TombstonesController,
  EncryptionKeysController,
  InstallationKeysController,
  LegalHoldsController,
  OrganisationController,
  SupportAccessController,
  PlatformController,
  SenderClaimsController,
  RecoveryController,
];

@Module({})
export class ApiModule {
  static register(parts: ApiParts): DynamicModule {
    checkRouteRules(controllers);
    return {
      module: ApiModule,
      controllers,
      providers: [
        { provide: apiParts, useValue: parts },
        { provide: AuditTrail, useValue: parts.auditTrail },
        // The outermost: what leaves the API has been recorded, whatever becomes of it on its way.
        { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
        { provide: APP_INTERCEPTOR, useClass: SearchQuotaInterceptor },
        { provide: APP_GUARD, useClass: AuthenticationGuard },
        { provide: APP_PIPE, useFactory: () => new KeptTextPipe() },
        {
          provide: APP_INTERCEPTOR,
          useFactory: (reflector: Reflector) => new AnswerInterceptor(reflector),
          inject: [Reflector],
        },
        RetentionService,
        RetentionPoliciesService,
        RetentionChangesService,
        DeletionsService,
        TombstonesService,
        EncryptionKeysService,
        InstallationKeysService,
        LegalHoldsService,
        SignInAttempts,
        SignInService,
        SessionSteps,
        SecondFactorService,
        PasskeyCeremony,
        PasswordRules,
        FirstPasswordService,
        FactorEnrolmentService,
        ProviderSignInService,
        IdentityProvidersService,
        MailDomainsService,
        ProfileService,
        SealedLines,
        SigningCredentialsService,
        SignaturesService,
        MembersService,
        InvitationsService,
        LogSearchService,
        OfflineService,
        ArchiveSearchService,
        ArchiveSearchSlots,
        ArchivedEventsService,
        SearchActs,
        EventService,
        EventProofService,
        PeopleService,
        TrailService,
        LogCatalogueService,
        CoverageService,
        HostTimesService,
        TenantLogService,
        CheckpointWaysService,
        CheckpointSendingsService,
        DutiesService,
        VerificationProgressService,
        SealService,
        AuditTrailReadingService,
        IncidentsService,
        SilenceLimitsService,
        WatchStatusService,
        NotificationChannelsService,
        AlertsService,
        RulesService,
        RuleTryService,
        SeenLatelyService,
        StarterSetService,
        FormatsService,
        ReviewDaysService,
        ReviewResultsService,
        ReviewSigningService,
        SigningFinisher,
        ReviewRecordsService,
        ReviewMails,
        FindingsService,
        ReportsService,
        ReportRunsService,
        RestoresService,
        RestoresService,
        AreasService,
        ReviewSettingsService,
        UnparsedLinesService,
        AccessKeysService,
        SourceSettingsService,
        SenderGuideService,
        AccessGroupsService,
        ApprovalsService,
        ApprovalMails,
        AccessGrantsService,
        AccessReportsService,
        OwnAccessService,
        AccessReviewsService,
        AccessTablesService,
        MastersService,
        MasterImportService,
        MasterRowsService,
        OrganisationService,
        SupportAccessService,
        PlatformTrail,
        FirstAdministrator,
        RecoveryService,
        PlatformTenantsService,
        SenderClaimsService,
        PlatformHealthService,
        UnknownSendersService,
      ],
    };
  }
}
