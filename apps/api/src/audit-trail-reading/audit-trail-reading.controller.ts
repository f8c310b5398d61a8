import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { auditTrailAnswer, auditTrailQuery, type AuditTrailAnswer, type AuditTrailQuery } from '@akashi/contracts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { CountsAsSearch } from '../request-context/reads-logs.ts';
import { Context, UntilGone } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { AuditTrailReadingService } from './audit-trail-reading.service.ts';
import { describeTrailLook } from '../audit-trail/describe-calls.ts';
import { Audited } from '../audit-trail/route-audit.ts';

@ApiTags('audit trail')
@ApiBearerAuth()
@Controller('v1/audit-trail')
export class AuditTrailController {
  readonly #reading: AuditTrailReadingService;

  constructor(@Inject(AuditTrailReadingService) reading: AuditTrailReadingService) {
    this.#reading = reading;
  }

  @Get()
  @Needs('audit-trail.read')
  @CountsAsSearch()
  @Audited('audit-trail.view', describeTrailLook)
  @Answers(auditTrailAnswer)
  list(
    @Context() context: RequestContext,
    @Query({ schema: auditTrailQuery }) wanted: AuditTrailQuery,
    @UntilGone() signal: AbortSignal,
  ): Promise<AuditTrailAnswer> {
    return this.#reading.list(context, wanted, signal);
  }
}
