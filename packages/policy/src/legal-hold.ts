import { matchesName } from './name-pattern.ts';

/** What a legal hold names. Receive times in microseconds since 1970: from inclusive, to exclusive; null: without end. */
export interface HeldPart {
  /** Names of log groups, `*` standing for any characters, the product's own included; none: every log group. */
  readonly logGroups: readonly string[];
  readonly fromUs: number | null;
  readonly toUs: number | null;
}

interface ReceivedSpan {
  /** Receive times of the first and the last record, microseconds since 1970; null without records. */
  readonly firstReceivedUs: number | null;
  readonly lastReceivedUs: number | null;
}

/** What is known of a sealed block. One of an earlier release names no log groups: it may hold records of any. */
export interface BlockSpan extends ReceivedSpan {
  readonly logGroups: readonly (ReceivedSpan & { readonly logGroup: string })[];
}

/**
 * Whether a hold keeps a block: one log group of it meets the names and the period. Whose a record is does not show in a
 * sealed block, so a hold for a person's sake keeps all of its period.
 */
export function holdsBlock(hold: HeldPart, block: BlockSpan): boolean {
  if (block.logGroups.length === 0) return meetsPeriod(hold, block);
  return block.logGroups.some((each) => meetsPeriod(hold, each) && holdsLogGroup(hold, each.logGroup));
}

export function holdsLogGroup({ logGroups }: Pick<HeldPart, 'logGroups'>, name: string): boolean {
  return logGroups.length === 0 || logGroups.some((pattern) => matchesName(pattern, name));
}

function meetsPeriod({ fromUs, toUs }: HeldPart, { firstReceivedUs, lastReceivedUs }: ReceivedSpan): boolean {
  if (fromUs !== null && lastReceivedUs !== null && lastReceivedUs < fromUs) return false;
  return toUs === null || firstReceivedUs === null || firstReceivedUs < toUs;
}
