import { Body, Controller, Delete, Get, HttpCode, Inject, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  problem,
  silenceLimitPlace,
  silenceLimitRequest,
  watchStatusAnswer,
  type SilenceLimitPlace,
  type SilenceLimitRequest,
  type WatchStatusAnswer,
} from '@akashi/contracts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { ReadsLogs } from '../request-context/reads-logs.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { SilenceLimitsService } from './silence-limits.service.ts';
import { WatchStatusService } from './watch-status.service.ts';

/** What is watched, and when it was last seen to work (PCI DSS 10.7.2). */
@ApiTags('incidents')
@ApiBearerAuth()
@Controller('v1')
export class WatchStatusController {
  readonly #status: WatchStatusService;
  readonly #limits: SilenceLimitsService;

  constructor(
    @Inject(WatchStatusService) status: WatchStatusService,
    @Inject(SilenceLimitsService) limits: SilenceLimitsService,
  ) {
    this.#status = status;
    this.#limits = limits;
  }

  @Get('watch-status')
  @Needs('incidents.read')
  @ReadsLogs()
  @Audited('watch-status.view', describeList)
  @Answers(watchStatusAnswer)
  get(@Context() context: RequestContext): Promise<WatchStatusAnswer> {
    return this.#status.get(context);
  }

  @Put('silence-limits')
  @Needs('sources.manage')
  @AuditedInside('silence-limit.set')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The limit holds with the next look of the worker' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  set(
    @Context() context: RequestContext,
    @Body({ schema: silenceLimitRequest }) limit: SilenceLimitRequest,
  ): Promise<void> {
    return this.#limits.set(context, limit);
  }

  @Delete('silence-limits')
  @Needs('sources.manage')
  @AuditedInside('silence-limit.remove')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'What was learned holds again' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  remove(
    @Context() context: RequestContext,
    @Query({ schema: silenceLimitPlace }) place: SilenceLimitPlace,
  ): Promise<void> {
    return this.#limits.remove(context, place);
  }
}
