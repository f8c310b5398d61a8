import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  formatActivation,
  formatSuggestRequest,
  formatSuggestionAnswer,
  formatTrialAnswer,
  formatTrialRequest,
  formatTryAnswer,
  formatTryRequest,
  newOwnFormat,
  ownFormatAnswer,
  ownFormatsAnswer,
  savedOwnFormat,
  type FormatActivation,
  type FormatSuggestRequest,
  type FormatSuggestionAnswer,
  type FormatTrialAnswer,
  type FormatTrialRequest,
  type FormatTryAnswer,
  type FormatTryRequest,
  type NewOwnFormat,
  type OwnFormatAnswer,
  type OwnFormatsAnswer,
  type SavedOwnFormat,
} from '@akashi/contracts';
import { describeList, describeTarget, describeTrial } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import { CountsAsSearch } from '../request-context/reads-logs.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context, UntilGone } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { FormatsService } from './formats.service.ts';

/** An organisation's own formats. */
@ApiTags('formats')
@ApiBearerAuth()
@Controller('v1/formats')
export class FormatsController {
  readonly #formats: FormatsService;

  constructor(@Inject(FormatsService) formats: FormatsService) {
    this.#formats = formats;
  }

  @Get()
  @Needs('sources.manage')
  @Audited('format.list', describeList)
  @Answers(ownFormatsAnswer)
  list(@Context() context: RequestContext): Promise<OwnFormatsAnswer> {
    return this.#formats.list(context);
  }

  @Post()
  @Needs('sources.manage')
  @AuditedInside('format.save')
  @Problems('conflict')
  @Answers(savedOwnFormat, { status: 201, description: 'A new version; it reads nothing before it is activated' })
  save(
    @Context() context: RequestContext,
    @Body({ schema: newOwnFormat }) { definition }: NewOwnFormat,
  ): Promise<SavedOwnFormat> {
    return this.#formats.save(context, definition);
  }

  @Post('try')
  @Needs('sources.manage')
  @Audited('format.try')
  @HttpCode(200)
  @Answers(formatTryAnswer, { description: 'What each line becomes. Nothing is kept' })
  try(@Context() context: RequestContext, @Body({ schema: formatTryRequest }) body: FormatTryRequest): FormatTryAnswer {
    return this.#formats.tryLines(context, body);
  }

  @Post('suggest')
  @Needs('sources.manage')
  @Audited('format.try')
  @HttpCode(200)
  @Answers(formatSuggestionAnswer, { description: 'How such lines could be read. Nothing is kept' })
  suggest(
    @Context() context: RequestContext,
    @Body({ schema: formatSuggestRequest }) body: FormatSuggestRequest,
  ): FormatSuggestionAnswer {
    return this.#formats.suggest(context, body);
  }

  @Post('trial')
  @Needs('sources.manage')
  @CountsAsSearch()
  @Audited('format.trial', describeTrial)
  @HttpCode(200)
  @Answers(formatTrialAnswer, { description: 'How many lines that were received would be read, and which would not' })
  trial(
    @Context() context: RequestContext,
    @Body({ schema: formatTrialRequest }) body: FormatTrialRequest,
    @UntilGone() signal: AbortSignal,
  ): Promise<FormatTrialAnswer> {
    return this.#formats.tryReceived(context, body, signal);
  }

  @Get(':id')
  @Needs('sources.manage')
  @Audited('format.view', describeTarget('format'))
  @Answers(ownFormatAnswer)
  get(@Context() context: RequestContext, @Param('id') id: string): Promise<OwnFormatAnswer> {
    return this.#formats.get(context, id);
  }

  @Post(':id/activate')
  @Needs('sources.manage')
  @AuditedInside('format.activate')
  @HttpCode(200)
  @Answers(ownFormatAnswer, { description: 'Reads lines from now on' })
  activate(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: formatActivation }) body: FormatActivation,
  ): Promise<OwnFormatAnswer> {
    return this.#formats.activate(context, id, body);
  }

  @Post(':id/deactivate')
  @Needs('sources.manage')
  @AuditedInside('format.deactivate')
  @HttpCode(200)
  @Answers(ownFormatAnswer, { description: 'Reads no more lines' })
  deactivate(@Context() context: RequestContext, @Param('id') id: string): Promise<OwnFormatAnswer> {
    return this.#formats.deactivate(context, id);
  }
}
