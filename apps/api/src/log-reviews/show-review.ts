import type { LogReviewAnswer, ReviewItemAnswer } from '@akashi/contracts';
import type { ReviewSettings, StoredIncident, StoredItem, StoredReviewAct } from '@akashi/database';
import {
  isLateReview,
  refuseAddendum,
  refuseApproval,
  refuseDecision,
  refuseDelegation,
  refuseSubmission,
  reviewHindrances,
  seesWholeArea,
  type DailyReview,
} from '@akashi/policy';
import type { RequestContext } from '../request-context/request-context.ts';
import { mayUse } from '../request-context/may-use.ts';
import { addendaOf, dailyReview, isReady, referenceRuns, type DayInFull } from './day-in-full.ts';
import type { PeopleOfReviews } from '../findings/people-of-reviews.ts';

export interface ReviewParts {
  readonly day: DayInFull;
  readonly people: PeopleOfReviews;
  readonly settings: ReviewSettings;
  /** Empty for who may not see incidents. */
  readonly incidents: readonly StoredIncident[];
  readonly signatures: LogReviewAnswer['signatures'];
  readonly recordSha256: string | null;
  readonly now: Date;
}

/** The day as its reader may see it: of areas that they do not see as a whole, only that and by whom they were reviewed. */
export function showReview(context: RequestContext, parts: ReviewParts): LogReviewAnswer {
  const { day, people, settings, now } = parts;
  const { review, items, acts } = day.whole;
  const daily = dailyReview(day);
  const areas = items.map(({ area }) => area);
  const { actor } = context;
  const isPerson = actor.kind === 'user' && context.isSupport !== true;
  const separation = { isSelfApprovalAllowed: settings.isSelfApprovalAllowed, reason: 'asked for when it is signed' };
  const approval = { areas, separation };
  const findings = [...day.findings.values()];
  return {
    day: review.day,
    timeZone: review.timeZone,
    state: review.state,
    period: periodOf(review),
    startedAt: review.startedAt.toISOString(),
    dueAt: review.dueAt.toISOString(),
    isLate: isLateReview(review, now),
    lateReason: review.lateReason,
    revision: review.revision,
    reviewers: people.of(areas, 'reviewers'),
    approvers: people.of(areas, 'approvers'),
    delegatedTo:
      review.delegatedTo === null
        ? null
        : {
            id: review.delegatedTo,
            name: people.find(review.delegatedTo)?.displayName ?? review.delegatedToName ?? '',
            reason: review.delegationReason ?? '',
            by: review.delegatedByName ?? '',
          },
    items: items.map((item) => showItem(context, { item, parts, daily, isPerson })).toSorted(byUrgency),
    reference: referenceRuns(day).flatMap((run) =>
      run.area === null || !seesWholeArea(context.scope, run.area)
        ? []
        : {
            report: run.report,
            title: run.definition.title,
            area: { id: run.area.id, name: run.area.name },
            run: run.id,
            rows: run.rows,
            flagged: run.flagged,
          },
    ),
    incidents: parts.incidents.map(({ id, kind, where, startedAt, state }) => ({
      id,
      kind,
      where,
      startedAt: startedAt.toISOString(),
      state,
    })),
    unfinishedFindings: findings.filter(({ ownerId, state }) => ownerId === null && state !== 'closed').length,
    acts: acts.filter(({ kind }) => kind !== 'looked').map(showAct),
    signatures: parts.signatures,
    returnedComment: review.returnedComment,
    may: {
      decide: isPerson && items.some(({ area }) => refuseDecision(actor, daily, area) === null),
      submit: isPerson && refuseSubmission(actor, daily, areas) === null,
      approve: isPerson && refuseApproval(actor, daily, { ...approval, act: 'approve' }) === null,
      return: isPerson && refuseApproval(actor, daily, { ...approval, act: 'return' }) === null,
      addAddendum: isPerson && refuseAddendum(actor, daily) === null,
      delegate: isPerson && refuseDelegation(actor, daily, { id: '', role: 'reviewer' }) === null,
    },
    hindrances: isPerson
      ? reviewHindrances(actor, daily, { areas, isSelfApprovalAllowed: settings.isSelfApprovalAllowed, now })
      : [],
    recordSha256: parts.recordSha256,
  };
}

interface ItemToShow {
  readonly item: StoredItem;
  readonly parts: ReviewParts;
  readonly daily: DailyReview;
  readonly isPerson: boolean;
}

/** Checks that were not made yet have no result to trust. */
const unjudged = { result: 'needs-look', version: 0, reasons: [] } as const;

function showItem(context: RequestContext, { item, parts, daily, isPerson }: ItemToShow): ReviewItemAnswer {
  const { day, people } = parts;
  const { report, area, judged } = item;
  const run = day.runs.get(item.runId);
  const isSeen = seesWholeArea(context.scope, area);
  // Settings name every area; others know the names of those that they see.
  const isNamed = isSeen || mayUse(context.actor, 'settings.read');
  const shown = isSeen ? judged : null;
  const finding = item.findingId === null || item.state !== 'exception' ? undefined : day.findings.get(item.findingId);
  const mayDecide =
    isPerson && isSeen && isReady(item, day.runs) && refuseDecision(context.actor, daily, area) === null;
  return {
    id: item.id,
    report,
    area: {
      id: area.id,
      name: isNamed ? area.name : '',
      category: area.category as ReviewItemAnswer['area']['category'],
    },
    period: periodOf(item),
    run: { id: item.runId, state: run?.state ?? 'waiting', progress: run?.progress ?? 0 },
    summary: isSeen ? ((run?.summary ?? null) as ReviewItemAnswer['summary']) : null,
    usual: shown?.usual ?? null,
    newShapes: [...(shown?.newShapes ?? [])],
    flagged: (shown?.flagged ?? []).map((row) => ({ ...row, flags: [...row.flags] })) as ReviewItemAnswer['flagged'],
    alerts: mayUse(context.actor, 'alerts.read') ? [...(shown?.alerts ?? [])] : [],
    incidents: mayUse(context.actor, 'incidents.read') ? [...(shown?.incidents ?? [])] : [],
    verdict:
      shown === null
        ? { ...unjudged, reasons: [] }
        : { ...shown.verdict, reasons: [...shown.verdict.reasons] as ReviewItemAnswer['verdict']['reasons'] },
    state: item.state,
    decidedBy: item.decidedBy === null ? null : (people.find(item.decidedBy)?.displayName ?? item.decidedByName),
    decidedAt: item.decidedAt?.toISOString() ?? null,
    isBulk: item.isBulk,
    comment: item.comment,
    finding:
      finding === undefined
        ? null
        : { id: finding.id, number: finding.number, title: finding.title, owner: finding.ownerName },
    lookedSeconds: lookedSeconds(day.whole.acts, item.id),
    mayDecide,
    addenda: isSeen ? addendaOf(day, item.runId).map(({ id, rows, flagged }) => ({ run: id, rows, flagged })) : [],
  };
}

function lookedSeconds(acts: readonly StoredReviewAct[], item: string): number {
  return acts.reduce((sum, { itemId, seconds }) => (itemId === item ? sum + (seconds ?? 0) : sum), 0);
}

function showAct({ kind, byName, at, itemId, text }: StoredReviewAct): LogReviewAnswer['acts'][number] {
  return {
    kind: kind as LogReviewAnswer['acts'][number]['kind'],
    by: byName,
    at: at.toISOString(),
    item: itemId,
    text,
  };
}

function periodOf({ from, to }: { from: Date; to: Date }): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() };
}

/** Decided ones last, clear ones before them; of equals the most flagged first, then by the report's number. */
function byUrgency(one: ReviewItemAnswer, other: ReviewItemAnswer): number {
  return (
    urgency(one) - urgency(other) ||
    (other.summary?.flagged ?? 0) - (one.summary?.flagged ?? 0) ||
    (one.report.number ?? 99) - (other.report.number ?? 99)
  );
}

function urgency({ state, verdict }: ReviewItemAnswer): number {
  if (state === 'no-finding' || state === 'exception') return 2;
  return verdict.result === 'needs-look' ? 0 : 1;
}
