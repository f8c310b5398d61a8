/**
 * The end of a log: the statement that the keys of a closed organisation are destroyed. It comes last and says of each key
 * what the entries say of it; the blocks that nobody can open any more are told when the whole log was walked.
 */
import {
  keepUntilOf,
  keysDestroyedKind,
  readKeysDestroyed,
  type BlockHeader,
  type KeysDestroyed,
  type LogStatement,
} from '@akashi/integrity';
import type { Findings, Problem } from './findings.ts';

export interface DestroyedKeyTotals {
  /** Number of the statement; null where the log has none. */
  entry: number | null;
  keys: number;
  /** Blocks that are there and cannot be opened any more, and their records. */
  blocks: number;
  records: number;
}

export interface DestroyedKeyVerifier {
  readonly totals: DestroyedKeyTotals;
  /** An entry of the log, a block or not; null for one that could not be read. */
  see(entry: { readonly number: number; readonly header: BlockHeader | null } | null): void;
  /** Whether the statement is of this kind; what is wrong with it is told at the end. */
  note(statement: LogStatement): boolean;
  /** A block that is as it was sealed and whose key was not given: `settle` is told at the end what that means. */
  unopened(header: BlockHeader, problem: Problem, settle: (problems: readonly Problem[]) => void): void;
  finish(): void;
}

interface Tally {
  blocks: number;
  records: number;
}

interface Unopened {
  readonly header: BlockHeader;
  readonly problem: Problem;
  readonly settle: (problems: readonly Problem[]) => void;
}

const statementObject = 'log/tile/entries';

export function createDestroyedKeyVerifier({ findings }: { readonly findings: Findings }): DestroyedKeyVerifier {
  const totals: DestroyedKeyTotals = { entry: null, keys: 0, blocks: 0, records: 0 };
  const tallies = new Map<string, Tally>();
  const unopened: Unopened[] = [];
  let isWhole = true;
  let newest = -1;
  let latestUs: number | 'never' = 0;
  let sealed: { statement: LogStatement; destroyed: KeysDestroyed | null } | null = null;

  const isFalse = (entry: number): void =>
    findings.problem({ code: 'keys-destroyed-false', object: statementObject, block: entry });

  function tally({ dataKeyId, records }: BlockHeader): void {
    if (dataKeyId === null) return;
    const found = tallies.get(dataKeyId) ?? { blocks: 0, records: 0 };
    tallies.set(dataKeyId, { blocks: found.blocks + 1, records: found.records + records });
  }

  function saysOfEntries({ keys }: KeysDestroyed): boolean {
    const listed = new Map(keys.map((key) => [key.id, key]));
    if ([...tallies.keys()].some((id) => !listed.has(id))) return false;
    return keys.every(({ id, blocks, records }) => {
      const found = tallies.get(id) ?? { blocks: 0, records: 0 };
      return found.blocks === blocks && found.records === records;
    });
  }

  function checkStatement({ entry, createdUs }: LogStatement, destroyed: KeysDestroyed | null): void {
    if (destroyed === null || entry !== newest || destroyed.closedUs > createdUs || destroyed.dueUs > createdUs) {
      isFalse(entry);
      return;
    }
    if (latestUs === 'never' || latestUs > destroyed.dueUs)
      findings.problem({ code: 'keys-destroyed-early', object: statementObject, block: entry });
    if (isWhole && !saysOfEntries(destroyed)) isFalse(entry);
  }

  return {
    totals,
    see(entry) {
      if (entry === null) {
        isWhole = false;
        return;
      }
      newest = entry.number;
      if (entry.header === null) return;
      tally(entry.header);
      const untilUs = keepUntilOf(entry.header);
      if (latestUs !== 'never') latestUs = untilUs === 'never' ? untilUs : Math.max(latestUs, untilUs);
    },
    note(statement) {
      if (statement.kind !== keysDestroyedKind) return false;
      if (sealed === null) sealed = { statement, destroyed: readKeysDestroyed(statement) };
      else isFalse(statement.entry);
      return true;
    },
    unopened: (header, problem, settle) => void unopened.push({ header, problem, settle }),
    finish() {
      const destroyed = sealed?.destroyed ?? null;
      if (sealed !== null) checkStatement(sealed.statement, destroyed);
      const ids = new Set(destroyed?.keys.map(({ id }) => id));
      if (sealed !== null) Object.assign(totals, { entry: sealed.statement.entry, keys: ids.size });
      for (const { header, problem, settle } of unopened) {
        // A replacement may lie under another key than its header names: the problem says which one is missing.
        const isExplained = problem.fact !== undefined && ids.has(problem.fact);
        settle(isExplained ? [] : [problem]);
        if (!isExplained) continue;
        totals.blocks += 1;
        totals.records += header.records;
      }
    },
  };
}
