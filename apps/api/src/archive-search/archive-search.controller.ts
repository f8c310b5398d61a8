import { Readable } from 'node:stream';
import { Body, Controller, HttpCode, Inject, Post, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { archiveSearchLine, archiveSearchRequest, type ArchiveSearchRequest } from '@akashi/contracts';
import type { FastifyReply } from 'fastify';
import { describeArchiveSearch } from '../audit-trail/describe-calls.ts';
import { Audited } from '../audit-trail/route-audit.ts';
import { AnswersLines } from '../openapi/answers-lines.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { ReadsLogs } from '../request-context/reads-logs.ts';
import { Context, UntilGone } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { ArchiveSearchService } from './archive-search.service.ts';

@ApiTags('search')
@ApiBearerAuth()
@Controller('v1/archive-searches')
export class ArchiveSearchController {
  readonly #service: ArchiveSearchService;

  constructor(@Inject(ArchiveSearchService) service: ArchiveSearchService) {
    this.#service = service;
  }

  /** On record before its first line, and again when it has ended, with how many hits it showed. */
  @Post()
  @HttpCode(200)
  @Needs('logs.search')
  @ReadsLogs()
  @Audited('search', describeArchiveSearch)
  @Problems(
    'query-unreadable',
    'time-range-invalid',
    'archive-search-busy',
    'quota-exceeded',
    'archive-unavailable',
    'evidence-altered',
    'key-missing',
  )
  @AnswersLines(archiveSearchLine, 'Progress, hits and an end, as they come. Closing the connection ends the search')
  async search(
    @Context() context: RequestContext,
    @Body({ schema: archiveSearchRequest }) body: ArchiveSearchRequest,
    @UntilGone() signal: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { lines, release } = await this.#service.begin(context, body, signal);
    reply.raw.once('close', release);
    // What stands between must hand each line on as it comes.
    reply.header('x-accel-buffering', 'no').header('cache-control', 'no-store, no-transform');
    return new StreamableFile(Readable.from(written(lines), { objectMode: false }), { type: 'application/x-ndjson' });
  }
}

async function* written(lines: AsyncIterable<unknown>): AsyncGenerator<Buffer, void, undefined> {
  for await (const line of lines) yield Buffer.from(`${JSON.stringify(line)}\n`);
}
