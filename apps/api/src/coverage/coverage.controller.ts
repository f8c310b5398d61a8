import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  coverageAnswer,
  coverageExceptionRequest,
  coverageQuery,
  problem,
  type CoverageAnswer,
  type CoverageExceptionRequest,
  type CoverageQuery,
} from '@akashi/contracts';
import { describeCoverage } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { ReadsLogs } from '../request-context/reads-logs.ts';
import { Context, UntilGone } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { CoverageService } from './coverage.service.ts';

/** Which source sends which class of events (PCI DSS 10.2.1). */
@ApiTags('log groups and sources')
@ApiBearerAuth()
@Controller('v1/coverage')
export class CoverageController {
  readonly #service: CoverageService;

  constructor(@Inject(CoverageService) service: CoverageService) {
    this.#service = service;
  }

  @Get()
  @Needs('sources.read')
  @ReadsLogs()
  @Audited('coverage.view', describeCoverage)
  @Answers(coverageAnswer)
  day(
    @Context() context: RequestContext,
    @Query({ schema: coverageQuery }) { day }: CoverageQuery,
    @UntilGone() signal: AbortSignal,
  ): Promise<CoverageAnswer> {
    return this.#service.day(context, day, signal);
  }

  @Put(':source/:class')
  @Needs('sources.manage')
  @AuditedInside('coverage.not-expected')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The source is not expected to send events of the class' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  setNotExpected(
    @Context() context: RequestContext,
    @Param() place: { source: string; class: string },
    @Body({ schema: coverageExceptionRequest }) { reason }: CoverageExceptionRequest,
  ): Promise<void> {
    return this.#service.setNotExpected(context, place, reason);
  }

  @Delete(':source/:class')
  @Needs('sources.manage')
  @AuditedInside('coverage.expected')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Expected again' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  setExpected(@Context() context: RequestContext, @Param() place: { source: string; class: string }): Promise<void> {
    return this.#service.setExpected(context, place);
  }
}
