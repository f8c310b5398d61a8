import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  mailDomain,
  mailDomainsAnswer,
  newMailDomain,
  problem,
  reasonRequest,
  type MailDomainAnswer,
  type MailDomainsAnswer,
  type NewMailDomain,
  type ReasonRequest,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeTarget } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { MailDomainsService } from './mail-domains.service.ts';

/** The organisation's own, and what the platform confirms of them. */
@ApiTags('mail domains')
@Controller('v1')
export class MailDomainsController {
  readonly #domains: MailDomainsService;

  constructor(@Inject(MailDomainsService) domains: MailDomainsService) {
    this.#domains = domains;
  }

  @Get('mail-domains')
  @Needs('settings.read')
  @Audited('mail-domain.list')
  @Answers(mailDomainsAnswer)
  list(@Context() context: RequestContext): Promise<MailDomainsAnswer> {
    return this.#domains.list(context);
  }

  @Post('mail-domains')
  @Needs('settings.manage')
  @NeedsStepUp()
  @AuditedInside('mail-domain.request')
  @Problems('name-taken')
  @Answers(mailDomain, { status: 201, description: 'Holds once the platform has confirmed it' })
  request(
    @Context() context: RequestContext,
    @Body({ schema: newMailDomain }) wanted: NewMailDomain,
  ): Promise<MailDomainAnswer> {
    return this.#domains.request(context, wanted);
  }

  @Delete('mail-domains/:id')
  @Needs('settings.manage')
  @NeedsStepUp()
  @AuditedInside('mail-domain.remove')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Nobody of the domain signs in through an identity provider any more' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  remove(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.#domains.remove(context, readId(id));
  }

  @Get('platform/tenants/:id/mail-domains')
  @Needs('platform.read')
  @Audited('mail-domain.list', describeTarget('tenant'))
  @Answers(mailDomainsAnswer)
  listOf(@Param('id') id: string): Promise<MailDomainsAnswer> {
    return this.#domains.listOf(readId(id));
  }

  @Post('platform/tenants/:id/mail-domains/:domainId/confirm')
  @Needs('platform.manage')
  @NeedsStepUp()
  @AuditedInside('mail-domain.confirm')
  @Problems('conflict')
  @Answers(mailDomain)
  confirm(
    @Context() context: RequestContext,
    @Param() place: { id: string; domainId: string },
    @Body({ schema: reasonRequest }) reason: ReasonRequest,
  ): Promise<MailDomainAnswer> {
    return this.#domains.confirm(context, { tenant: readId(place.id), id: readId(place.domainId) }, reason);
  }
}
