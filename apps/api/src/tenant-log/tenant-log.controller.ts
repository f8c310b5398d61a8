import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  blocksAnswer,
  blocksQuery,
  checkpointAnswer,
  verificationProgress,
  verificationsAnswer,
  type BlocksAnswer,
  type CheckpointAnswer,
  type VerificationProgress,
  type VerificationsAnswer,
} from '@akashi/contracts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, NotAudited } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { TenantLogService } from './tenant-log.service.ts';
import { VerificationProgressService } from './verification-progress.service.ts';

@ApiTags('tenant log')
@ApiBearerAuth()
@Controller('v1/log')
export class TenantLogController {
  readonly #service: TenantLogService;
  readonly #progress: VerificationProgressService;

  constructor(
    @Inject(TenantLogService) service: TenantLogService,
    @Inject(VerificationProgressService) progress: VerificationProgressService,
  ) {
    this.#service = service;
    this.#progress = progress;
  }

  @Get('checkpoint')
  @Needs('logs.search')
  @Audited('log.checkpoint')
  @Answers(checkpointAnswer)
  checkpoint(@Context() context: RequestContext): Promise<CheckpointAnswer> {
    return this.#service.checkpoint(context);
  }

  @Get('blocks')
  @Needs('integrity.read')
  @Audited('log.blocks', describeList)
  @Answers(blocksAnswer)
  blocks(
    @Context() context: RequestContext,
    @Query({ schema: blocksQuery }) page: { limit: number; cursor?: string },
  ): Promise<BlocksAnswer> {
    return this.#service.blocks(context, page);
  }

  @Get('verifications')
  @Needs('integrity.read')
  @Audited('verification.list', describeList)
  @Answers(verificationsAnswer)
  verifications(@Context() context: RequestContext): Promise<VerificationsAnswer> {
    return this.#service.verifications(context);
  }

  @Get('verification')
  @Needs('integrity.read')
  @NotAudited('how far the checks have come, asked for again and again; no log is read')
  @Answers(verificationProgress)
  progress(@Context() context: RequestContext): Promise<VerificationProgress> {
    return this.#progress.of(context);
  }
}
