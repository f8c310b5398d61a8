import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { logGroupsAnswer, sourcesAnswer, type LogGroupsAnswer, type SourcesAnswer } from '@akashi/contracts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { ReadsLogs } from '../request-context/reads-logs.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { LogCatalogueService } from './log-catalogue.service.ts';

@ApiTags('log groups and sources')
@ApiBearerAuth()
@Controller('v1')
export class LogCatalogueController {
  readonly #service: LogCatalogueService;

  constructor(@Inject(LogCatalogueService) service: LogCatalogueService) {
    this.#service = service;
  }

  @Get('log-groups')
  @Needs('logs.search')
  @ReadsLogs()
  @Audited('log-group.list', describeList)
  @Answers(logGroupsAnswer)
  logGroups(@Context() context: RequestContext): Promise<LogGroupsAnswer> {
    return this.#service.logGroups(context);
  }

  @Get('sources')
  @Needs('sources.read')
  @ReadsLogs()
  @Audited('source.list', describeList)
  @Answers(sourcesAnswer)
  sources(@Context() context: RequestContext): Promise<SourcesAnswer> {
    return this.#service.sources(context);
  }
}
