import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  newReportRun,
  problem,
  report,
  reportDefinitionInput,
  reportRun,
  reportsAnswer,
  type NewReportRun,
  type ReportAnswer,
  type ReportDefinitionInput,
  type ReportRunAnswer,
  type ReportsAnswer,
} from '@akashi/contracts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { ReportRunsService } from '../report-runs/report-runs.service.ts';
import { ReportsService } from './reports.service.ts';

/** What is listed each day, and what in it a person must see: the eleven of the standard and an organisation's own. */
@ApiTags('reports')
@ApiBearerAuth()
@Controller('v1/reports')
export class ReportsController {
  readonly #reports: ReportsService;
  readonly #runs: ReportRunsService;

  constructor(@Inject(ReportsService) reports: ReportsService, @Inject(ReportRunsService) runs: ReportRunsService) {
    this.#reports = reports;
    this.#runs = runs;
  }

  @Get()
  @Needs('reports.read')
  @Audited('report.list', describeList)
  @Answers(reportsAnswer, { description: 'The eleven by number, the clocks of hosts, then the organisation’s own' })
  list(@Context() context: RequestContext): Promise<ReportsAnswer> {
    return this.#reports.list(context);
  }

  @Post()
  @Needs('reports.manage')
  @AuditedInside('report.create')
  @Problems('query-unreadable', 'conflict')
  @Answers(report, { status: 201, description: 'Made from the next day on' })
  create(
    @Context() context: RequestContext,
    @Body({ schema: reportDefinitionInput }) wanted: ReportDefinitionInput,
  ): Promise<ReportAnswer> {
    return this.#reports.create(context, wanted);
  }

  @Put(':id')
  @Needs('reports.manage')
  @AuditedInside('report.change')
  @Problems('query-unreadable', 'conflict', 'setting-too-weak')
  @Answers(report, { description: 'A new version; runs of before keep theirs' })
  change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: reportDefinitionInput }) wanted: ReportDefinitionInput,
  ): Promise<ReportAnswer> {
    return this.#reports.change(context, id, wanted);
  }

  @Post(':id/runs')
  @Needs('reports.run')
  @AuditedInside('report-run.start')
  @Problems('time-range-invalid')
  @Answers(reportRun, { status: 202, description: 'Made as soon as a worker is free' })
  run(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: newReportRun }) wanted: NewReportRun,
  ): Promise<ReportRunAnswer> {
    return this.#runs.start(context, id, wanted);
  }

  @Delete(':id')
  @Needs('reports.manage')
  @AuditedInside('report.end', 'report.restore')
  @HttpCode(204)
  @Problems('conflict')
  @ApiNoContentResponse({ description: 'An own one is made no more; one of the eleven is the standard one again' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  end(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.#reports.end(context, id);
  }
}
