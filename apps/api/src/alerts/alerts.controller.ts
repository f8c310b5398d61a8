import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  alert,
  alertsAnswer,
  alertsQuery,
  type AlertAnswer,
  type AlertsAnswer,
  type AlertsQuery,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeTarget } from '../audit-trail/describe-calls.ts';
import { describeAlerts } from '../audit-trail/describe-watching.ts';
import { Audited } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import { CountsAsSearch } from '../request-context/reads-logs.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { AlertsService } from './alerts.service.ts';

/** What the rules found. Their keys are log content: an alert is shown to who may see every event of it. */
@ApiTags('alerts')
@ApiBearerAuth()
@Controller('v1/alerts')
export class AlertsController {
  readonly #alerts: AlertsService;

  constructor(@Inject(AlertsService) alerts: AlertsService) {
    this.#alerts = alerts;
  }

  @Get()
  @Needs('alerts.read')
  @CountsAsSearch()
  @Audited('alert.list', describeAlerts)
  @Problems('cursor-invalid')
  @Answers(alertsAnswer)
  list(@Context() context: RequestContext, @Query({ schema: alertsQuery }) query: AlertsQuery): Promise<AlertsAnswer> {
    return this.#alerts.list(context, query);
  }

  @Get(':id')
  @Needs('alerts.read')
  @CountsAsSearch()
  @Audited('alert.view', describeTarget('alert'))
  @Answers(alert)
  get(@Context() context: RequestContext, @Param('id') id: string): Promise<AlertAnswer> {
    return this.#alerts.get(context, readId(id));
  }
}
