import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  accessPreview,
  accessPreviewRequest,
  logGroupReaders,
  memberAccess,
  type AccessPreview,
  type AccessPreviewRequest,
  type LogGroupReaders,
  type MemberAccess,
} from '@akashi/contracts';
import { Audited, type AuditedCall } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { CountsAsSearch } from '../request-context/reads-logs.ts';
import { Context, UntilGone } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { AccessReportsService } from './access-reports.service.ts';
import { readId } from './read-id.ts';
import { readLogGroupName } from './read-log-group-name.ts';

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
  logGroups: Array.isArray(body['logGroups'])
    ? body['logGroups'].filter((each) => typeof each === 'string')
    : undefined,
  details: { timeField: text(body['timeField']) },
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
    return this.#service.readers(context, readLogGroupName(name));
  }

  @Get('members/:id')
  @Needs('access.read')
  @Audited('access-report.person', describeMember)
  @Answers(memberAccess)
  member(@Context() context: RequestContext, @Param('id') id: string): Promise<MemberAccess> {
    return this.#service.member(context, readId(id));
  }

  @Post('members/:id/preview')
  @Needs('access.read')
  @CountsAsSearch()
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
