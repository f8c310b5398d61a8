import type {
  OpenFinding,
  TenantDatabase,
  TenantId,
  VerificationFinding,
  VerificationProgress,
} from '@akashi/database';
import { disposalKind, keysDestroyedKind, readTombstone, tombstoneKind, type LogReader } from '@akashi/integrity';
import { destroyedKeyFindings, isKeyDestroyed } from './check-destroyed-keys.ts';
import { disposalFindings, isDisposed, type DisposalPlaces } from './check-disposals.ts';
import { checkReplaced } from './check-replaced.ts';
import { checkLogGrowth, readProvenEntries, type KnownTree, type NewestTree } from './check-log-growth.ts';
import { checkSealedBlock } from './check-sealed-block.ts';
import { ledgerFindings, unsealedRow } from './compare-ledger.ts';
import { logReaderOf } from './log-root.ts';
import { listUnexpectedObjects } from './unexpected-objects.ts';
import { isPassDue, passDueAt, passSteps, passTarget, wholePass, type PassPace } from './rolling-pass.ts';
import type { VerificationParts } from './verification-parts.ts';

export interface ArchiveRun {
  readonly tenantId: TenantId;
  /** What was proven before: the log must go on from it. */
  readonly known: KnownTree;
  readonly progress: VerificationProgress;
  readonly pace: PassPace;
}

export interface ArchiveOutcome {
  /** The newest tree, when everything new in it was proven. */
  readonly head: NewestTree | null;
  readonly progress: VerificationProgress;
  readonly blocks: number;
  readonly records: number;
}

/**
 * Verifies archive and ledger of one organisation: that the log goes on from what was proven, every new block down to its
 * records, and a part of the pass over all blocks. What a step finds is kept with its place before the next begins.
 */
export async function verifyArchive(parts: VerificationParts, run: ArchiveRun): Promise<ArchiveOutcome> {
  return new ArchiveVerification(parts, run).run();
}

class ArchiveVerification {
  readonly #parts: VerificationParts;
  readonly #run: ArchiveRun;
  readonly #tenant: TenantDatabase;
  readonly #startedAt: Date;
  #blocks = 0;
  #records = 0;

  constructor(parts: VerificationParts, run: ArchiveRun) {
    this.#parts = parts;
    this.#run = run;
    this.#tenant = parts.database.forTenant(run.tenantId);
    this.#startedAt = parts.now();
  }

  async run(): Promise<ArchiveOutcome> {
    const { tenantId, known, progress } = this.#run;
    const archive = this.#parts.archive.forTenant(tenantId);
    const reader = logReaderOf(archive);
    const verifierKeys = this.#parts.keyring.forTenant(tenantId).verifierKeys();
    const growth = await checkLogGrowth({ archive, reader }, known, verifierKeys);
    await this.#settle([...growth.findings, ...(await unsealedRow(this.#tenant))], isOfGrowth);
    const { head } = growth;
    if (head === null) return { head, progress, blocks: 0, records: 0 };
    let checkedBlocks = Math.max(progress.checkedBlocks, known.size);
    let isProven = true;
    for (let from = known.size; from < head.size; from += passSteps.blocks) {
      const to = Math.min(from + passSteps.blocks, head.size);
      isProven = (await this.#checkRange(reader, head, { from, to })) && isProven;
      checkedBlocks = Math.max(checkedBlocks, to);
    }
    const rolled = await this.#roll({ ...progress, checkedBlocks }, reader, head);
    return { head: isProven ? head : null, progress: rolled, blocks: this.#blocks, records: this.#records };
  }

  async #roll(progress: VerificationProgress, reader: LogReader, head: KnownTree): Promise<VerificationProgress> {
    const { pace } = this.#run;
    let pass = progress;
    if (pass.passStartedAt === null) {
      if (!isPassDue(pass.wholePassStartedAt, pace, this.#startedAt)) return this.#keep(pass);
      pass = { ...pass, passStartedAt: this.#startedAt, passCursor: '0', passDone: 0, passTotal: head.size };
    }
    const { passStartedAt, passDone: done, passTotal: total } = pass;
    const target = passTarget({ startedAt: passStartedAt ?? this.#startedAt, done, total }, pace, this.#startedAt);
    while (pass.passDone < target) {
      const from = Number(pass.passCursor ?? 0);
      const to = Math.min(from + pace.step, pass.passTotal);
      await this.#checkRange(reader, head, { from, to });
      pass = { ...pass, passCursor: String(to), passDone: to };
      if (to < pass.passTotal) await this.#keep(pass);
    }
    if (pass.passDone < pass.passTotal) return this.#keep(pass);
    return this.#keep(wholePass(pass, this.#parts.now()));
  }

  /** Entries, blocks and rows of a range; answers whether the archive is as it was sealed. */
  async #checkRange(reader: LogReader, head: KnownTree, { from, to }: { from: number; to: number }): Promise<boolean> {
    const { entries, findings } = await readProvenEntries(reader, head, { from, to });
    const places = { reader, head, tenant: this.#tenant };
    const found = [...findings, ...(await this.#checkBlocks(from, entries, places))];
    await this.#settle(found, ({ block }) => block !== undefined && block >= from && block < to);
    return found.every(({ code }) => code.startsWith('ledger-'));
  }

  async #checkBlocks(
    from: number,
    entries: readonly Buffer[],
    disposals: DisposalPlaces,
  ): Promise<VerificationFinding[]> {
    const { tenantId } = this.#run;
    const archive = this.#parts.archive.forTenant(tenantId);
    const places = { tenantId, archive, keys: this.#parts.keyring.forTenant(tenantId) };
    const found: VerificationFinding[] = [];
    const replacements = new Set<string>();
    for (const [offset, entry] of entries.entries()) {
      const number = from + offset;
      const { header, statement, findings } = await checkSealedBlock(places, entry, number);
      const replaced = header === null ? null : await checkReplaced({ ...places, ...disposals }, header, entry);
      found.push(...(await ledgerFindings(this.#tenant, number, entry)));
      if (statement?.kind === disposalKind) found.push(...(await disposalFindings(disposals, statement)));
      if (statement?.kind === keysDestroyedKind) found.push(...destroyedKeyFindings(disposals, statement));
      if (statement?.kind === tombstoneKind && readTombstone(statement) === null)
        found.push({ code: 'tombstone-false', where: `log/tile/entries block ${number}`, block: number });
      for (const key of replaced?.keys ?? []) replacements.add(key);
      const isUnopened = findings.some(({ code }) => code === 'data-key-missing');
      const isExplained =
        isUnopened && header !== null && (await isKeyDestroyed({ ...disposals, tenant: this.#tenant }, header));
      const isMissing = findings.some(({ code }) => code === 'block-missing');
      if (isMissing && header !== null && (await isDisposed(disposals, header))) continue;
      found.push(...(replaced?.findings ?? []));
      const isReplaced = replaced?.isInPlace === true;
      if (!isExplained) found.push(...findings.filter(({ code }) => !isReplaced || code !== 'block-missing'));
      this.#blocks += 1;
      this.#records += header?.records ?? 0;
    }
    found.push(...(await listUnexpectedObjects(archive, from, entries, (key) => replacements.has(key))));
    return found;
  }

  async #settle(found: readonly VerificationFinding[], covers: (finding: OpenFinding) => boolean): Promise<void> {
    await this.#tenant.verificationFindings.settle({ part: 'archive', found, covers, at: this.#parts.now() });
  }

  async #keep(progress: VerificationProgress): Promise<VerificationProgress> {
    const kept = { ...progress, passDueAt: passDueAt(progress, this.#run.pace), updatedAt: this.#startedAt };
    await this.#tenant.verificationProgress.put('archive', kept);
    return kept;
  }
}

/** What every run looks at anew; findings of other files of the log stay until everything is verified. */
const codesOfGrowth = new Set([
  'checkpoint-missing',
  'checkpoint-root-mismatch',
  'history-rewritten',
  'log-truncated',
  'ledger-block-unsealed',
]);

function isOfGrowth({ code, where }: OpenFinding): boolean {
  return codesOfGrowth.has(code) || where === 'log/checkpoint';
}
