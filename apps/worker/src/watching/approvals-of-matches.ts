import { approvalsOfActs, type KnownClaims, type TenantId } from '@akashi/database';
import type { RuleMatch } from '@akashi/detection';
import { createAccessScope, ownLogGroupPrefix } from '@akashi/policy';

/** Whoever wrote a rule, it is asked about every event of the organisation. */
const everything = createAccessScope([
  { logGroups: ['*', `${ownLogGroupPrefix}*`], logStreams: [], sources: [], rowFilter: null, hiddenFields: [] },
]);

export interface BlockOfMatches {
  readonly entry: number;
  readonly createdUs: number;
  readonly matches: readonly RuleMatch[];
}

/**
 * Fills in whether an approval covers what matched: by the masters as they stood when the block was made, and by what the log had
 * taught of sessions and leases up to it. Deciding the same log again with the same masters' history gives the same.
 */
export async function withApprovals(
  known: Pick<KnownClaims, 'mastersAt' | 'about'>,
  tenantId: TenantId,
  { entry, createdUs, matches }: BlockOfMatches,
): Promise<readonly RuleMatch[]> {
  if (matches.every(({ act }) => act === undefined)) return matches;
  const acts = matches.flatMap(({ act, eventAtUs }) =>
    act === undefined ? [] : [{ document: act, timeMs: Math.floor(eventAtUs / 1_000) }],
  );
  const masters = await known.mastersAt(tenantId, new Date(Math.floor(createdUs / 1_000)));
  const asker = { tenantId, scope: everything, throughEntry: entry };
  const states = (await approvalsOfActs(known, asker, { acts, masters })).values();
  return matches.map((match) =>
    match.act === undefined ? match : { ...match, approval: states.next().value ?? 'unknown' },
  );
}
