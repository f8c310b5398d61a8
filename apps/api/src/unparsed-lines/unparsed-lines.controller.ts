import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  unparsedLinesAnswer,
  unparsedLinesRequest,
  type UnparsedLinesAnswer,
  type UnparsedLinesRequest,
} from '@akashi/contracts';
import { describeUnparsed } from '../audit-trail/describe-calls.ts';
import { Audited } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { ReadsLogs } from '../request-context/reads-logs.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context, UntilGone } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { UnparsedLinesService } from './unparsed-lines.service.ts';

/** Lines that no format reads, by what they have in common. */
@ApiTags('log groups and sources')
@ApiBearerAuth()
@Controller('v1/unparsed-lines')
export class UnparsedLinesController {
  readonly #service: UnparsedLinesService;

  constructor(@Inject(UnparsedLinesService) service: UnparsedLinesService) {
    this.#service = service;
  }

  @Post()
  @Needs('sources.read')
  @ReadsLogs()
  @Audited('unparsed-lines.view', describeUnparsed)
  @HttpCode(200)
  @Answers(unparsedLinesAnswer)
  read(
    @Context() context: RequestContext,
    @Body({ schema: unparsedLinesRequest }) body: UnparsedLinesRequest,
    @UntilGone() signal: AbortSignal,
  ): Promise<UnparsedLinesAnswer> {
    return this.#service.read(context, body, signal);
  }
}
