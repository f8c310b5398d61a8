import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  reasonRequest,
  senderClaim,
  senderClaimsAnswer,
  type ReasonRequest,
  type SenderClaimAnswer,
  type SenderClaimsAnswer,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { SenderClaimsService } from './sender-claims.service.ts';

/** Senders without a key that organisations say are theirs. */
@ApiTags('platform')
@Controller('v1/platform/sender-claims')
export class SenderClaimsController {
  readonly #claims: SenderClaimsService;

  constructor(@Inject(SenderClaimsService) claims: SenderClaimsService) {
    this.#claims = claims;
  }

  @Get()
  @Needs('platform.read')
  @Audited('sender.list', describeList)
  @Answers(senderClaimsAnswer)
  list(): Promise<SenderClaimsAnswer> {
    return this.#claims.list();
  }

  @Post(':id/confirm')
  @Needs('platform.manage')
  @NeedsStepUp()
  @AuditedInside('sender.confirm')
  @Answers(senderClaim, { description: 'Its messages are taken in from now on' })
  confirm(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: reasonRequest }) { reason }: ReasonRequest,
  ): Promise<SenderClaimAnswer> {
    return this.#claims.confirm(context, readId(id), reason);
  }

  @Post(':id/withdraw')
  @Needs('platform.manage')
  @NeedsStepUp()
  @AuditedInside('sender.withdraw')
  @Answers(senderClaim, { description: 'Nothing more is taken in of it' })
  withdraw(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: reasonRequest }) { reason }: ReasonRequest,
  ): Promise<SenderClaimAnswer> {
    return this.#claims.withdraw(context, readId(id), reason);
  }
}
