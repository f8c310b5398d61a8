/** Block objects: each must be at the place its header gives, begin with the log's entry, and have the body it names. */
import {
  blockObjectKey,
  dataKeyKind,
  decodeLogEntry,
  isOfVersion1,
  readKeyChange,
  signingKeyKind,
  type BlockHeader,
  type LogEntry as SealedEntry,
  type LogStatement,
} from '@akashi/integrity';
import type { BlockPool } from './block-pool.ts';
import { describeBlock, type SealedBlock } from './block-contents.ts';
import { checkBlock, jobOf, type BlockOutcome, type BlockPlace, type BlockReader } from './check-block.ts';
import { createDayFolders, type DayFolders } from './day-folders.ts';
import { createDestroyedKeyVerifier, type DestroyedKeyTotals } from './destroyed-keys.ts';
import { createDisposalVerifier, type DisposedTotals } from './disposals.ts';
import { createTombstoneVerifier, type TombstoneTotals } from './tombstones.ts';
import type { Findings, Problem } from './findings.ts';
import type { OwnLine } from './reviews/own-lines.ts';
import type { Silence } from './reviews/verify-reviews.ts';
import type { LogEntry } from './verify-log.ts';

const minuteUs = 60 * 1_000_000;
/** An entry at least every ten minutes, or since version 2 every hour, is promised; some more allow for a slow moment. */
const longestSilenceUs = { version1: 12 * minuteUs, since: 65 * minuteUs } as const;

const nothing: BlockOutcome = { problems: [], contents: null };

export interface BlockChecks extends BlockReader {
  findings: Findings;
  tenantId: string;
  /** Entries of the log that is checked. */
  size: number;
  /** Starts threads for the blocks from then on; null when this thread is to check every block itself. */
  openPool: (() => BlockPool) | null;
  /** Stored bytes that this thread checks before it has threads started: most folders need none. */
  aloneBytes: number;
  /** Whether to tell what is in each block. */
  describes: boolean;
}

export interface BlockTotals {
  /** Blocks that were proven. */
  blocks: number;
  /** Records in proven blocks. */
  records: number;
  /** Entries that are no block. */
  statements: number;
  /** What went when its time was over, as statements say. */
  disposed: DisposedTotals;
  /** What lies under keys that were destroyed when a closed organisation's last retention was over. */
  destroyed: DestroyedKeyTotals;
  /** Records that were removed, as statements say. */
  tombstones: TombstoneTotals;
  /** Every proven block in the order of the log, when it is asked for. */
  sealed: SealedBlock[] | null;
  /** Lines of the product's own about reviews and reports, in the order of the log; only with data keys. */
  ownLines: OwnLine[];
  /** Where the blocks that hold them lie. */
  ownObjects: Map<number, string>;
  silences: Silence[];
}

export interface BlockVerifier {
  totals: BlockTotals;
  folders: DayFolders;
  /** Keys that the log gives to objects that took a block's place; all of them when it is finished. */
  replacementKeys: ReadonlySet<string>;
  /** Checks the block of an entry, or hands it to a thread. */
  verify(entry: LogEntry): Promise<void>;
  /** Resolves when every block was checked and the threads have ended. Also to be called after a fault. */
  finish(): Promise<void>;
}

export function createBlockVerifier(checks: BlockChecks): BlockVerifier {
  const { findings } = checks;
  const disposals = createDisposalVerifier(checks);
  const destroyed = createDestroyedKeyVerifier(checks);
  const tombstones = createTombstoneVerifier({
    ...checks,
    isDisposed: (block, before) => disposals.lists(block, before),
  });
  const totals: BlockTotals = {
    blocks: 0,
    records: 0,
    statements: 0,
    disposed: disposals.totals,
    destroyed: destroyed.totals,
    tombstones: tombstones.totals,
    sealed: checks.describes ? [] : null,
    ownLines: [],
    ownObjects: new Map(),
    silences: [],
  };
  const folders = createDayFolders(checks.store);
  let previous: SealedEntry | null = null;
  const sealed = new Map<number, SealedBlock>();
  let pool: BlockPool | null = null;
  let tooLarge = Promise.resolve();
  let checkedBytes = 0;

  function settle(header: BlockHeader, { problems, contents }: BlockOutcome): void {
    if (problems.length > 0) return;
    totals.blocks++;
    totals.records += header.records;
    const key = contents === null || contents.ownLines.length === 0 ? null : blockObjectKey(header);
    if (key !== null) {
      totals.ownLines.push(...(contents?.ownLines ?? []));
      totals.ownObjects.set(header.block, key);
    }
    // Threads answer in any order.
    if (totals.sealed !== null) sealed.set(header.block, describeBlock(header, contents));
  }

  function noteStatement(statement: LogStatement): void {
    const { kind, entry } = statement;
    totals.statements++;
    if (disposals.note(statement) || destroyed.note(statement) || tombstones.note(statement)) return;
    if (kind === dataKeyKind || kind === signingKeyKind) {
      if (readKeyChange(statement) !== null) return;
      findings.problem({ code: 'key-change-false', object: 'log/tile/entries', block: entry });
      return;
    }
    findings.warning({ code: 'statement-unknown', object: 'log/tile/entries', fact: `${kind} ${entry}` });
  }

  /** What cannot be opened for want of its key waits for the statement that the key was destroyed. */
  function settleAndReport(
    header: BlockHeader,
    found: BlockOutcome,
    report: (problems: readonly Problem[]) => void,
  ): void {
    settle(header, found);
    const [first, ...others] = found.problems;
    if (first?.code !== 'data-key-missing' || others.length > 0) {
      report(found.problems);
      return;
    }
    destroyed.unopened(header, first, (problems) => {
      settle(header, { problems: [...problems], contents: null });
      report(problems);
    });
  }

  async function check(place: BlockPlace): Promise<void> {
    checkedBytes += place.header.bodyLength;
    if (checkedBytes > checks.aloneBytes) pool ??= checks.openPool?.() ?? null;
    const report = findings.reserve();
    const settled = (found: BlockOutcome): void => {
      if (found.problems[0]?.code === 'block-missing') tombstones.missing(place.header, report);
      else settleAndReport(place.header, found, report);
    };
    const here = async (): Promise<void> => settled((await checkBlock(checks, place)) ?? nothing);
    if (pool === null) return here();
    const done = (outcome: BlockOutcome | null): void => {
      // What is too large for a thread is checked here: one at a time.
      if (outcome === null) tooLarge = tooLarge.then(here);
      else settled(outcome);
    };
    await pool.check(jobOf(place), { bytes: place.header.bodyLength, done });
  }

  return {
    totals,
    folders,
    replacementKeys: tombstones.keys,
    async verify({ index, bytes }) {
      if (bytes === null) {
        folders.skip(index);
        previous = null;
        destroyed.see(null);
        return;
      }
      const entry = decodeLogEntry(bytes);
      if (!entry.ok) {
        findings.problem({ code: 'header-malformed', object: 'log/tile/entries', block: index });
        folders.skip(index);
        destroyed.see(null);
        return;
      }
      const { objectKey: key } = entry;
      const object = key ?? 'log/tile/entries';
      if (entry.tenantId !== checks.tenantId || entry.number !== index) {
        findings.problem({
          code: 'header-misplaced',
          object,
          block: index,
          fact: `${entry.tenantId} ${entry.number}`,
        });
        folders.skip(index);
        return;
      }
      if (key !== null) await folders.enter(key);
      destroyed.see({ number: index, header: entry.kind === 'block' && key !== null ? entry.header : null });
      totals.silences.push(...checkTimes(findings, entry, previous));
      previous = entry;
      if (entry.kind === 'statement') noteStatement(entry.statement);
      else if (key === null) settle(entry.header, nothing);
      else await check({ object: key, header: entry.header, entry: bytes });
    },
    async finish() {
      await pool?.finish();
      await tooLarge;
      await tombstones.finish((header, report) => disposals.missing(header, report), settleAndReport);
      await disposals.finish();
      destroyed.finish();
      totals.ownLines.sort((left, right) => left.block - right.block || left.leaf - right.leaf);
      if (totals.sealed !== null) totals.sealed = [...sealed.values()].sort((left, right) => left.block - right.block);
    },
  };
}

function checkTimes(findings: Findings, entry: SealedEntry, previous: SealedEntry | null): Silence[] {
  const object = entry.objectKey ?? 'log/tile/entries';
  const backwards = previous !== null && entry.createdUs < previous.createdUs;
  const lastReceivedUs = entry.kind === 'block' ? entry.header.lastReceivedUs : null;
  const fromLater = lastReceivedUs !== null && lastReceivedUs > entry.createdUs;
  if (backwards || fromLater) findings.problem({ code: 'time-backwards', object, block: entry.number });
  const fromUs = previous?.createdUs;
  const toUs = entry.createdUs;
  const longestUs = isOfVersion1(entry) ? longestSilenceUs.version1 : longestSilenceUs.since;
  if (fromUs === undefined || toUs - fromUs <= longestUs) return [];
  findings.warning({ code: 'silence', object, fact: String(Math.round((toUs - fromUs) / 60_000_000)) });
  return [{ fromUs, toUs }];
}
