import type { GroupRule } from '../api-client/identity-providers.ts';

/** A rule while it is typed: its claim values one a line. `key` tells it apart while rules come, go and move. */
export interface TypedRule {
  readonly key: number;
  readonly values: string;
  readonly role: GroupRule['role'];
  readonly groupIds: readonly string[];
}

const firstRule: GroupRule = { values: [], role: 'viewer', groupIds: [] };

/** What the form begins with; a new provider's form with one rule to fill in. */
export function typeRules(rules: readonly GroupRule[] = [firstRule]): TypedRule[] {
  return rules.map(({ values, role, groupIds }, key) => ({ key, values: values.join('\n'), role, groupIds }));
}

export function readRules(rules: readonly TypedRule[]): GroupRule[] {
  return rules.map(({ values, role, groupIds }) => ({ values: claimValues(values), role, groupIds: [...groupIds] }));
}

/** One value a line, each once: a group's name may hold spaces and commas. */
function claimValues(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(lines)].filter((line) => line !== '');
}

export function withNewRule(rules: readonly TypedRule[]): TypedRule[] {
  const key = 1 + Math.max(-1, ...rules.map((rule) => rule.key));
  return [...rules, { key, values: '', role: firstRule.role, groupIds: [] }];
}

/** The order counts: the first rule that fits and has a role gives it. */
export function withRuleMoved(rules: readonly TypedRule[], from: number, to: number): TypedRule[] {
  const moved = rules[from];
  return moved === undefined ? [...rules] : rules.toSpliced(from, 1).toSpliced(to, 0, moved);
}

/** Somebody whom no rule gives a role cannot sign in; without any such rule that is everybody. */
export function lacksRole(rules: readonly TypedRule[]): boolean {
  return rules.every(({ role }) => role === null);
}
