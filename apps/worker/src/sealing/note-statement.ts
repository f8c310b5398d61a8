import type { NewDisposal } from '@akashi/database';
import { formatBlockRanges, numbersOf, readDisposal, type LogStatement } from '@akashi/integrity';

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
