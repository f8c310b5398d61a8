import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { dutiesAnswer, dutyRunsAnswer, dutyRunsQuery, type DutiesAnswer, type DutyRunsAnswer } from '@akashi/contracts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { DutiesService } from './duties.service.ts';

@ApiTags('duties')
@ApiBearerAuth()
@Controller('v1/duties')
export class DutiesController {
  readonly #service: DutiesService;

  constructor(@Inject(DutiesService) service: DutiesService) {
    this.#service = service;
  }

  @Get()
  @Needs('integrity.read')
  @Audited('duty.list', describeList)
  @Answers(dutiesAnswer)
  list(@Context() context: RequestContext): Promise<DutiesAnswer> {
    return this.#service.list(context);
  }

  @Get(':duty/runs')
  @Needs('integrity.read')
  @Audited('duty.list', describeList)
  @Answers(dutyRunsAnswer)
  runs(
    @Context() context: RequestContext,
    @Param('duty') duty: string,
    @Query({ schema: dutyRunsQuery }) page: { limit: number },
  ): Promise<DutyRunsAnswer> {
    return this.#service.runs(context, duty, page);
  }
}
