import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  reportFileQuery,
  reportRowsAnswer,
  reportRowsQuery,
  reportRun,
  reportRunsAnswer,
  reportRunsQuery,
  type ReportFileQuery,
  type ReportRowsAnswer,
  type ReportRowsQuery,
  type ReportRunAnswer,
  type ReportRunsAnswer,
  type ReportRunsQuery,
} from '@akashi/contracts';
import type { FastifyReply } from 'fastify';
import { readId } from '../access/read-id.ts';
import { describeList, describeRun, describeRunRows } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { AnswersFile, sendAsFile } from '../openapi/answers-file.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { fileHead, fileTypes } from './file-head.ts';
import { ReportRunsService } from './report-runs.service.ts';

/** What reports listed, as it was frozen. Whoever may not see the whole area of a run is answered as if it were not there. */
@ApiTags('report runs')
@ApiBearerAuth()
@Controller('v1/report-runs')
export class ReportRunsController {
  readonly #runs: ReportRunsService;

  constructor(@Inject(ReportRunsService) runs: ReportRunsService) {
    this.#runs = runs;
  }

  @Get()
  @Needs('reports.read')
  @Audited('report-run.list', describeList)
  @Problems('cursor-invalid')
  @Answers(reportRunsAnswer, { description: 'The newest first' })
  list(
    @Context() context: RequestContext,
    @Query({ schema: reportRunsQuery }) query: ReportRunsQuery,
  ): Promise<ReportRunsAnswer> {
    return this.#runs.list(context, query);
  }

  @Get(':id')
  @Needs('reports.read')
  @Audited('report-run.view', describeRun)
  @Answers(reportRun)
  get(@Context() context: RequestContext, @Param('id') id: string): Promise<ReportRunAnswer> {
    return this.#runs.get(context, readId(id));
  }

  @Get(':id/rows')
  @Needs('reports.read')
  @Audited('report-run.rows', describeRunRows)
  @Problems('cursor-invalid', 'conflict', 'evidence-altered', 'archive-unavailable', 'key-missing')
  @Answers(reportRowsAnswer, {
    description: 'Rows in the order of the report. A page with few rows, or none, has a `next` while there are more',
  })
  rows(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Query({ schema: reportRowsQuery }) query: ReportRowsQuery,
  ): Promise<ReportRowsAnswer> {
    return this.#runs.rows(context, readId(id), query);
  }

  @Get(':id/file')
  @Needs('reports.read')
  @Audited('report.download', describeRun)
  @Problems('conflict', 'evidence-altered', 'archive-unavailable', 'key-missing')
  @AnswersFile('The frozen file', Object.values(fileTypes))
  async file(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Query({ schema: reportFileQuery }) query: ReportFileQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const opened = await this.#runs.file(context, readId(id), query);
    const head = fileHead(opened);
    sendAsFile(reply, head);
    return new StreamableFile(Readable.from(opened.content, { objectMode: false }), { type: head.type });
  }

  @Post(':id/cancel')
  @Needs('reports.run')
  @AuditedInside('report-run.cancel')
  @HttpCode(200)
  @Problems('conflict')
  @Answers(reportRun, { description: 'Made no further. Only a run by hand that is not frozen yet' })
  cancel(@Context() context: RequestContext, @Param('id') id: string): Promise<ReportRunAnswer> {
    return this.#runs.cancel(context, readId(id));
  }
}
