import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  legalHold,
  legalHoldLift,
  legalHoldsAnswer,
  newLegalHold,
  type LegalHoldAnswer,
  type LegalHoldLift,
  type LegalHoldsAnswer,
  type NewLegalHold,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { LegalHoldsService } from './legal-holds.service.ts';

/** What may not be removed, whatever its retention says. */
@ApiTags('retention')
@ApiBearerAuth()
@Controller('v1/legal-holds')
export class LegalHoldsController {
  readonly #holds: LegalHoldsService;

  constructor(@Inject(LegalHoldsService) holds: LegalHoldsService) {
    this.#holds = holds;
  }

  @Get()
  @Needs('retention.read')
  @Audited('legal-hold.list', describeList)
  @Answers(legalHoldsAnswer, { description: 'Those that name a log group which the caller may see, or none' })
  list(@Context() context: RequestContext): Promise<LegalHoldsAnswer> {
    return this.#holds.list(context);
  }

  @Post()
  @Needs('holds.manage')
  @AuditedInside('legal-hold.create')
  @Problems('time-range-invalid')
  @Answers(legalHold, { status: 201, description: 'In force at once' })
  create(
    @Context() context: RequestContext,
    @Body({ schema: newLegalHold }) wanted: NewLegalHold,
  ): Promise<LegalHoldAnswer> {
    return this.#holds.create(context, wanted);
  }

  @Post(':id/lift')
  @Needs('holds.manage')
  @NeedsStepUp()
  @AuditedInside('approval.request', 'legal-hold.lift')
  @HttpCode(200)
  @Problems('decided-before', 'conflict', 'second-person-required', 'second-person-missing')
  @Answers(legalHold, { description: 'Never: it is refused until another person confirms it, and holds until then' })
  lift(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: legalHoldLift }) wanted: LegalHoldLift,
  ): Promise<LegalHoldAnswer> {
    return this.#holds.lift(context, readId(id), wanted);
  }
}
