import type { GroupRule } from '@akashi/database';

/** What a provider's groups mean here. */
export interface MappedAccess {
  readonly role: string;
  readonly enter: string[];
  /** Groups of the mapping that the person has no claim to any more; groups beside the mapping stay. */
  readonly leave: string[];
}

/** Null when no rule with a role fits: such a person has no access here. The first such rule names the role. */
export function readMapping(rules: readonly GroupRule[], claimed: readonly string[]): MappedAccess | null {
  const fitting = rules.filter(({ values }) => values.some((value) => claimed.includes(value)));
  const role = fitting.find((rule) => rule.role !== null)?.role ?? null;
  if (role === null) return null;
  const enter = [...new Set(fitting.flatMap(({ groupIds }) => groupIds))];
  const leave = [...new Set(rules.flatMap(({ groupIds }) => groupIds))].filter((id) => !enter.includes(id));
  return { role, enter, leave };
}
