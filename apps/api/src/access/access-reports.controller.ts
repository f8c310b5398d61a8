import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiDefaultResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  accessPreview,
  accessPreviewRequest,
  logGroupReaders,
  logName,
  memberAccess,
  problem,
  type AccessPreview,
  type AccessPreviewRequest,
  type LogGroupReaders,
  type MemberAccess,
} from '@akashi/contracts';
import { AppError } from '@akashi/server-kit';
import type { FastifyReply } from 'fastify';
import { Audited, type AuditedCall } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context, UntilGone } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { AccessReportsService } from './access-reports.service.ts';
import { memberAccessCsv, readersCsv } from './report-tables.ts';
import { readId } from './read-id.ts';

const csvType = 'text/csv; charset=utf-8';

const describeLogGroup = ({ params }: AuditedCall) => ({
  target: { kind: 'log-group', name: params['name'] ?? '' },
});
const describeMember = ({ params }: AuditedCall) => ({ target: { kind: 'member', id: params['id'] ?? '' } });
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const describePreview = ({ params, body }: AuditedCall) => ({
  ...describeMember({ params, body, query: {}, answer: undefined }),
  query: text(body['query']),
  from: text(body['from']),
  to: text(body['to']),
});

/** "Who can see this log group?" and "What can this person see?" (PCI DSS 10.3.1, 7.2.4). */
@ApiTags('access reports')
@Controller('v1/access')
export class AccessReportsController {
  readonly #service: AccessReportsService;

  constructor(@Inject(AccessReportsService) service: AccessReportsService) {
    this.#service = service;
  }

  @Get('log-groups/:name/readers')
  @Needs('access.read')
  @Audited('access-report.log-group', describeLogGroup)
  @Answers(logGroupReaders)
  readers(@Context() context: RequestContext, @Param('name') name: string): Promise<LogGroupReaders> {
    return this.#service.readers(context, readName(name));
  }

  @Get('log-groups/:name/readers.csv')
  @Needs('access.read')
  @Audited('access-report.log-group', describeLogGroup)
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'The same as a table', content: { 'text/csv': { schema: { type: 'string' } } } })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  async readersTable(
    @Context() context: RequestContext,
    @Param('name') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const report = await this.#service.readers(context, readName(name));
    asTable(reply, 'log-group-readers.csv');
    return readersCsv(report, context.language);
  }

  @Get('members/:id')
  @Needs('access.read')
  @Audited('access-report.person', describeMember)
  @Answers(memberAccess)
  member(@Context() context: RequestContext, @Param('id') id: string): Promise<MemberAccess> {
    return this.#service.member(context, readId(id));
  }

  @Get('members/:id/report.csv')
  @Needs('access.read')
  @Audited('access-report.person', describeMember)
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'The same as a table', content: { 'text/csv': { schema: { type: 'string' } } } })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  async memberTable(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const report = await this.#service.member(context, readId(id));
    asTable(reply, 'member-access.csv');
    return memberAccessCsv(report, context.language);
  }

  @Post('members/:id/preview')
  @Needs('access.read')
  @Audited('grant.preview', describePreview)
  @Answers(accessPreview)
  preview(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: accessPreviewRequest }) request: AccessPreviewRequest,
    @UntilGone() signal: AbortSignal,
  ): Promise<AccessPreview> {
    return this.#service.preview(context, readId(id), { request, signal });
  }
}

function asTable(reply: FastifyReply, name: string): void {
  void reply.type(csvType).header('content-disposition', `attachment; filename="${name}"`);
}

function readName(name: string): string {
  if (!logName.safeParse(name).success) throw new AppError('not-found');
  return name;
}
