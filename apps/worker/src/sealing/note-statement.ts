import type { NewDisposal, NewTombstone } from '@akashi/database';
import {
  countOf,
  formatBlockRanges,
  numbersOf,
  readDisposal,
  readTombstone,
  type LogStatement,
} from '@akashi/integrity';

/** What the ledger notes of a statement besides its row; null for a kind that it notes nothing of. */
export function disposalOf(statement: LogStatement): NewDisposal | null {
  const disposal = readDisposal(statement);
  if (disposal === null) return null;
  const { ranges, records, firstReceivedUs, lastReceivedUs, policies, root, dueUs, rule } = disposal;
  return {
    entry: statement.entry,
    createdAt: new Date(Math.floor(statement.createdUs / 1000)),
    blocks: formatBlockRanges(ranges),
    // Our own statements only: each number of theirs is a block of the log.
    blockNumbers: numbersOf(ranges),
    records,
    firstReceivedUs,
    lastReceivedUs,
    policies,
    root: Buffer.from(root),
    rule,
    dueAt: new Date(Math.ceil(dueUs / 1000)),
  };
}

/** The same of a tombstone. */
export function tombstoneOf(
  statement: LogStatement,
): (NewTombstone & { readonly entry: number; readonly createdAt: Date }) | null {
  const tombstone = readTombstone(statement);
  if (tombstone === null) return null;
  const { block, ranges, reason, rule, asked, approved } = tombstone;
  const createdAt = new Date(Math.floor(statement.createdUs / 1000));
  const positions = formatBlockRanges(ranges);
  return {
    entry: statement.entry,
    createdAt,
    block,
    positions,
    records: countOf(ranges),
    reason,
    rule,
    asked,
    approved,
  };
}
