import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  contextAnswer,
  contextQuery,
  eventDetail,
  eventQuery,
  proofAnswer,
  type ContextAnswer,
  type ContextQuery,
  type EventDetail,
  type EventQuery,
  type ProofAnswer,
} from '@akashi/contracts';
import { describeEvent } from '../audit-trail/describe-calls.ts';
import { Audited } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { ReadsLogs } from '../request-context/reads-logs.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { checkEventId } from './check-event-id.ts';
import { EventService } from './event.service.ts';

@ApiTags('events')
@ApiBearerAuth()
@Controller('v1/events')
export class EventController {
  readonly #service: EventService;

  constructor(@Inject(EventService) service: EventService) {
    this.#service = service;
  }

  @Get(':id')
  @Needs('logs.search')
  @ReadsLogs()
  @Audited('event.view', describeEvent)
  @Answers(eventDetail)
  get(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Query({ schema: eventQuery }) query: EventQuery,
  ): Promise<EventDetail> {
    return this.#service.get(context, checkEventId(id), query);
  }

  @Get(':id/context')
  @Needs('logs.search')
  @ReadsLogs()
  @Audited('event.context', describeEvent)
  @Answers(contextAnswer)
  context(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Query({ schema: contextQuery }) wanted: ContextQuery,
  ): Promise<ContextAnswer> {
    return this.#service.context(context, checkEventId(id), wanted);
  }

  @Get(':id/proof')
  @Needs('logs.search')
  @ReadsLogs()
  @Audited('event.proof', describeEvent)
  @Answers(proofAnswer)
  proof(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Query({ schema: eventQuery }) query: EventQuery,
  ): Promise<ProofAnswer> {
    return this.#service.proof(context, checkEventId(id), query);
  }
}
