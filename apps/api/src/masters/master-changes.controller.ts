import { Body, Controller, Delete, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import {
  masterImportAnswer,
  masterImportQuery,
  masterRowChanged,
  masterRowEnding,
  masterRowValues,
  type MasterImportAnswer,
  type MasterImportQuery,
  type MasterRowChanged,
  type MasterRowEnding,
  type MasterRowValues,
} from '@akashi/contracts';
import type { FastifyRequest } from 'fastify';
import { readId } from '../access/read-id.ts';
import { AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { MasterImportService } from './master-import.service.ts';
import { MasterRowsService } from './master-rows.service.ts';

/** What changes masters. Every change is a version of its table and on record. */
@ApiTags('masters')
@ApiBearerAuth()
@Controller('v1/masters')
export class MasterChangesController {
  readonly #imports: MasterImportService;
  readonly #rows: MasterRowsService;

  constructor(
    @Inject(MasterImportService) imports: MasterImportService,
    @Inject(MasterRowsService) rows: MasterRowsService,
  ) {
    this.#imports = imports;
    this.#rows = rows;
  }

  @Post(':name/import')
  @Needs('masters.manage')
  @AuditedInside('master.import', 'master.preview')
  @HttpCode(200)
  @ApiConsumes('text/csv')
  @ApiBody({
    description:
      'UTF-8 (with or without byte order mark) or Shift_JIS, as `charset` says; headings in Japanese or English',
    schema: { type: 'string' },
  })
  @Answers(masterImportAnswer, {
    description: 'What it did, or with `dryRun=true` would do; with errors nothing is changed',
  })
  import(
    @Context() context: RequestContext,
    @Param('name') name: string,
    @Query({ schema: masterImportQuery }) query: MasterImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<MasterImportAnswer> {
    return this.#imports.import(context, { name, request }, query);
  }

  @Post(':name/rows')
  @Needs('masters.manage')
  @AuditedInside('master.row-add')
  @Answers(masterRowChanged, { status: 201, description: 'Beside what the table has: it ends no row' })
  add(
    @Context() context: RequestContext,
    @Param('name') name: string,
    @Body({ schema: masterRowValues }) wanted: MasterRowValues,
  ): Promise<MasterRowChanged> {
    return this.#rows.add(context, name, wanted);
  }

  @Put(':name/rows/:id')
  @Needs('masters.manage')
  @AuditedInside('master.row-change')
  @Answers(masterRowChanged, { description: 'The row says this for all the time for which it holds' })
  put(
    @Context() context: RequestContext,
    @Param() { name, id }: { name: string; id: string },
    @Body({ schema: masterRowValues }) wanted: MasterRowValues,
  ): Promise<MasterRowChanged> {
    return this.#rows.put(context, { name, id: readId(id) }, wanted);
  }

  @Delete(':name/rows/:id')
  @Needs('masters.manage')
  @AuditedInside('master.row-end')
  @Answers(masterRowChanged, { description: 'It ends; what it said before stays known' })
  end(
    @Context() context: RequestContext,
    @Param() { name, id }: { name: string; id: string },
    @Query({ schema: masterRowEnding }) ending: MasterRowEnding,
  ): Promise<MasterRowChanged> {
    return this.#rows.end(context, { name, id: readId(id) }, ending);
  }
}
