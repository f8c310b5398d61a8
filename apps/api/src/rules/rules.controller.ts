import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  newRule,
  problem,
  rule,
  ruleChange,
  ruleCheckAnswer,
  ruleCheckRequest,
  ruleDetail,
  ruleRemoval,
  rulesAnswer,
  ruleTryAnswer,
  ruleTryRequest,
  starterSetAnswer,
  starterSetChoice,
  starterSetTaken,
  type NewRule,
  type RuleAnswer,
  type RuleChange,
  type RuleCheckAnswer,
  type RuleCheckRequest,
  type RuleDetail,
  type RuleRemoval,
  type RulesAnswer,
  type RuleTryAnswer,
  type RuleTryRequest,
  type StarterSetAnswer,
  type StarterSetChoice,
  type StarterSetTaken,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList, describeTarget } from '../audit-trail/describe-calls.ts';
import { describeRuleTry } from '../audit-trail/describe-watching.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import { CountsAsSearch } from '../request-context/reads-logs.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context, UntilGone } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { RuleTryService } from './rule-try.service.ts';
import { RulesService } from './rules.service.ts';
import { StarterSetService } from './starter-set.service.ts';

/** What an organisation has its events watched for (PCI DSS 10.4.1.1). */
@ApiTags('rules')
@ApiBearerAuth()
@Controller('v1/rules')
export class RulesController {
  readonly #rules: RulesService;
  readonly #tries: RuleTryService;
  readonly #starters: StarterSetService;

  constructor(
    @Inject(RulesService) rules: RulesService,
    @Inject(RuleTryService) tries: RuleTryService,
    @Inject(StarterSetService) starters: StarterSetService,
  ) {
    this.#rules = rules;
    this.#tries = tries;
    this.#starters = starters;
  }

  @Get()
  @Needs('rules.read')
  @Audited('rule.list', describeList)
  @Answers(rulesAnswer)
  list(@Context() context: RequestContext): Promise<RulesAnswer> {
    return this.#rules.list(context);
  }

  @Post()
  @Needs('rules.manage')
  @AuditedInside('rule.create')
  @Problems('rule-refused', 'conflict')
  @Answers(rule, { status: 201, description: 'Off, unless `enabled` says otherwise' })
  create(@Context() context: RequestContext, @Body({ schema: newRule }) body: NewRule): Promise<RuleAnswer> {
    return this.#rules.create(context, body);
  }

  @Post('check')
  @Needs('rules.manage')
  @Audited('rule.check')
  @HttpCode(200)
  @Answers(ruleCheckAnswer, { description: 'What keeps a rule from being used. Nothing is kept' })
  check(
    @Context() context: RequestContext,
    @Body({ schema: ruleCheckRequest }) body: RuleCheckRequest,
  ): Promise<RuleCheckAnswer> {
    return this.#rules.check(context, body.rule);
  }

  @Post('try')
  @Needs('rules.manage')
  @CountsAsSearch()
  @Audited('rule.try', describeRuleTry)
  @Problems('time-range-invalid', 'archive-search-busy', 'archive-unavailable', 'evidence-altered', 'key-missing')
  @HttpCode(200)
  @Answers(ruleTryAnswer, { description: 'Alerts that it would have opened. Nothing is kept' })
  try(
    @Context() context: RequestContext,
    @Body({ schema: ruleTryRequest }) body: RuleTryRequest,
    @UntilGone() signal: AbortSignal,
  ): Promise<RuleTryAnswer> {
    return this.#tries.try(context, body, signal);
  }

  @Get('starter-set')
  @Needs('rules.read')
  @Audited('rule.list', describeList)
  @Answers(starterSetAnswer, { description: 'Rules for a card environment, ready to be taken' })
  starterSet(@Context() context: RequestContext): Promise<StarterSetAnswer> {
    return this.#starters.list(context);
  }

  @Post('starter-set')
  @Needs('rules.manage')
  @AuditedInside('rule.create')
  @HttpCode(200)
  @Answers(starterSetTaken)
  takeStarterSet(
    @Context() context: RequestContext,
    @Body({ schema: starterSetChoice }) body: StarterSetChoice,
  ): Promise<StarterSetTaken> {
    return this.#starters.take(context, body);
  }

  @Get(':id')
  @Needs('rules.read')
  @Audited('rule.view', describeTarget('rule'))
  @Answers(ruleDetail)
  get(@Context() context: RequestContext, @Param('id') id: string): Promise<RuleDetail> {
    return this.#rules.get(context, readId(id));
  }

  @Patch(':id')
  @Needs('rules.manage')
  @AuditedInside('rule.change', 'rule.enable', 'rule.disable')
  @Problems('rule-refused', 'conflict')
  @Answers(rule, { description: 'A changed rule is a new version, from one of the next blocks of the log on' })
  change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: ruleChange }) body: RuleChange,
  ): Promise<RuleAnswer> {
    return this.#rules.change(context, readId(id), body);
  }

  @Post(':id/remove')
  @Needs('rules.manage')
  @AuditedInside('rule.remove')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is asked about nothing any more. Its alerts and versions stay' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  remove(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: ruleRemoval }) body: RuleRemoval,
  ): Promise<void> {
    return this.#rules.remove(context, readId(id), body);
  }
}
