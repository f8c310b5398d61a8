import { Body, Controller, Delete, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  arrivalAnswer,
  senderConfigurationAnswer,
  sourceSettings,
  sourceSettingsListAnswer,
  sourceValues,
  type ArrivalAnswer,
  type SenderConfigurationAnswer,
  type SourceSettingsAnswer,
  type SourceSettingsListAnswer,
  type SourceValuesRequest,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList, describeTarget } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { SenderGuideService } from './sender-guide.service.ts';
import { SourceSettingsService } from './source-settings.service.ts';

@ApiTags('log groups and sources')
@Controller('v1/sources')
export class SourceSettingsController {
  readonly #sources: SourceSettingsService;
  readonly #guide: SenderGuideService;

  constructor(
    @Inject(SourceSettingsService) sources: SourceSettingsService,
    @Inject(SenderGuideService) guide: SenderGuideService,
  ) {
    this.#sources = sources;
    this.#guide = guide;
  }

  @Get('configured')
  @Needs('sources.manage')
  @Audited('source.list', describeList)
  @Answers(sourceSettingsListAnswer)
  list(@Context() context: RequestContext): Promise<SourceSettingsListAnswer> {
    return this.#sources.list(context);
  }

  @Post()
  @Needs('sources.manage')
  @AuditedInside('source.create')
  @Answers(sourceSettings, { status: 201, description: 'The new source; its senders are taken within two seconds' })
  create(
    @Context() context: RequestContext,
    @Body({ schema: sourceValues }) values: SourceValuesRequest,
  ): Promise<SourceSettingsAnswer> {
    return this.#sources.create(context, values);
  }

  @Get(':id')
  @Needs('sources.manage')
  @Audited('source.view', describeTarget('source'))
  @Answers(sourceSettings)
  get(@Context() context: RequestContext, @Param('id') id: string): Promise<SourceSettingsAnswer> {
    return this.#sources.get(context, readId(id));
  }

  @Put(':id')
  @Needs('sources.manage')
  @AuditedInside('source.change')
  @Answers(sourceSettings)
  change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: sourceValues }) values: SourceValuesRequest,
  ): Promise<SourceSettingsAnswer> {
    return this.#sources.change(context, readId(id), values);
  }

  @Delete(':id')
  @Needs('sources.manage')
  @AuditedInside('source.disable')
  @Answers(sourceSettings, { description: 'Disabled: its senders are refused within two seconds' })
  disable(@Context() context: RequestContext, @Param('id') id: string): Promise<SourceSettingsAnswer> {
    return this.#sources.setDisabled(context, readId(id), true);
  }

  @Post(':id/enable')
  @Needs('sources.manage')
  @AuditedInside('source.enable')
  @Answers(sourceSettings)
  enable(@Context() context: RequestContext, @Param('id') id: string): Promise<SourceSettingsAnswer> {
    return this.#sources.setDisabled(context, readId(id), false);
  }

  @Get(':id/configuration')
  @Needs('sources.manage')
  @Audited('source.configuration', describeTarget('source'))
  @Answers(senderConfigurationAnswer)
  async configuration(@Context() context: RequestContext, @Param('id') id: string): Promise<SenderConfigurationAnswer> {
    await this.#sources.get(context, readId(id));
    return this.#guide.forSyslog();
  }

  @Get(':id/arrival')
  @Needs('sources.manage')
  @Audited('source.arrival', describeTarget('source'))
  @Answers(arrivalAnswer)
  async arrival(@Context() context: RequestContext, @Param('id') id: string): Promise<ArrivalAnswer> {
    const source = await this.#sources.get(context, readId(id));
    return this.#guide.arrival(context, source.id);
  }
}
