import { holdsBlock, type BlockSpan, type HeldPart } from './legal-hold.ts';

export interface KeptBlock extends BlockSpan {
  /** The latest time of every policy that its records were under, microseconds since 1970; null: for ever. */
  readonly keptUntilUs: number | null;
}

export interface DueAt {
  readonly nowUs: number;
  /** Holds in force, also those whose lift waits for a second person. */
  readonly holds: readonly HeldPart[];
}

/** Whether a block may be removed by now: its time is over, and nothing holds it. The one place that decides it. */
export function isDue(block: KeptBlock, { nowUs, holds }: DueAt): boolean {
  return block.keptUntilUs !== null && block.keptUntilUs <= nowUs && !holds.some((hold) => holdsBlock(hold, block));
}
