import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  newRestore,
  restore,
  restoreEstimate,
  restoresAnswer,
  type NewRestore,
  type RestoreAnswer,
  type RestoreEstimate,
  type RestoresAnswer,
} from '@akashi/contracts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { readId } from '../access/read-id.ts';
import { describeList, describeRestore } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { RestoresService } from './restores.service.ts';

/** Records that are restored from the archive for a while. A set is shown to those who see all of its log groups. */
@ApiTags('restores')
@ApiBearerAuth()
@Controller('v1/restores')
export class RestoresController {
  readonly #restores: RestoresService;

  constructor(@Inject(RestoresService) restores: RestoresService) {
    this.#restores = restores;
  }

  @Get()
  @Needs('logs.search')
  @Audited('restore.list', describeList)
  @Answers(restoresAnswer)
  list(@Context() context: RequestContext): Promise<RestoresAnswer> {
    return this.#restores.list(context);
  }

  @Get(':id')
  @Needs('logs.search')
  @Audited('restore.view', describeRestore)
  @Answers(restore)
  get(@Context() context: RequestContext, @Param('id') id: string): Promise<RestoreAnswer> {
    return this.#restores.get(context, readId(id));
  }

  @Post()
  @Needs('logs.restore')
  @AuditedInside('restore.start', 'restore.estimate')
  @Problems('time-range-invalid', 'restore-empty', 'restore-limit', 'restore-too-large')
  @ApiResponse({ status: 200, description: 'With `dryRun`: what there is', standardSchema: restoreEstimate })
  @Answers(z.union([restore, restoreEstimate]), { status: 202, description: 'Made as soon as a worker is free' })
  async start(
    @Context() context: RequestContext,
    @Body({ schema: newRestore }) wanted: NewRestore,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RestoreAnswer | RestoreEstimate> {
    if (!wanted.dryRun) return this.#restores.start(context, wanted);
    const estimate = await this.#restores.estimate(context, wanted);
    void reply.status(200);
    return estimate;
  }

  @Post(':id/cancel')
  @Needs('logs.restore')
  @AuditedInside('restore.cancel')
  @HttpCode(200)
  @Problems('conflict')
  @Answers(restore, { description: 'Made no further; only one that is not done' })
  cancel(@Context() context: RequestContext, @Param('id') id: string): Promise<RestoreAnswer> {
    return this.#restores.cancel(context, readId(id));
  }

  @Post(':id/end')
  @Needs('logs.restore')
  @AuditedInside('restore.end')
  @HttpCode(200)
  @Problems('conflict')
  @Answers(restore, { description: 'Searched no more, and removed; only one that is done' })
  end(@Context() context: RequestContext, @Param('id') id: string): Promise<RestoreAnswer> {
    return this.#restores.end(context, readId(id));
  }
}
