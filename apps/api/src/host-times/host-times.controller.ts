import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  hostTimesAnswer,
  timeSettingsAnswer,
  timeSettingsRequest,
  type HostTimesAnswer,
  type TimeSettingsAnswer,
  type TimeSettingsRequest,
} from '@akashi/contracts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { ReadsLogs } from '../request-context/reads-logs.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { HostTimesService } from './host-times.service.ts';

/** The clocks of the hosts, as their own logs tell (PCI DSS 10.6). */
@ApiTags('time')
@ApiBearerAuth()
@Controller('v1/time')
export class HostTimesController {
  readonly #service: HostTimesService;

  constructor(@Inject(HostTimesService) service: HostTimesService) {
    this.#service = service;
  }

  @Get()
  @Needs('sources.read')
  @ReadsLogs()
  @Audited('time.view', describeList)
  @Answers(hostTimesAnswer)
  list(@Context() context: RequestContext): Promise<HostTimesAnswer> {
    return this.#service.list(context);
  }

  @Get('settings')
  @Needs('sources.read')
  @Audited('time-settings.view')
  @Answers(timeSettingsAnswer)
  settings(@Context() context: RequestContext): Promise<TimeSettingsAnswer> {
    return this.#service.settings(context);
  }

  @Put('settings')
  @Needs('sources.manage')
  @AuditedInside('time-settings.change')
  @Answers(timeSettingsAnswer, { description: 'Every host is judged by them from now on' })
  change(
    @Context() context: RequestContext,
    @Body({ schema: timeSettingsRequest }) wanted: TimeSettingsRequest,
  ): Promise<TimeSettingsAnswer> {
    return this.#service.change(context, wanted);
  }
}
