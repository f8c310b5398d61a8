import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  masterExportQuery,
  masterRowHistory,
  masterRowsAnswer,
  masterRowsQuery,
  mastersAnswer,
  masterTable,
  masterVersionsAnswer,
  masterVersionsQuery,
  newMaster,
  type MasterExportQuery,
  type MasterRowHistory,
  type MasterRowsAnswer,
  type MasterRowsQuery,
  type MastersAnswer,
  type MasterTableAnswer,
  type MasterVersionsAnswer,
  type MasterVersionsQuery,
  type NewMaster,
} from '@akashi/contracts';
import type { FastifyReply } from 'fastify';
import { readId } from '../access/read-id.ts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside, type DescribeCall } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { AnswersTable, sendAsTable } from '../openapi/answers-table.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { MastersService } from './masters.service.ts';

const describeMaster: DescribeCall = (call) => {
  const { query, params } = call;
  const told = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return {
    ...describeList(call),
    target: { kind: 'master', id: params['name'] },
    query: told(query['query']),
    details: { at: told(query['at']), version: told(query['version']), row: params['id'] },
  };
};

/** Tables that say whose act an event was (PCI DSS 10.2.2): who had which account, device and address at what time. */
@ApiTags('masters')
@ApiBearerAuth()
@Controller('v1/masters')
export class MastersController {
  readonly #service: MastersService;

  constructor(@Inject(MastersService) service: MastersService) {
    this.#service = service;
  }

  @Get()
  @Needs('masters.read')
  @Audited('master.list', describeList)
  @Answers(mastersAnswer)
  list(@Context() context: RequestContext): Promise<MastersAnswer> {
    return this.#service.list(context);
  }

  @Post()
  @Needs('masters.manage')
  @AuditedInside('master.define')
  @Problems('name-taken', 'conflict')
  @Answers(masterTable, { status: 201, description: 'A table of the organisation’s own' })
  define(
    @Context() context: RequestContext,
    @Body({ schema: newMaster }) wanted: NewMaster,
  ): Promise<MasterTableAnswer> {
    return this.#service.define(context, wanted);
  }

  @Get(':name/rows')
  @Needs('masters.read')
  @Audited('master.view', describeMaster)
  @Problems('cursor-invalid')
  @Answers(masterRowsAnswer)
  rows(
    @Context() context: RequestContext,
    @Param('name') name: string,
    @Query({ schema: masterRowsQuery }) wanted: MasterRowsQuery,
  ): Promise<MasterRowsAnswer> {
    return this.#service.rows(context, name, wanted);
  }

  @Get(':name/versions')
  @Needs('masters.read')
  @Audited('master.versions', describeMaster)
  @Answers(masterVersionsAnswer)
  versions(
    @Context() context: RequestContext,
    @Param('name') name: string,
    @Query({ schema: masterVersionsQuery }) wanted: MasterVersionsQuery,
  ): Promise<MasterVersionsAnswer> {
    return this.#service.versions(context, name, wanted);
  }

  @Get(':name/rows/:id/history')
  @Needs('masters.read')
  @Audited('master.versions', describeMaster)
  @Answers(masterRowHistory)
  history(
    @Context() context: RequestContext,
    @Param('name') name: string,
    @Param('id') id: string,
  ): Promise<MasterRowHistory> {
    return this.#service.history(context, { name, id: readId(id) });
  }

  @Get(':name/export')
  @Needs('masters.read')
  @Audited('master.export', describeMaster)
  @AnswersTable('The table, as an import reads it again')
  async export(
    @Context() context: RequestContext,
    @Param('name') name: string,
    @Query({ schema: masterExportQuery }) wanted: MasterExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const table = await this.#service.export(context, name, wanted);
    sendAsTable(reply, name);
    return table;
  }
}
