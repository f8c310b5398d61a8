import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  newSupportAccess,
  supportAccess,
  supportAccessesAnswer,
  type NewSupportAccessRequest,
  type SupportAccessAnswer,
  type SupportAccessesAnswer,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { SupportAccessService } from './support-access.service.ts';

/** What an organisation lets the installation's people see (PCI DSS 8.2.7). */
@ApiTags('support access')
@Controller('v1/support-access')
export class SupportAccessController {
  readonly #service: SupportAccessService;

  constructor(@Inject(SupportAccessService) service: SupportAccessService) {
    this.#service = service;
  }

  @Get()
  @Needs('support-access.manage')
  @Audited('support-access.list', describeList)
  @Answers(supportAccessesAnswer)
  list(@Context() context: RequestContext): Promise<SupportAccessesAnswer> {
    return this.#service.list(context);
  }

  @Post()
  @Needs('support-access.manage')
  @NeedsStepUp()
  @AuditedInside('support-access.grant')
  @Answers(supportAccess, { status: 201, description: 'In force from now on' })
  grant(
    @Context() context: RequestContext,
    @Body({ schema: newSupportAccess }) wanted: NewSupportAccessRequest,
  ): Promise<SupportAccessAnswer> {
    return this.#service.grant(context, wanted);
  }

  @Post(':id/revoke')
  @Needs('support-access.manage')
  @NeedsStepUp()
  @AuditedInside('support-access.revoke')
  @Answers(supportAccess)
  revoke(@Context() context: RequestContext, @Param('id') id: string): Promise<SupportAccessAnswer> {
    return this.#service.revoke(context, readId(id));
  }
}
