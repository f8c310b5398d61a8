import type { PairedTenant, RemoveOutcome } from '@akashi/archive';
import type { AuditSender } from '@akashi/client';
import type { Database, Disposal, DueBlock, TenantDatabase, TenantId } from '@akashi/database';
import {
  blockRangesOf,
  decodeLogEntry,
  disposalContent,
  disposalKind,
  sumDisposed,
  type SealedHeader,
} from '@akashi/integrity';
import { isDue, type HeldPart } from '@akashi/policy';
import type { Search } from '@akashi/search';
import { earlierKeys } from './replaced-objects.ts';
import type { NewStatement, Sealer, StatementPlace } from '../sealing/sealer.ts';

export interface DisposalParts {
  readonly database: Pick<Database, 'forTenant'>;
  /** With its copy, where there is one. */
  readonly archive: { forTenant(tenantId: string): PairedTenant };
  readonly search: Pick<Search, 'forTenant'>;
  readonly sealer: Pick<Sealer, 'sealStatement'>;
  readonly trail: Pick<AuditSender, 'record'>;
  /** Whose trail tells of a closed organisation: a line in its own would have to be kept for a year in its turn. */
  readonly platformTenant: () => Promise<TenantId | null>;
  readonly now: () => Date;
  /** Told before each durable step, for fault drills. */
  readonly onStep: (step: string) => void;
}

export interface DisposalRun {
  readonly signal: AbortSignal;
  /** Blocks of one statement, and of one run; a run that has more to do says so. */
  readonly most?: { readonly statement: number; readonly run: number };
}

export interface DisposalOutcome {
  readonly removed: number;
  /** Blocks whose time is over and which the store still holds, by its own clock. */
  readonly heldByStore: number;
  /** There may be more: the run was cut short, or did all that one run may. */
  readonly isUnfinished: boolean;
}

/** PCI DSS 10.5.1: what was kept for as long as its policy says. */
const rule = { id: 'kept-days', requirement: 'pci:4.0.1:10.5.1' } as const;

/** A statement of so many blocks is far below the size of a log entry, and a run of so many ends within minutes. */
const usualMost = { statement: 500, run: 20_000 } as const;
/** Held together while nobody else may change what is kept: a few seconds at most. */
const pageOfRemovals = 20;

/**
 * Disposes of the blocks of one organisation whose time is over and which nothing holds. What goes is first said in a
 * statement of its log; then documents and objects go, one after the other. After a crash the next run goes on from what the
 * ledger notes of the statement.
 */
export async function dispose(parts: DisposalParts, tenantId: TenantId, run: DisposalRun): Promise<DisposalOutcome> {
  return new TenantDisposal(parts, tenantId, run).run();
}

class TenantDisposal {
  readonly #parts: DisposalParts;
  readonly #tenantId: TenantId;
  readonly #tenant: TenantDatabase;
  readonly #run: DisposalRun;
  #removed = 0;
  #heldByStore = 0;

  constructor(parts: DisposalParts, tenantId: TenantId, run: DisposalRun) {
    this.#parts = parts;
    this.#tenantId = tenantId;
    this.#tenant = parts.database.forTenant(tenantId);
    this.#run = run;
  }

  async run(): Promise<DisposalOutcome> {
    const { most = usualMost, signal } = this.#run;
    await this.#removeListed();
    const holds = await this.#tenant.legalHolds.inForce();
    let after = -1;
    let looked = 0;
    while (!signal.aborted && looked < most.run) {
      const now = this.#parts.now();
      const over = await this.#tenant.disposals.due({ now, after, limit: most.statement });
      const last = over.at(-1);
      if (last === undefined) return this.#outcome(false);
      after = last.number;
      // What is held costs no look at the store, and may be more than one run can take.
      const due = over.filter((block) => isDue(block, { nowUs: now.getTime() * 1000, holds }));
      looked += due.length;
      const numbers = await this.#notHeldByStore(due);
      if (numbers.length === 0) continue;
      this.#parts.onStep('disposal-before-statement');
      const entry = await this.#parts.sealer.sealStatement(this.#tenantId, (place) => this.#state(place, numbers));
      // Without one of its own, the seal may have brought back what a crash had cut short.
      if (entry !== null) this.#parts.onStep('disposal-after-statement');
      await this.#removeListed();
    }
    return this.#outcome(true);
  }

  #outcome(isUnfinished: boolean): DisposalOutcome {
    return { removed: this.#removed, heldByStore: this.#heldByStore, isUnfinished };
  }

  /** What the store would refuse to remove is not said to be disposed of. */
  async #notHeldByStore(due: readonly DueBlock[]): Promise<number[]> {
    const archive = this.#parts.archive.forTenant(this.#tenantId);
    const free: number[] = [];
    for (const { number, objectKey, replacementKey } of due) {
      const keys = replacementKey === null ? [objectKey] : [objectKey, replacementKey];
      const held = await Promise.all(keys.map((key) => archive.heldUntil(key)));
      if (held.every((until) => until === null)) free.push(number);
      else this.#heldByStore += 1;
    }
    return free;
  }

  /** Decided while nobody can raise, move or hold anything; null when nothing of it is due any more. */
  async #state({ createdUs, transaction }: StatementPlace, numbers: readonly number[]): Promise<NewStatement | null> {
    const { blocks, holds } = await transaction.blocksToDispose(numbers);
    const due = blocks.filter((block) => isDue(block, { nowUs: createdUs, holds }));
    if (due.length === 0) return null;
    const headers = due.map(({ number, header }) => sealedHeader(number, header));
    const dueUs = due.reduce((latest, { keptUntilUs }) => Math.max(latest, keptUntilUs ?? 0), 0);
    const ranges = blockRangesOf(due.map(({ number }) => number));
    return { kind: disposalKind, content: disposalContent({ ...sumDisposed(headers), ranges, dueUs, rule }) };
  }

  /** Removes what statements list, until nothing of it is left or something keeps it since. */
  async #removeListed(): Promise<void> {
    const { disposals } = this.#tenant;
    let after: number | null = -1;
    while (after !== null && !this.#run.signal.aborted) {
      const page = { after, limit: pageOfRemovals, at: this.#parts.now() };
      after = await disposals.removeListed(page, (block, holds) => this.#remove(block, holds));
    }
    this.#parts.onStep('disposal-before-end');
    await this.#tellEnded(await disposals.finish(this.#parts.now()));
  }

  /** Between the statement and now, after a crash for example, a hold or a raise may have come: it beats the removal. */
  async #remove(block: DueBlock, holds: readonly HeldPart[]): Promise<boolean> {
    const nowUs = this.#parts.now().getTime() * 1000;
    if (!isDue(block, { nowUs, holds })) return false;
    await this.#removeDocuments(block.number);
    this.#parts.onStep('disposal-before-removal');
    const outcome = await this.#removeObjects(block);
    this.#parts.onStep('disposal-before-note');
    if (outcome === 'held') this.#heldByStore += 1;
    else this.#removed += 1;
    return outcome !== 'held';
  }

  /** The newest replacement last: whoever reads meanwhile finds it. */
  async #removeObjects({ number, objectKey, replacementKey }: DueBlock): Promise<RemoveOutcome> {
    const archive = this.#parts.archive.forTenant(this.#tenantId);
    if (replacementKey === null) return archive.removeKept(objectKey);
    for (const key of await earlierKeys(this.#tenant, { number, objectKey, replacementKey }))
      if ((await archive.removeKept(key)) === 'held') return 'held';
    return archive.removeKept(replacementKey);
  }

  /** An index that is to keep records for as long as they are kept would show what is in no archive any more. */
  async #removeDocuments(block: number): Promise<void> {
    const segmentIds = await this.#tenant.documentsToCheck.ofBlocks({ from: block, to: block + 1 });
    if (segmentIds.length > 0) await this.#parts.search.forTenant(this.#tenantId).removeSegments(segmentIds);
  }

  async #tellEnded(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const disposal = await this.#tenant.disposals.get(id);
      if (disposal !== null) await this.#tell(disposal);
    }
  }

  async #tell({ id, entry, blocks, blockCount, records, policies, dueAt }: Disposal): Promise<void> {
    const { closedAt } = await this.#tenant.keyDestruction.state();
    const tenantId = closedAt === null ? this.#tenantId : await this.#parts.platformTenant();
    if (tenantId === null) return;
    await this.#parts.trail.record({
      tenantId,
      actor: { kind: 'system', id: 'disposal', name: 'Akashi' },
      origin: { address: 'worker' },
      event: {
        action: 'disposal.complete',
        outcome: 'success',
        target: { kind: 'disposal', id },
        count: records,
        details: {
          ...(closedAt === null ? {} : { tenant: this.#tenantId }),
          entry,
          blocks,
          blockCount,
          policies,
          due: dueAt.toISOString(),
          rule: rule.id,
        },
      },
    });
  }
}

function sealedHeader(number: number, header: string): SealedHeader {
  const bytes = Buffer.from(header, 'utf8');
  const decoded = decodeLogEntry(bytes);
  if (!decoded.ok || decoded.kind !== 'block') throw new Error(`the ledger's header of block ${number} is none`);
  return { bytes, header: decoded.header };
}
