/**
 * Lawful disposals: which missing objects a statement explains, and whether each statement says of its blocks what their
 * entries do. A statement comes behind its blocks, so both are told when the whole log was walked.
 */
import {
  blockObjectKey,
  decodeEntries,
  decodeLogEntry,
  disposalKind,
  hashesAtLevel,
  isInRanges,
  keepUntilOf,
  numbersOf,
  readDisposal,
  readEdition,
  saysOfBlocks,
  sumDisposed,
  tileWidth,
  type BlockHeader,
  type Disposal,
  type LogStatement,
  type SealedHeader,
} from '@akashi/integrity';
import type { Findings, Problem } from './findings.ts';
import { KeptSizes } from './kept-sizes.ts';
import { UnreadableError } from './object-source.ts';
import { logFilesOf, type Store } from './object-store.ts';

export interface DisposedTotals {
  /** Blocks that are gone, as statements say. */
  blocks: number;
  records: number;
  statements: number;
  /** The first of them; null without any. */
  firstBlock: number | null;
}

export interface DisposalChecks {
  readonly store: Store;
  readonly findings: Findings;
  /** Entries of the log that is checked. */
  readonly size: number;
}

export interface DisposalVerifier {
  readonly totals: DisposedTotals;
  /** Whether the statement is a disposal; what is wrong with it is told at the end. */
  note(statement: LogStatement): boolean;
  /** A block's object is not there: `report` is told at the end what that means. */
  missing(header: BlockHeader, report: (problems: readonly Problem[]) => void): void;
  /** Whether a disposal before that entry lists the block. */
  lists(block: number, beforeEntry: number): boolean;
  finish(): Promise<void>;
}

interface SealedDisposal {
  readonly entry: number;
  readonly createdUs: number;
  readonly disposal: Disposal;
}

interface MissingBlock {
  readonly keepUntilUs: number | 'never';
  readonly records: number;
  readonly problem: Problem;
  readonly report: (problems: readonly Problem[]) => void;
  isExplained: boolean;
}

const statementObject = 'log/tile/entries';

export function createDisposalVerifier(checks: DisposalChecks): DisposalVerifier {
  const { findings } = checks;
  const totals: DisposedTotals = { blocks: 0, records: 0, statements: 0, firstBlock: null };
  const sealed: SealedDisposal[] = [];
  const listed = new KeptSizes();
  const missing = new Map<number, MissingBlock>();

  const isFalse = (entry: number): void =>
    findings.problem({ code: 'disposal-false', object: statementObject, block: entry });

  async function checkStatement({ entry, createdUs, disposal }: SealedDisposal): Promise<void> {
    const numbers = numbersOf(disposal.ranges);
    const isRepeated = numbers.some((number) => listed.has(number));
    const headers = await readHeaders(checks, numbers);
    for (const number of numbers) listed.add(number);
    let pending = 0;
    for (const number of numbers) {
      const gone = missing.get(number);
      if (gone === undefined) pending++;
      else if (gone.keepUntilUs !== 'never' && gone.keepUntilUs <= createdUs) gone.isExplained = true;
    }
    if (headers === null) return;
    const early = headers === 'other' ? [] : headers.filter(({ header }) => !isDueBy(header, createdUs));
    for (const { header } of early)
      findings.problem({ code: 'disposed-early', object: statementObject, block: header.block, fact: String(entry) });
    const isTrue =
      headers !== 'other' &&
      saysOfBlocks(disposal, sumDisposed(headers)) &&
      // Where a block went too early, that is what there is to say of the time.
      (early.length > 0 || isDueTime(disposal.dueUs, headers, createdUs));
    if (!isTrue || isRepeated) isFalse(entry);
    else if (pending > 0)
      findings.warning({ code: 'removal-pending', object: statementObject, fact: `${pending} ${entry}` });
  }

  return {
    totals,
    note(statement) {
      if (statement.kind !== disposalKind) return false;
      totals.statements++;
      const { entry, createdUs } = statement;
      const disposal = readDisposal(statement);
      // A number that the log does not have yet is nothing to look up.
      if (disposal === null || (disposal.ranges.at(-1)?.to ?? entry) >= entry) isFalse(entry);
      else sealed.push({ entry, createdUs, disposal });
      return true;
    },
    missing(header, report) {
      const object = blockObjectKey(header) ?? statementObject;
      const problem = { code: 'block-missing', object, block: header.block } as const;
      const { records } = header;
      missing.set(header.block, {
        keepUntilUs: keepUntilOf(header),
        records,
        problem,
        report,
        isExplained: false,
      });
    },
    lists: (block, beforeEntry) =>
      sealed.some(({ entry, disposal }) => entry < beforeEntry && isInRanges(disposal.ranges, block)),
    async finish() {
      for (const each of sealed) await checkStatement(each);
      for (const { isExplained, records, problem, report } of missing.values()) {
        report(isExplained ? [] : [problem]);
        if (!isExplained) continue;
        totals.blocks++;
        totals.firstBlock = Math.min(totals.firstBlock ?? Infinity, problem.block ?? Infinity);
        totals.records += records;
      }
    },
  };
}

function isDueBy(header: BlockHeader, timeUs: number): boolean {
  const keepUntilUs = keepUntilOf(header);
  return keepUntilUs !== 'never' && keepUntilUs <= timeUs;
}

function isDueTime(dueUs: number, headers: readonly SealedHeader[], createdUs: number): boolean {
  return dueUs <= createdUs && headers.every(({ header }) => isDueBy(header, dueUs));
}

/**
 * The headers of these blocks, from the entry bundles that the walk held against the tree; `other` when one of the entries is no
 * block with an object, null when a bundle cannot be read, which was told of where it was.
 */
export async function readHeaders(
  { store, size }: Pick<DisposalChecks, 'store' | 'size'>,
  numbers: readonly number[],
): Promise<SealedHeader[] | 'other' | null> {
  const headers: SealedHeader[] = [];
  let tile = -1;
  let entries: Buffer[] = [];
  for (const number of numbers) {
    if (Math.floor(number / tileWidth) !== tile) {
      tile = Math.floor(number / tileWidth);
      const bundle = await readBundleOf(store, tile, size);
      if (bundle === null) return null;
      entries = bundle;
    }
    const bytes = entries[number % tileWidth];
    if (bytes === undefined) return null;
    const entry = decodeLogEntry(bytes);
    if (!entry.ok || entry.kind !== 'block' || entry.objectKey === null) return 'other';
    headers.push({ bytes, header: entry.header });
  }
  return headers;
}

async function readBundleOf(store: Store, tile: number, size: number): Promise<Buffer[] | null> {
  const width = Math.min(tileWidth, hashesAtLevel(size, 0) - tile * tileWidth);
  try {
    const edition = await readEdition(logFilesOf(store), { level: 'entries', index: tile, width }, size);
    return 'missing' in edition ? null : decodeEntries(edition.bytes);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
  }
  return null;
}
