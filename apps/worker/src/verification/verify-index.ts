import type {
  DocumentsToCheck,
  OpenFinding,
  TenantDatabase,
  TenantId,
  VerificationFinding,
  VerificationProgress,
} from '@akashi/database';
import { documentGeneration } from '@akashi/log-event';
import { SearchFault, type DocumentsWanted } from '@akashi/search';
import { DocumentsCheck } from './check-documents.ts';
import { noProgress } from './no-progress.ts';
import {
  firstSegmentIdAt,
  isPassDue,
  passDueAt,
  passSteps,
  passTarget,
  wholePass,
  type PassPace,
} from './rolling-pass.ts';
import type { VerificationParts } from './verification-parts.ts';

const segmentsInWindow = 500;
/**
 * By so much the runs overlap in the time of segments' ids. What took longer on its way is found by its block, which was
 * sealed after the last run.
 */
const overlapMs = 60_000;

export interface IndexRun {
  readonly tenantId: TenantId;
  /** Sealed blocks that the run is about. */
  readonly size: number;
  /** Null: everything now. */
  readonly pace: PassPace | null;
}

export interface IndexOutcome {
  readonly progress: VerificationProgress;
  readonly documents: number;
}

/** Verifies the index of one organisation: what is new, and a part of the pass over all that is online. */
export async function verifyIndex(parts: VerificationParts, run: IndexRun): Promise<IndexOutcome> {
  return new IndexVerification(parts, run).run();
}

class IndexVerification {
  readonly #parts: VerificationParts;
  readonly #run: IndexRun;
  readonly #tenant: TenantDatabase;
  readonly #check: DocumentsCheck;
  readonly #startedAt: Date;
  #documents = 0;

  constructor(parts: VerificationParts, run: IndexRun) {
    this.#parts = parts;
    this.#run = run;
    this.#tenant = parts.database.forTenant(run.tenantId);
    this.#check = new DocumentsCheck(parts, run.tenantId);
    this.#startedAt = parts.now();
  }

  async run(): Promise<IndexOutcome> {
    const known = await this.#tenant.verificationProgress.get('index');
    const from = known?.checkedBlocks ?? 0;
    const wanted = { from, generation: documentGeneration };
    const waiting = await this.#tenant.documentsToCheck.firstWaitingBlock(wanted);
    const reach = Math.min(this.#run.size, waiting ?? this.#run.size);
    await this.#refresh();
    await this.#checkWithoutSegment();
    if (this.#run.pace !== null && known !== null) {
      await this.#checkNew(known, reach);
      const checked = { ...known, checkedBlocks: Math.max(known.checkedBlocks, reach) };
      return { progress: await this.#roll(await this.#keep(checked), this.#run.pace), documents: this.#documents };
    }
    const begun = { ...(known ?? noProgress), ...(await this.#newPass()) };
    const whole = await this.#pass(begun, Number.POSITIVE_INFINITY);
    const checkedBlocks = Math.max(whole.checkedBlocks, reach);
    return { progress: await this.#keep({ ...whole, checkedBlocks }), documents: this.#documents };
  }

  async #refresh(): Promise<void> {
    const { search } = this.#parts;
    try {
      await search.forTenant(this.#run.tenantId).refresh();
    } catch (error) {
      // A new index server has no streams yet.
      if (!(error instanceof SearchFault) || error.status !== 404) throw error;
      await search.platform.prepare();
    }
  }

  /** Documents that name no segment are nobody's. */
  async #checkWithoutSegment(): Promise<void> {
    const ids = await this.#parts.search.forTenant(this.#run.tenantId).listWithoutSegment();
    const found = ids.map((id) => ({ code: 'index-document-added', where: `document ${id}` }));
    await this.#settle(found, ({ segmentId }) => segmentId === undefined);
  }

  /** What came since the last run: by the time in segments' ids, and what was sealed late. */
  async #checkNew(known: VerificationProgress, reach: number): Promise<void> {
    const begin = firstSegmentIdAt(new Date(known.updatedAt.getTime() - overlapMs));
    const sealed = await this.#tenant.documentsToCheck.ofBlocks({ from: known.checkedBlocks, to: reach });
    const late = sealed.filter((id) => id <= begin).toSorted();
    for (let start = 0; start < late.length; start += segmentsInWindow) {
      const segmentIds = late.slice(start, start + segmentsInWindow);
      const segments = await this.#tenant.documentsToCheck.find(segmentIds, this.#startedAt);
      await this.#checkWindow(segments, { segmentIds });
    }
    for (let after = begin; ;) {
      const { segments, upTo } = await this.#window(after);
      await this.#checkWindow(segments, { after, upTo });
      if (upTo === undefined) return;
      after = upTo;
    }
  }

  async #roll(progress: VerificationProgress, pace: PassPace): Promise<VerificationProgress> {
    let pass = progress;
    if (pass.passStartedAt === null) {
      if (!isPassDue(pass.wholePassStartedAt, pace, this.#startedAt)) return pass;
      pass = { ...pass, ...(await this.#newPass()) };
    }
    const { passStartedAt, passDone: done, passTotal: total } = pass;
    return this.#pass(
      pass,
      passTarget({ startedAt: passStartedAt ?? this.#startedAt, done, total }, pace, this.#startedAt),
    );
  }

  async #newPass(): Promise<Partial<VerificationProgress>> {
    const passTotal = await this.#tenant.documentsToCheck.countIndexed();
    return { passStartedAt: this.#startedAt, passCursor: null, passDone: 0, passTotal };
  }

  /** Goes on with the pass until so many records were looked at; the place is kept after every window. */
  async #pass(begun: Omit<VerificationProgress, 'updatedAt'>, target: number): Promise<VerificationProgress> {
    let pass = { ...begun, updatedAt: this.#startedAt };
    for (;;) {
      const after = pass.passCursor ?? undefined;
      const { segments, upTo } = await this.#window(after);
      await this.#checkWindow(segments, { after, upTo });
      const records = segments.reduce((sum, each) => sum + (each.indexedAt === null ? 0 : each.records), 0);
      pass = { ...pass, passDone: pass.passDone + records, passCursor: upTo ?? pass.passCursor };
      if (upTo === undefined) return this.#keep(wholePass(pass, this.#parts.now()));
      await this.#keep(pass);
      if (pass.passDone >= target) return pass;
    }
  }

  /** The next segments, few enough for one look; without `upTo` they are the last, and what is behind them counts too. */
  async #window(after: string | undefined): Promise<{ segments: DocumentsToCheck[]; upTo: string | undefined }> {
    const now = this.#startedAt;
    const step = this.#run.pace?.step ?? passSteps.records;
    const listed = await this.#tenant.documentsToCheck.list({ after, limit: segmentsInWindow, now });
    let records = 0;
    const end = listed.findIndex((each) => (records += each.records) >= step);
    const segments = end < 0 ? listed : listed.slice(0, end + 1);
    const isLast = segments.length === listed.length && listed.length < segmentsInWindow;
    return { segments, upTo: isLast ? undefined : segments.at(-1)?.segmentId };
  }

  async #checkWindow(segments: readonly DocumentsToCheck[], wanted: DocumentsWanted): Promise<void> {
    // After the ledger was read: whatever it says is indexed can be found from here on.
    await this.#refresh();
    const { findings, documents } = await this.#check.run(segments, wanted);
    this.#documents += documents;
    await this.#settle(findings, ({ segmentId }) => segmentId !== undefined && isWanted(wanted, segmentId));
  }

  async #settle(found: readonly VerificationFinding[], covers: (finding: OpenFinding) => boolean): Promise<void> {
    await this.#tenant.verificationFindings.settle({ part: 'index', found, covers, at: this.#parts.now() });
  }

  async #keep(progress: VerificationProgress): Promise<VerificationProgress> {
    const { pace } = this.#run;
    const due = pace === null ? progress.passDueAt : passDueAt(progress, pace);
    const kept = { ...progress, passDueAt: due, updatedAt: this.#startedAt };
    await this.#tenant.verificationProgress.put('index', kept);
    return kept;
  }
}

function isWanted(wanted: DocumentsWanted, segmentId: string): boolean {
  if ('segmentIds' in wanted) return wanted.segmentIds.includes(segmentId);
  const { after, upTo } = wanted;
  return (after === undefined || segmentId > after) && (upTo === undefined || segmentId <= upTo);
}
