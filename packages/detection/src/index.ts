export {
  asksForApproval,
  opensIncident,
  ruleKinds,
  ruleSeverities,
  type AbsenceRule,
  type FirstSeenRule,
  type MatchRule,
  type OutsideRule,
  type Rule,
  type RuleHead,
  type RuleHours,
  type RuleInForce,
  type RuleKind,
  type RuleSeverity,
  type RuleText,
  type SequenceRule,
  type SigmaRule,
  type ThresholdRule,
} from './rules/rule.ts';
export { keepsMemory } from './checking/keeps-memory.ts';
export { ruleLimits } from './rules/rule-limits.ts';
export { compileRule, type CompiledRule, type RuleSettings } from './matching/compile-rule.ts';
export { keyText, keyValues } from './matching/key-text.ts';
export { eventOfDocument, eventOfReading, type ReadEvent, type RuleEvent } from './events/rule-event.ts';
export type { ApprovalState, RuleMatch } from './matching/rule-match.ts';
export { RuleSet, type RuleSetOptions } from './matching/rule-set.ts';
export { advance, keysOf, mostKeys, type Advanced, type AdvanceInput, type DecisionBatch } from './deciding/advance.ts';
export type { DecisionContext } from './deciding/alert-id.ts';
export type { Alert, AlertEvent } from './deciding/alert.ts';
export type { Hit, KeyMemory, KeyState, RuleKey } from './deciding/key-state.ts';
export { RuleMemory } from './deciding/rule-memory.ts';
export { ruleProblems, type RuleProblem } from './checking/rule-problems.ts';
export { RuleMeter, judgeRule, type RuleCost, type RuleVerdict } from './matching/rule-meter.ts';
export { parseSigma, type ParsedSigma, type SigmaFile } from './sigma/parse-sigma.ts';
export type { SigmaProblem, SigmaProblemCode } from './sigma/sigma-problem.ts';
export { sigmaRule } from './sigma/sigma-rule.ts';
export { starterRules, type StarterRule } from './starter-set/index.ts';
