import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited, type DescribeCall } from '../audit-trail/route-audit.ts';
import { AnswersTable, sendAsTable } from '../openapi/answers-table.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { AccessTablesService } from './access-tables.service.ts';
import { readId } from './read-id.ts';
import { readLogGroupName } from './read-log-group-name.ts';

const describeReport =
  (report: string, kind: string): DescribeCall =>
  ({ params: { id, name } }) => ({ target: { kind, id, name }, details: { report } });

/** Lists of rights that leave the product as files: each is an export on record, and asks for a fresh second factor. */
@ApiTags('access reports')
@Controller('v1')
export class AccessTablesController {
  readonly #service: AccessTablesService;

  constructor(@Inject(AccessTablesService) service: AccessTablesService) {
    this.#service = service;
  }

  @Get('access/groups.csv')
  @Needs('access.read')
  @NeedsStepUp()
  @Audited('report.download', describeReport('access-groups', 'access-group'))
  @AnswersTable('Every access group')
  groups(@Context() context: RequestContext, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    sendAsTable(reply, 'access-groups');
    return this.#service.groups(context);
  }

  @Get('access/log-groups/:name/readers.csv')
  @Needs('access.read')
  @NeedsStepUp()
  @Audited('report.download', describeReport('log-group-readers', 'log-group'))
  @AnswersTable('Who sees the log group, and through what')
  readers(
    @Context() context: RequestContext,
    @Param('name') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const logGroup = readLogGroupName(name);
    sendAsTable(reply, 'log-group-readers');
    return this.#service.readers(context, logGroup);
  }

  @Get('access/members/:id/report.csv')
  @Needs('access.read')
  @NeedsStepUp()
  @Audited('report.download', describeReport('member-access', 'member'))
  @AnswersTable('What the person sees, and through what')
  member(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const userId = readId(id);
    sendAsTable(reply, 'member-access');
    return this.#service.member(context, userId);
  }

  @Get('access-reviews/:id/report.csv')
  @Needs('access.read')
  @NeedsStepUp()
  @Audited('report.download', describeReport('access-review', 'access-review'))
  @AnswersTable('Every right as it was when the review was opened, with what was decided')
  review(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const reviewId = readId(id);
    sendAsTable(reply, 'access-review');
    return this.#service.review(context, reviewId);
  }
}
