import type { TenantDatabase } from '@akashi/database';
import { starterRules } from '@akashi/detection';

const noTrail = (): Promise<void> => Promise.resolve();

/** The starter set, switched off: the story of the demonstration is told by what people switch on. What is there stays as it is. */
export async function putRules({ rules }: TenantDatabase, at: Date): Promise<void> {
  const present = new Set((await rules.list()).map(({ starter }) => starter));
  for (const { id, rule } of starterRules) {
    if (present.has(id)) continue;
    const { title, kind, severity } = rule;
    const content = {
      title,
      kind,
      severity,
      format: 'json',
      source: JSON.stringify(rule, null, 2),
      document: rule,
    } as const;
    await rules.create({ ...content, starter: id, enabled: true }, { by: 'Akashi', at, reason: null }, noTrail);
  }
}
