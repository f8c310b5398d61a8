import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  finding,
  findingChange,
  findingsAnswer,
  findingsQuery,
  newFinding,
  type FindingAnswer,
  type FindingChange,
  type FindingsAnswer,
  type FindingsQuery,
  type NewFinding,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList, describeTarget } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { FindingsService } from './findings.service.ts';

/** What reviews found (PCI DSS 10.4.3). */
@ApiTags('findings')
@ApiBearerAuth()
@Controller('v1/findings')
export class FindingsController {
  readonly #service: FindingsService;

  constructor(@Inject(FindingsService) service: FindingsService) {
    this.#service = service;
  }

  @Get()
  @Needs('reviews.read')
  @Audited('finding.list', describeList)
  @Problems('cursor-invalid')
  @Answers(findingsAnswer)
  list(
    @Context() context: RequestContext,
    @Query({ schema: findingsQuery }) query: FindingsQuery,
  ): Promise<FindingsAnswer> {
    return this.#service.list(context, query);
  }

  @Get(':id')
  @Needs('reviews.read')
  @Audited('finding.view', describeTarget('finding'))
  @Problems('search-unavailable', 'too-many-requests')
  @Answers(finding)
  get(@Context() context: RequestContext, @Param('id') id: string): Promise<FindingAnswer> {
    return this.#service.get(context, readId(id));
  }

  @Post()
  @Needs('findings.manage')
  @AuditedInside('finding.create')
  @Problems('conflict', 'search-unavailable', 'too-many-requests')
  @Answers(finding, { status: 201, description: 'One that no item of a review is about' })
  create(@Context() context: RequestContext, @Body({ schema: newFinding }) wanted: NewFinding): Promise<FindingAnswer> {
    return this.#service.create(context, wanted);
  }

  @Patch(':id')
  @Needs('findings.manage')
  @AuditedInside('finding.change')
  @Problems('conflict', 'finding-settled', 'separation-of-duties', 'search-unavailable', 'too-many-requests')
  @Answers(finding)
  change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: findingChange }) change: FindingChange,
  ): Promise<FindingAnswer> {
    return this.#service.change(context, readId(id), change);
  }
}
