import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  approval,
  approvalDecision,
  approvalsAnswer,
  type ApprovalAnswer,
  type ApprovalDecisionRequest,
  type ApprovalsAnswer,
} from '@akashi/contracts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsOrOwns, NeedsStepUp, SignedIn } from '../request-context/route-rules.ts';
import { ApprovalsService } from './approvals.service.ts';
import { readId } from './read-id.ts';

/** Where approvals wait, and where they are given: by the person who was asked, stepped up (PCI DSS 7.2.3). */
@ApiTags('approvals')
@Controller('v1/approvals')
export class ApprovalsController {
  readonly #service: ApprovalsService;

  constructor(@Inject(ApprovalsService) service: ApprovalsService) {
    this.#service = service;
  }

  @Get()
  @NeedsOrOwns('access.read')
  @Audited('approval.list', describeList)
  @Answers(approvalsAnswer)
  list(@Context() context: RequestContext): Promise<ApprovalsAnswer> {
    return this.#service.list(context);
  }

  @Post(':id/confirm')
  @SignedIn()
  @NeedsStepUp()
  @AuditedInside(
    'approval.confirm',
    'grant.create',
    'access-group.member-add',
    'identity-provider.change',
    'retention.change',
    'legal-hold.lift',
    'tombstone.create',
  )
  @HttpCode(200)
  @Problems('decided-before', 'conflict')
  @Answers(approval, { description: 'In force from now on' })
  confirm(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: approvalDecision }) decision: ApprovalDecisionRequest,
  ): Promise<ApprovalAnswer> {
    return this.#service.confirm(context, readId(id), decision);
  }

  @Post(':id/decline')
  @SignedIn()
  @NeedsStepUp()
  @AuditedInside('approval.decline')
  @HttpCode(200)
  @Problems('decided-before')
  @Answers(approval, { description: 'Nothing of it comes into force' })
  decline(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: approvalDecision }) decision: ApprovalDecisionRequest,
  ): Promise<ApprovalAnswer> {
    return this.#service.decline(context, readId(id), decision);
  }

  @Post(':id/withdraw')
  @Needs('access.manage')
  @AuditedInside('approval.withdraw')
  @HttpCode(200)
  @Problems('decided-before')
  @Answers(approval, { description: 'Nobody is asked any more' })
  withdraw(@Context() context: RequestContext, @Param('id') id: string): Promise<ApprovalAnswer> {
    return this.#service.withdraw(context, readId(id));
  }
}
