import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  newRetentionPolicy,
  retentionPoliciesAnswer,
  retentionPolicyAnswer,
  retentionPolicyChange,
  type NewRetentionPolicy,
  type RetentionPoliciesAnswer,
  type RetentionPolicyAnswer,
  type RetentionPolicyChange,
} from '@akashi/contracts';
import { defaultRetentionPolicy, isRetentionPolicyName, meetsFloors } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { refuseDays } from './refuse-days.ts';
import { RetentionChangesService } from './retention-changes.service.ts';
import { RetentionPoliciesService } from './retention-policies.service.ts';

/** Days online and days kept that log groups share. */
@ApiTags('retention')
@ApiBearerAuth()
@Controller('v1/retention-policies')
export class RetentionPoliciesController {
  readonly #policies: RetentionPoliciesService;
  readonly #changes: RetentionChangesService;

  constructor(
    @Inject(RetentionPoliciesService) policies: RetentionPoliciesService,
    @Inject(RetentionChangesService) changes: RetentionChangesService,
  ) {
    this.#policies = policies;
    this.#changes = changes;
  }

  @Get()
  @Needs('retention.read')
  @Audited('retention-policy.list', describeList)
  @Answers(retentionPoliciesAnswer)
  list(@Context() context: RequestContext): Promise<RetentionPoliciesAnswer> {
    return this.#policies.list(context);
  }

  @Post()
  @Needs('retention.manage')
  @AuditedInside('retention-policy.create')
  @Problems('below-floor', 'name-taken', 'conflict')
  @Answers(retentionPolicyAnswer, { status: 201, description: 'Kept by nothing until a log group is given it' })
  create(
    @Context() context: RequestContext,
    @Body({ schema: newRetentionPolicy }) wanted: NewRetentionPolicy,
  ): Promise<RetentionPolicyAnswer> {
    return this.#policies.create(context, wanted);
  }

  @Put(':id')
  @Needs('retention.manage')
  @AuditedInside('retention.change', 'retention-policy.rename', 'approval.request')
  @Problems('below-floor', 'conflict', 'step-up-required', 'second-person-required', 'second-person-missing')
  @Answers(retentionPolicyAnswer, {
    description: 'Raised: in force for everything that exists. A lowering is refused until another person confirms it',
  })
  async change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: retentionPolicyChange }) wanted: RetentionPolicyChange,
  ): Promise<RetentionPolicyAnswer> {
    if (!isRetentionPolicyName(id)) throw new AppError('not-found');
    const before = await this.#policies.get(context, id);
    const { onlineDays = before.onlineDays, title = before.title } = wanted;
    const keptDays = wanted.keptDays === undefined ? before.keptDays : wanted.keptDays;
    // What is below the floors stays for log groups out of scope; the ledger refuses it while one in scope has it.
    refuseDays({ onlineDays, keptDays }, { inScope: id === defaultRetentionPolicy || meetsFloors(before) });
    if (onlineDays !== before.onlineDays) await this.#policies.refuseClass(onlineDays);
    await this.#policies.entitle(context, before, title);
    await this.#changes.changeDays(context, id, { onlineDays, keptDays });
    return this.#policies.show(context, id);
  }
}
