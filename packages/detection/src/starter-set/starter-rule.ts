import type { Rule, RuleText } from '../rules/rule.ts';

/** A rule of the starter set, by a name that stays. */
export interface StarterRule {
  readonly id: string;
  readonly rule: Rule;
}

/** Everything of a kind of rule but what `starter` fills in. */
type RuleContent<Kind> = Kind extends Rule ? Omit<Kind, 'title' | 'requirements' | 'key' | 'quietSeconds'> : never;

interface StarterHead {
  readonly title: RuleText;
  /** Numbers of PCI DSS 4.0.1, blanks between them. */
  readonly requirements: string;
  readonly key: readonly string[];
  /** An hour when left out. */
  readonly quietSeconds?: number;
}

const hourSeconds = 3_600;

export function starter(id: string, head: StarterHead, content: RuleContent<Rule>): StarterRule {
  const requirements = head.requirements.split(' ').map((number) => `pci:4.0.1:${number}`);
  const { title, key, quietSeconds = hourSeconds } = head;
  return { id, rule: { title, requirements, key, quietSeconds, ...content } as Rule };
}
