import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  facetsAnswer,
  facetsRequest,
  fieldsAnswer,
  histogramAnswer,
  histogramRequest,
  relaxedAnswer,
  searchAnswer,
  searchRequest,
  selectionRequest,
  type FacetsAnswer,
  type FacetsRequest,
  type FieldsAnswer,
  type HistogramAnswer,
  type HistogramRequest,
  type RelaxedAnswer,
  type SearchAnswer,
  type SearchRequest,
  type SelectionRequest,
} from '@akashi/contracts';
import { describeSelection } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedAsSearch } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { ReadsLogs } from '../request-context/reads-logs.ts';
import { Context, UntilGone } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { LogSearchService } from './log-search.service.ts';
import { SearchActs } from '../audit-trail/search-acts.ts';

@ApiTags('search')
@ApiBearerAuth()
@Controller('v1/search')
export class LogSearchController {
  readonly #service: LogSearchService;
  readonly #acts: SearchActs;

  constructor(@Inject(LogSearchService) service: LogSearchService, @Inject(SearchActs) acts: SearchActs) {
    this.#service = service;
    this.#acts = acts;
  }

  @Post()
  @Needs('logs.search')
  @ReadsLogs()
  @AuditedAsSearch('search', describeSelection)
  @Answers(searchAnswer)
  async search(
    @Context() context: RequestContext,
    @Body({ schema: searchRequest }) body: SearchRequest,
    @UntilGone() signal: AbortSignal,
  ): Promise<SearchAnswer> {
    const answer = await this.#service.search(context, body, signal);
    return { ...answer, act: this.#acts.issue(context, body) };
  }

  @Post('histogram')
  @Needs('logs.search')
  @ReadsLogs()
  @AuditedAsSearch('search.histogram', describeSelection)
  @Answers(histogramAnswer)
  histogram(
    @Context() context: RequestContext,
    @Body({ schema: histogramRequest }) body: HistogramRequest,
    @UntilGone() signal: AbortSignal,
  ): Promise<HistogramAnswer> {
    return this.#service.histogram(context, body, signal);
  }

  /** Never a part of another act: it tells more than the search that found nothing. */
  @Post('relaxed')
  @Needs('logs.search')
  @ReadsLogs()
  @Audited('search.relaxed', describeSelection)
  @Answers(relaxedAnswer, { description: 'What the first conditions of the query take away, each by itself' })
  relaxed(
    @Context() context: RequestContext,
    @Body({ schema: selectionRequest }) body: SelectionRequest,
    @UntilGone() signal: AbortSignal,
  ): Promise<RelaxedAnswer> {
    return this.#service.relaxed(context, body, signal);
  }

  @Post('facets')
  @Needs('logs.search')
  @ReadsLogs()
  @AuditedAsSearch('search.facets', describeSelection)
  @Answers(facetsAnswer)
  facets(
    @Context() context: RequestContext,
    @Body({ schema: facetsRequest }) body: FacetsRequest,
    @UntilGone() signal: AbortSignal,
  ): Promise<FacetsAnswer> {
    return this.#service.facets(context, body, signal);
  }

  @Post('fields')
  @Needs('logs.search')
  @ReadsLogs()
  @AuditedAsSearch('search.fields', describeSelection)
  @Answers(fieldsAnswer)
  fields(
    @Context() context: RequestContext,
    @Body({ schema: selectionRequest }) body: SelectionRequest,
    @UntilGone() signal: AbortSignal,
  ): Promise<FieldsAnswer> {
    return this.#service.fields(context, body, signal);
  }
}
