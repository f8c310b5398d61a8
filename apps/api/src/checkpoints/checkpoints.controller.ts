import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  checkpointSendingsAnswer,
  checkpointSendingsQuery,
  checkpointWay,
  checkpointWayChange,
  checkpointWaysAnswer,
  createdCheckpointWay,
  newCheckpointSending,
  newCheckpointWay,
  problem,
  type CheckpointSendingsAnswer,
  type CheckpointWayAnswer,
  type CheckpointWayChange,
  type CheckpointWaysAnswer,
  type CreatedCheckpointWay,
  type NewCheckpointSending,
  type NewCheckpointWay,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { CheckpointSendingsService } from './checkpoint-sendings.service.ts';
import { CheckpointWaysService } from './checkpoint-ways.service.ts';

/** Checkpoints that leave: on which ways, and what left when to whom. */
@ApiTags('checkpoints')
@ApiBearerAuth()
@Controller('v1')
export class CheckpointsController {
  readonly #ways: CheckpointWaysService;
  readonly #sendings: CheckpointSendingsService;

  constructor(
    @Inject(CheckpointWaysService) ways: CheckpointWaysService,
    @Inject(CheckpointSendingsService) sendings: CheckpointSendingsService,
  ) {
    this.#ways = ways;
    this.#sendings = sendings;
  }

  @Get('checkpoint-ways')
  @Needs('settings.read')
  @Audited('checkpoint-way.list', describeList)
  @Answers(checkpointWaysAnswer)
  ways(@Context() context: RequestContext): Promise<CheckpointWaysAnswer> {
    return this.#ways.list(context);
  }

  @Post('checkpoint-ways')
  @Needs('settings.manage')
  @NeedsStepUp()
  @AuditedInside('checkpoint-way.create')
  @Problems('address-refused', 'conflict')
  @Answers(createdCheckpointWay, { status: 201, description: 'Carries the next checkpoint' })
  create(
    @Context() context: RequestContext,
    @Body({ schema: newCheckpointWay }) wanted: NewCheckpointWay,
  ): Promise<CreatedCheckpointWay> {
    return this.#ways.create(context, wanted);
  }

  @Patch('checkpoint-ways/:id')
  @Needs('settings.manage')
  @NeedsStepUp()
  @AuditedInside('checkpoint-way.change')
  @Answers(checkpointWay)
  change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: checkpointWayChange }) change: CheckpointWayChange,
  ): Promise<CheckpointWayAnswer> {
    return this.#ways.change(context, readId(id), change);
  }

  @Delete('checkpoint-ways/:id')
  @Needs('settings.manage')
  @NeedsStepUp()
  @AuditedInside('checkpoint-way.remove')
  @HttpCode(204)
  @Problems('conflict')
  @ApiNoContentResponse({ description: 'It carries nothing any more' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  remove(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.#ways.remove(context, readId(id));
  }

  @Get('checkpoint-sendings')
  @Needs('integrity.read')
  @Audited('checkpoint-sending.list', describeList)
  @Answers(checkpointSendingsAnswer)
  sendings(
    @Context() context: RequestContext,
    @Query({ schema: checkpointSendingsQuery }) page: { limit: number },
  ): Promise<CheckpointSendingsAnswer> {
    return this.#sendings.list(context, page.limit);
  }

  @Post('checkpoint-sendings')
  @Needs('settings.manage')
  @AuditedInside('checkpoint-sending.create')
  @HttpCode(202)
  @Problems('conflict')
  @Answers(checkpointSendingsAnswer, { status: 202, description: 'They leave within seconds' })
  send(
    @Context() context: RequestContext,
    @Body({ schema: newCheckpointSending }) wanted: NewCheckpointSending,
  ): Promise<CheckpointSendingsAnswer> {
    return this.#sendings.send(context, wanted);
  }
}
