import { Controller, Get, Inject, Param, Query, Res, StreamableFile } from '@nestjs/common';
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
import type { FastifyReply } from 'fastify';
import { describeEvent } from '../audit-trail/describe-calls.ts';
import { Audited } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { AnswersFile, sendAsFile } from '../openapi/answers-file.ts';
import { Problems } from '../openapi/route-problems.ts';
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

  @Get(':id/tlog-proof')
  @Needs('logs.search')
  @ReadsLogs()
  @Audited('event.proof', describeEvent)
  @Problems('forbidden', 'event-disposed', 'event-removed', 'not-sealed-yet', 'evidence-altered')
  @AnswersFile('The same as a C2SP tlog-proof, for any checker of transparency logs', ['text/plain'])
  async tlogProof(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { name, bytes, sha256 } = await this.#service.tlogProof(context, checkEventId(id));
    const type = 'text/plain; charset=utf-8';
    sendAsFile(reply, { type, bytes: bytes.length, sha256, name: { plain: name, full: name } });
    return new StreamableFile(bytes, { type });
  }
}
