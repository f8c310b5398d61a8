import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  incident,
  incidentClosing,
  incidentsAnswer,
  incidentsQuery,
  type IncidentAnswer,
  type IncidentClosing,
  type IncidentsAnswer,
  type IncidentsQuery,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList, describeTarget } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { IncidentsService } from './incidents.service.ts';

/** What the product noticed by itself (PCI DSS 10.7.2), and what people did about it (10.7.3). */
@ApiTags('incidents')
@ApiBearerAuth()
@Controller('v1/incidents')
export class IncidentsController {
  readonly #service: IncidentsService;

  constructor(@Inject(IncidentsService) service: IncidentsService) {
    this.#service = service;
  }

  @Get()
  @Needs('incidents.read')
  @Audited('incident.list', describeList)
  @Problems('cursor-invalid')
  @Answers(incidentsAnswer)
  list(
    @Context() context: RequestContext,
    @Query({ schema: incidentsQuery }) wanted: IncidentsQuery,
  ): Promise<IncidentsAnswer> {
    return this.#service.list(context, wanted);
  }

  @Get(':id')
  @Needs('incidents.read')
  @Audited('incident.view', describeTarget('incident'))
  @Answers(incident)
  get(@Context() context: RequestContext, @Param('id') id: string): Promise<IncidentAnswer> {
    return this.#service.get(context, readId(id));
  }

  @Post(':id/acknowledge')
  @Needs('incidents.acknowledge')
  @AuditedInside('incident.acknowledge')
  @HttpCode(200)
  @Problems('incident-closed')
  @Answers(incident, { description: 'Nobody is reminded of it any more' })
  acknowledge(@Context() context: RequestContext, @Param('id') id: string): Promise<IncidentAnswer> {
    return this.#service.acknowledge(context, readId(id));
  }

  @Post(':id/close')
  @Needs('incidents.close')
  @AuditedInside('incident.close')
  @HttpCode(200)
  @Problems('incident-closed')
  @Answers(incident, { description: 'With its record; what closed by itself takes one as well' })
  close(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: incidentClosing }) record: IncidentClosing,
  ): Promise<IncidentAnswer> {
    return this.#service.close(context, readId(id), record);
  }
}
