import type { SequenceRule } from './rule.ts';

export interface AskedStep {
  /** The first one that has the condition: its match stands for all of them. */
  readonly step: number;
  readonly where: string;
  /** All that have it. */
  readonly steps: readonly number[];
}

/** The conditions of a sequence, each once: five failures before a success are one question. */
export function askedSteps({ steps }: Pick<SequenceRule, 'steps'>): AskedStep[] {
  const numbered = steps.map(({ where }, step) => ({ where, step }));
  return [...Map.groupBy(numbered, ({ where }) => where)].map(([where, same]) => ({
    where,
    step: same[0]?.step ?? 0,
    steps: same.map(({ step }) => step),
  }));
}
