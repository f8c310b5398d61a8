import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  closeRequest,
  newPlatformTenant,
  newRecovery,
  operatorAccessesAnswer,
  platformHealth,
  platformTenant,
  platformTenantsAnswer,
  quotasChange,
  reasonRequest,
  tenantAdministrator,
  type CloseRequest,
  type NewPlatformTenant,
  type NewRecoveryRequest,
  type OperatorAccessesAnswer,
  type PlatformHealth,
  type PlatformTenant,
  type PlatformTenantsAnswer,
  type QuotasChange,
  type ReasonRequest,
  type TenantAdministrator,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList, describeTarget } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { PlatformHealthService } from './platform-health.service.ts';
import { PlatformTenantsService } from './platform-tenants.service.ts';

/** The console of the installation's own people: organisations, quotas and health, never a log. */
@ApiTags('platform')
@Controller('v1/platform')
export class PlatformController {
  readonly #tenants: PlatformTenantsService;
  readonly #health: PlatformHealthService;

  constructor(
    @Inject(PlatformTenantsService) tenants: PlatformTenantsService,
    @Inject(PlatformHealthService) health: PlatformHealthService,
  ) {
    this.#tenants = tenants;
    this.#health = health;
  }

  @Get('tenants')
  @Needs('platform.read')
  @Audited('tenant.list', describeList)
  @Answers(platformTenantsAnswer)
  list(): Promise<PlatformTenantsAnswer> {
    return this.#tenants.list();
  }

  @Post('tenants')
  @Needs('platform.manage')
  @NeedsStepUp()
  @AuditedInside('tenant.create')
  @Answers(platformTenant, { status: 201, description: 'The new organisation; its first administrator is invited' })
  create(
    @Context() context: RequestContext,
    @Body({ schema: newPlatformTenant }) wanted: NewPlatformTenant,
  ): Promise<PlatformTenant> {
    return this.#tenants.create(context, wanted);
  }

  @Get('tenants/:id')
  @Needs('platform.read')
  @Audited('tenant.view', describeTarget('tenant'))
  @Answers(platformTenant)
  get(@Param('id') id: string): Promise<PlatformTenant> {
    return this.#tenants.get(readId(id));
  }

  @Post('tenants/:id/administrator')
  @Needs('platform.manage')
  @NeedsStepUp()
  @AuditedInside('member.invite')
  @Answers(platformTenant, {
    description: 'Invited once more, or another one, while nobody has ever been in the organisation',
  })
  inviteAdministrator(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: tenantAdministrator }) admin: TenantAdministrator,
  ): Promise<PlatformTenant> {
    return this.#tenants.inviteAdministrator(context, readId(id), admin);
  }

  @Post('tenants/:id/recovery')
  @Needs('platform.manage')
  @NeedsStepUp()
  @AuditedInside('recovery.request')
  @Answers(platformTenant, { description: 'Its own contacts are asked by mail; nobody is let in until they confirm' })
  requestRecovery(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: newRecovery }) wanted: NewRecoveryRequest,
  ): Promise<PlatformTenant> {
    return this.#tenants.requestRecovery(context, readId(id), wanted);
  }

  @Post('tenants/:id/suspend')
  @Needs('platform.manage')
  @NeedsStepUp()
  @AuditedInside('tenant.suspend')
  @Answers(platformTenant, { description: 'Nothing comes in any more; reading stays' })
  suspend(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: reasonRequest }) { reason }: ReasonRequest,
  ): Promise<PlatformTenant> {
    return this.#tenants.setStatus(context, readId(id), { status: 'suspended', reason });
  }

  @Post('tenants/:id/resume')
  @Needs('platform.manage')
  @NeedsStepUp()
  @AuditedInside('tenant.resume')
  @Answers(platformTenant)
  resume(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: reasonRequest }) { reason }: ReasonRequest,
  ): Promise<PlatformTenant> {
    return this.#tenants.setStatus(context, readId(id), { status: 'active', reason });
  }

  @Post('tenants/:id/close')
  @Needs('platform.manage')
  @NeedsStepUp()
  @AuditedInside('tenant.close')
  @Answers(platformTenant, { description: 'No way back; what is kept stays until its retention ends' })
  close(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: closeRequest }) { reason, confirm }: CloseRequest,
  ): Promise<PlatformTenant> {
    return this.#tenants.setStatus(context, readId(id), { status: 'closed', reason, confirm });
  }

  @Put('tenants/:id/quotas')
  @Needs('platform.manage')
  @NeedsStepUp()
  @AuditedInside('quota.change')
  @Answers(platformTenant)
  setQuotas(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: quotasChange }) quotas: QuotasChange,
  ): Promise<PlatformTenant> {
    return this.#tenants.setQuotas(context, readId(id), quotas);
  }

  @Get('health')
  @Needs('platform.read')
  @Audited('platform.view')
  @Answers(platformHealth)
  health(@Context() context: RequestContext): Promise<PlatformHealth> {
    return this.#health.read(context);
  }

  @Get('support-access')
  @Needs('platform.read')
  @Audited('support-access.list', describeList)
  @Answers(operatorAccessesAnswer)
  supportAccess(@Context() context: RequestContext): Promise<OperatorAccessesAnswer> {
    return this.#tenants.supportAccess(context);
  }
}
