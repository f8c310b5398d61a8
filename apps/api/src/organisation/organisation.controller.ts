import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  organisation,
  organisationChange,
  type OrganisationAnswer,
  type OrganisationChangeRequest,
} from '@akashi/contracts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { OrganisationService } from './organisation.service.ts';

@ApiTags('organisation')
@ApiBearerAuth()
@Controller('v1/organisation')
export class OrganisationController {
  readonly #service: OrganisationService;

  constructor(@Inject(OrganisationService) service: OrganisationService) {
    this.#service = service;
  }

  @Get()
  @Needs('settings.read')
  @Audited('settings.view', () => ({ target: { kind: 'organisation' } }))
  @Answers(organisation)
  get(@Context() context: RequestContext): Promise<OrganisationAnswer> {
    return this.#service.get(context);
  }

  @Patch()
  @Needs('settings.manage')
  @NeedsStepUp()
  @AuditedInside('settings.change')
  @Answers(organisation)
  change(
    @Context() context: RequestContext,
    @Body({ schema: organisationChange }) change: OrganisationChangeRequest,
  ): Promise<OrganisationAnswer> {
    return this.#service.change(context, change);
  }
}
