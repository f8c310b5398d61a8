import type {
  ReportRun,
  RunOfDay,
  StoredFinding,
  StoredItem,
  StoredReviewAct,
  TenantDatabase,
  WholeReview,
} from '@akashi/database';
import { isRunOver, type DailyReview } from '@akashi/policy';

/** A day with what the policy asks of its items. */
export interface DayToJudge {
  readonly whole: WholeReview;
  /** By id: the runs of the items. */
  readonly runs: ReadonlyMap<string, Pick<ReportRun, 'state'>>;
  /** By id. */
  readonly findings: ReadonlyMap<string, Pick<StoredFinding, 'ownerId'>>;
}

/** A day with what its items are about. */
export interface DayInFull extends DayToJudge {
  /** By id: the runs of the items, of the reference reports, and addenda to them. */
  readonly runs: ReadonlyMap<string, RunOfDay>;
  /** By id. */
  readonly findings: ReadonlyMap<string, StoredFinding>;
}

/** Reads of a day's runs only how far they are: whoever holds the day lets others wait. */
export async function judgeable(
  { reportRuns }: Pick<TenantDatabase, 'reportRuns'>,
  whole: WholeReview,
  findings: readonly StoredFinding[],
): Promise<DayToJudge> {
  const states = await reportRuns.states(whole.items.map(({ runId }) => runId));
  return {
    whole,
    runs: new Map([...states].map(([id, state]) => [id, { state }])),
    findings: new Map(findings.map((finding) => [finding.id, finding])),
  };
}

interface ToFill {
  /** What each run found in short: for a page; the record holds numbers and hashes. */
  readonly hasSummaries: boolean;
  /** Where they are held already. */
  readonly findings?: readonly StoredFinding[];
}

/** Reads the runs and findings of a day. */
export async function fillDay(
  tenant: Pick<TenantDatabase, 'reportRuns' | 'findings'>,
  whole: WholeReview,
  { hasSummaries, findings }: ToFill,
): Promise<DayInFull> {
  const { day } = whole.review;
  const runs = await tenant.reportRuns.ofDay(day, { hasSummaries });
  const found = findings ?? (await tenant.findings.ofDay(day));
  return {
    whole,
    runs: new Map(runs.map((run) => [run.id, run])),
    findings: new Map(found.map((finding) => [finding.id, finding])),
  };
}

/** The day as the policy judges it. */
export function dailyReview({ whole, runs, findings }: DayToJudge): DailyReview {
  const { review, items, acts } = whole;
  return {
    state: review.state,
    dueAt: review.dueAt,
    lateReason: review.lateReason,
    delegatedTo: review.delegatedTo,
    items: items.map((item) => ({
      state: item.state,
      isRunOver: isReady(item, runs),
      hasOwner: item.findingId !== null && (findings.get(item.findingId)?.ownerId ?? null) !== null,
    })),
    decidedBy: peopleOf(acts, ['decided', 'undone']),
    submittedBy: peopleOf(acts, ['submitted']),
  };
}

/** Whether there is something to judge: its report is frozen or given up, and the automatic checks were made. */
export function isReady(item: StoredItem, runs: DayToJudge['runs']): boolean {
  const run = runs.get(item.runId);
  return item.judged !== null && (run === undefined || isRunOver(run.state));
}

export function addendaOf({ runs }: DayInFull, runId: string): RunOfDay[] {
  return [...runs.values()]
    .filter(({ kind, addendumTo, state }) => kind === 'addendum' && addendumTo === runId && state === 'done')
    .toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
}

export function referenceRuns({ runs }: DayInFull): RunOfDay[] {
  return [...runs.values()]
    .filter(({ kind, definition, area }) => kind === 'duty' && definition.duty === 'reference' && area !== null)
    .toSorted(
      (one, other) =>
        (one.definition.number ?? 99) - (other.definition.number ?? 99) ||
        (one.area?.name ?? '').localeCompare(other.area?.name ?? ''),
    );
}

function peopleOf(acts: readonly StoredReviewAct[], kinds: readonly StoredReviewAct['kind'][]): string[] {
  const ids = acts.filter(({ kind }) => kinds.includes(kind)).flatMap(({ byId }) => byId ?? []);
  return [...new Set(ids)];
}
