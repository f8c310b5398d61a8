import type { NewFinding } from '@akashi/contracts';
import type { FindingValues } from '@akashi/database';

/** What is said of a finding when it is recorded; what is left out is not known yet. */
export type SaidOfFinding = Partial<Omit<NewFinding, 'eventIds' | 'when' | 'title'>> & {
  readonly title: string;
  readonly when?: string | Date | null | undefined;
};

export function valuesOf(said: SaidOfFinding): FindingValues {
  return {
    title: said.title,
    severity: said.severity ?? 'medium',
    ownerId: said.owner ?? null,
    dueOn: said.dueOn ?? null,
    who: said.who ?? null,
    when: said.when == null ? null : new Date(said.when),
    system: said.system ?? null,
    reason: said.reason ?? null,
    cause: said.cause ?? null,
    action: said.action ?? null,
    outcome: said.outcome ?? null,
    ticket: said.ticket ?? null,
  };
}
