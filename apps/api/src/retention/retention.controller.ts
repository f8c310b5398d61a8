import { Body, Controller, Get, HttpCode, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  logGroupKeepingDetail,
  logGroupRetention,
  pciScopeChange,
  retentionAnswer,
  retentionEvidenceQuery,
  type LogGroupKeepingDetail,
  type LogGroupRetention,
  type PciScopeChange,
  type RetentionAnswer,
  type RetentionEvidenceQuery,
} from '@akashi/contracts';
import type { FastifyReply } from 'fastify';
import { readLogGroupName } from '../access/read-log-group-name.ts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside, type AuditedCall } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { AnswersFile, sendAsFile } from '../openapi/answers-file.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context, UntilGone } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { RetentionChangesService } from './retention-changes.service.ts';
import { evidenceTypes, retentionEvidence } from './retention-evidence.ts';
import { RetentionService } from './retention.service.ts';

const describeLogGroup = ({ params }: AuditedCall) => ({ target: { kind: 'log-group', name: params['name'] ?? '' } });
const describeEvidence = ({ query }: AuditedCall) => ({
  target: { kind: 'retention' },
  details: { format: query['format'] === 'csv' ? 'csv' : 'json' },
});

/** How long everything is kept and whether that is enough (PCI DSS 10.5.1), and changes of it. */
@ApiTags('retention')
@ApiBearerAuth()
@Controller('v1')
export class RetentionController {
  readonly #retention: RetentionService;
  readonly #changes: RetentionChangesService;

  constructor(
    @Inject(RetentionService) retention: RetentionService,
    @Inject(RetentionChangesService) changes: RetentionChangesService,
  ) {
    this.#retention = retention;
    this.#changes = changes;
  }

  @Get('retention')
  @Needs('retention.read')
  @Audited('retention.view', describeList)
  @Answers(retentionAnswer, { description: 'Every log group that the caller may see' })
  view(@Context() context: RequestContext, @UntilGone() signal: AbortSignal): Promise<RetentionAnswer> {
    return this.#retention.view(context, signal);
  }

  @Get('retention/evidence')
  @Needs('retention.read')
  @Audited('retention.evidence', describeEvidence)
  @AnswersFile('Every log group and log stream that the caller may see', Object.values(evidenceTypes))
  async evidence(
    @Context() context: RequestContext,
    @Query({ schema: retentionEvidenceQuery }) query: RetentionEvidenceQuery,
    @UntilGone() signal: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const file = retentionEvidence(await this.#retention.all(context, signal), query);
    sendAsFile(reply, file.head);
    return file.bytes;
  }

  @Get('log-groups/:name/retention')
  @Needs('retention.read')
  @Audited('retention.view', describeLogGroup)
  @Answers(logGroupKeepingDetail)
  logGroup(
    @Context() context: RequestContext,
    @Param('name') name: string,
    @UntilGone() signal: AbortSignal,
  ): Promise<LogGroupKeepingDetail> {
    return this.#retention.logGroup(context, readLogGroupName(name), signal);
  }

  @Put('log-groups/:name/retention')
  @Needs('retention.manage')
  @AuditedInside('retention.change', 'retention-policy.create', 'approval.request')
  @HttpCode(200)
  @Problems('below-floor', 'conflict', 'step-up-required', 'second-person-required', 'second-person-missing')
  @Answers(logGroupKeepingDetail, {
    description: 'Raised: in force for everything that exists. A lowering is refused until another person confirms it',
  })
  async move(
    @Context() context: RequestContext,
    @Param('name') name: string,
    @Body({ schema: logGroupRetention }) wanted: LogGroupRetention,
    @UntilGone() signal: AbortSignal,
  ): Promise<LogGroupKeepingDetail> {
    const logGroup = readLogGroupName(name);
    await this.#changes.moveLogGroup(context, logGroup, wanted);
    return this.#retention.logGroup(context, logGroup, signal);
  }

  @Put('log-groups/:name/pci-scope')
  @Needs('retention.manage')
  @AuditedInside('retention.change', 'approval.request')
  @HttpCode(200)
  @Problems('below-floor', 'conflict', 'step-up-required', 'second-person-required', 'second-person-missing')
  @Answers(logGroupKeepingDetail, { description: 'Taken out of scope only once another person confirms it' })
  async scope(
    @Context() context: RequestContext,
    @Param('name') name: string,
    @Body({ schema: pciScopeChange }) wanted: PciScopeChange,
    @UntilGone() signal: AbortSignal,
  ): Promise<LogGroupKeepingDetail> {
    const logGroup = readLogGroupName(name);
    await this.#changes.changeScope(context, logGroup, wanted);
    return this.#retention.logGroup(context, logGroup, signal);
  }
}
