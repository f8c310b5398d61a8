import type {
  NewRule,
  RuleAnswer,
  RuleChange,
  RuleCheckAnswer,
  RuleDetail,
  RuleInput,
  RuleProblemAnswer,
  RulesAnswer,
  RuleTryAnswer,
  RuleTryRequest,
  StarterRuleAnswer,
  StarterSetAnswer,
  StarterSetChoice,
  StarterSetTaken,
  WrittenRule,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type Rule = RuleAnswer;
export type RuleProblem = RuleProblemAnswer;
export type StarterRule = StarterRuleAnswer;
export type RuleTry = RuleTryAnswer;
export type { RuleDetail, RuleInput, WrittenRule };

export async function readRules(signal: AbortSignal): Promise<Rule[]> {
  return (await callApi<RulesAnswer>({ path: '/v1/rules', signal })).items;
}

export function readRule(id: string, signal: AbortSignal): Promise<RuleDetail> {
  return callApi({ path: `/v1/rules/${encodeURIComponent(id)}`, signal });
}

export function checkRule(rule: WrittenRule): Promise<RuleCheckAnswer> {
  return callApi({ method: 'POST', path: '/v1/rules/check', body: { rule } });
}

export function tryRule(body: RuleTryRequest, signal: AbortSignal): Promise<RuleTry> {
  return callApi({ method: 'POST', path: '/v1/rules/try', body, signal });
}

export function createRule(body: Pick<NewRule, 'rule'> & Partial<NewRule>): Promise<Rule> {
  return callApi({ method: 'POST', path: '/v1/rules', body });
}

export function changeRule(id: string, body: RuleChange): Promise<Rule> {
  return callApi({ method: 'PATCH', path: `/v1/rules/${encodeURIComponent(id)}`, body });
}

export function removeRule(id: string, reason: string): Promise<void> {
  return callApi({ method: 'POST', path: `/v1/rules/${encodeURIComponent(id)}/remove`, body: { reason } });
}

export async function readStarterSet(signal: AbortSignal): Promise<StarterRule[]> {
  return (await callApi<StarterSetAnswer>({ path: '/v1/rules/starter-set', signal })).items;
}

export function takeStarterSet(body: StarterSetChoice): Promise<StarterSetTaken> {
  return callApi({ method: 'POST', path: '/v1/rules/starter-set', body });
}
