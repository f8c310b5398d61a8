import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  eventPersonAnswer,
  eventQuery,
  trailAnswer,
  trailRequest,
  type EventPersonAnswer,
  type EventQuery,
  type TrailAnswer,
  type TrailRequest,
} from '@akashi/contracts';
import { describeEvent, describeTrail } from '../audit-trail/describe-calls.ts';
import { Audited } from '../audit-trail/route-audit.ts';
import { checkEventId } from '../event/check-event-id.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { CountsAsSearch } from '../request-context/reads-logs.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context, UntilGone } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { TrailService } from './trail.service.ts';

@ApiTags('people')
@ApiBearerAuth()
@Controller('v1')
export class TrailController {
  readonly #trails: TrailService;

  constructor(@Inject(TrailService) trails: TrailService) {
    this.#trails = trails;
  }

  /** By id or name. Each call is a look on record. */
  @Post('people/:person/trail')
  @Needs('masters.read')
  @CountsAsSearch()
  @Audited('person.trail', describeTrail)
  @Answers(trailAnswer)
  trail(
    @Context() context: RequestContext,
    @Param('person') person: string,
    @Body({ schema: trailRequest }) body: TrailRequest,
    @UntilGone() signal: AbortSignal,
  ): Promise<TrailAnswer> {
    return this.#trails.trail(context, { ...body, person }, signal);
  }

  @Get('events/:id/person')
  @Needs('masters.read')
  @CountsAsSearch()
  @Audited('event.person', describeEvent)
  @Answers(eventPersonAnswer)
  person(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Query({ schema: eventQuery }) query: EventQuery,
  ): Promise<EventPersonAnswer> {
    return this.#trails.steps(context, checkEventId(id), query);
  }
}
