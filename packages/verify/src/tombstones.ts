/**
 * Records that were removed from blocks: which missing originals a tombstone explains, and whether the replacement that took the
 * block's place is what the tombstone says. A tombstone comes behind its block, so both are told when the whole log was walked.
 */
import {
  blockObjectKey,
  fitsBlock,
  numbersOf,
  readTombstone,
  replacementKey,
  tombstoneKind,
  type BlockHeader,
  type LogStatement,
  type SealedHeader,
  type Tombstone,
} from '@akashi/integrity';
import type { BlockOutcome, BlockReader } from './check-block.ts';
import { checkReplacement } from './check-replacement.ts';
import { readHeaders } from './disposals.ts';
import type { Findings, Problem } from './findings.ts';

export interface TombstoneTotals {
  /** Records that are gone, as tombstones say, and the blocks that they were of. */
  records: number;
  blocks: number;
  statements: number;
  /** Of these blocks those whose original is still there. */
  originalsLeft: number;
}

export interface TombstoneChecks extends BlockReader {
  readonly findings: Findings;
  /** Entries of the log that is checked. */
  readonly size: number;
  /** Whether a disposal before that entry lists the block. */
  readonly isDisposed: (block: number, beforeEntry: number) => boolean;
}

/** A block that is not at its place: reports what there is to say of it. */
export type Unexplained = (header: BlockHeader, report: (problems: readonly Problem[]) => void) => void;

/** Takes what was found of a block in its replacement, and reports it. */
export type Settle = (
  header: BlockHeader,
  outcome: BlockOutcome,
  report: (problems: readonly Problem[]) => void,
) => void;

export interface TombstoneVerifier {
  readonly totals: TombstoneTotals;
  /** Keys that the log gives to replacements. */
  readonly keys: ReadonlySet<string>;
  /** Whether the statement is a tombstone; what is wrong with it is told at the end. */
  note(statement: LogStatement): boolean;
  /** A block's original is not there: `report` is told at the end what that means. */
  missing(header: BlockHeader, report: (problems: readonly Problem[]) => void): void;
  /** Blocks that stay missing go to `unexplained`, what proven replacements hold to `settle`. */
  finish(unexplained: Unexplained, settle: Settle): Promise<void>;
}

interface Sealed {
  readonly entry: number;
  readonly tombstone: Tombstone;
}

interface Missing {
  readonly header: BlockHeader;
  readonly report: (problems: readonly Problem[]) => void;
}

const statementObject = 'log/tile/entries';

export function createTombstoneVerifier(checks: TombstoneChecks): TombstoneVerifier {
  const { findings } = checks;
  const totals: TombstoneTotals = { records: 0, blocks: 0, statements: 0, originalsLeft: 0 };
  const byBlock = new Map<number, Sealed[]>();
  const missing = new Map<number, Missing>();
  const keys = new Set<string>();

  const isFalse = (block: number): void =>
    findings.problem({ code: 'tombstone-false', object: statementObject, block });

  /** Those that say of the block what can be said of it; the others are told of. */
  function truthful(sealed: readonly Sealed[], { header }: SealedHeader): Sealed[] {
    return sealed.filter(({ entry, tombstone }) => {
      const isTrue = fitsBlock(tombstone, header) && !checks.isDisposed(header.block, entry);
      if (!isTrue) isFalse(entry);
      return isTrue;
    });
  }

  async function checkBlockOf(sealed: readonly Sealed[], block: SealedHeader): Promise<BlockOutcome | null> {
    const { header, bytes: headerBytes } = block;
    const original = missing.get(header.block);
    let newest: BlockOutcome | 'absent' = 'absent';
    let isEarlierThere = false;
    for (const [index, { entry, tombstone }] of [...sealed.entries()].reverse()) {
      const object = replacementKey(header, entry);
      keys.add(object);
      const removed = removedBy(sealed.slice(0, index + 1));
      const found = await checkReplacement(checks, { object, header, headerBytes, entry, tombstone, removed });
      if (index === sealed.length - 1) newest = found;
      else if (found !== 'absent') {
        isEarlierThere = true;
        for (const problem of found.problems) findings.problem(problem);
      }
    }
    const fact = `${header.block} ${sealed.at(-1)?.entry ?? 0}`;
    const object = blockObjectKey(header) ?? statementObject;
    if (newest === 'absent') {
      if (original === undefined || isEarlierThere) findings.warning({ code: 'replacement-pending', object, fact });
      return original !== undefined && isEarlierThere ? { problems: [], contents: null } : null;
    }
    totals.blocks++;
    totals.records += removedBy(sealed).length;
    if (original === undefined || isEarlierThere) {
      totals.originalsLeft++;
      findings.warning({ code: 'original-left', object, fact });
    }
    return newest;
  }

  return {
    totals,
    keys,
    note(statement) {
      if (statement.kind !== tombstoneKind) return false;
      totals.statements++;
      const tombstone = readTombstone(statement);
      if (tombstone === null) isFalse(statement.entry);
      else {
        const sealed = byBlock.get(tombstone.block) ?? [];
        byBlock.set(tombstone.block, [...sealed, { entry: statement.entry, tombstone }]);
      }
      return true;
    },
    missing(header, report) {
      missing.set(header.block, { header, report });
    },
    async finish(unexplained, settle) {
      for (const [number, all] of [...byBlock].sort(([left], [right]) => left - right)) {
        const headers = await readHeaders(checks, [number]);
        if (headers === 'other') for (const { entry } of all) isFalse(entry);
        const block = headers === null || headers === 'other' ? undefined : headers[0];
        const sealed = block === undefined ? [] : truthful(all, block);
        const outcome = block === undefined || sealed.length === 0 ? null : await checkBlockOf(sealed, block);
        if (outcome === null) continue;
        const gone = missing.get(number);
        missing.delete(number);
        if (gone === undefined) for (const problem of outcome.problems) findings.problem(problem);
        else settle(gone.header, outcome, gone.report);
      }
      for (const { header, report } of missing.values()) unexplained(header, report);
    },
  };
}

function removedBy(sealed: readonly Sealed[]): number[] {
  const positions = new Set(sealed.flatMap(({ tombstone }) => numbersOf(tombstone.ranges)));
  return [...positions].sort((left, right) => left - right);
}
