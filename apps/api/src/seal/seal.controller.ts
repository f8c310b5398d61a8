import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { logStanding, type LogStanding } from '@akashi/contracts';
import { NotAudited } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { ReadsLogs } from '../request-context/reads-logs.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { SealService } from './seal.service.ts';

@ApiTags('tenant log')
@ApiBearerAuth()
@Controller('v1/log')
export class SealController {
  readonly #service: SealService;

  constructor(@Inject(SealService) service: SealService) {
    this.#service = service;
  }

  @Get('standing')
  @Needs('logs.search')
  @ReadsLogs()
  @NotAudited('whether the evidence holds, on every page; no log is read, and what is behind it has routes of its own')
  @Answers(logStanding)
  standing(@Context() context: RequestContext): Promise<LogStanding> {
    return this.#service.logStanding(context);
  }
}
