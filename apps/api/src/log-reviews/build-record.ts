import type {
  RunOfDay,
  StoredFinding,
  StoredIncident,
  StoredItem,
  StoredReviewAct,
  WholeFinding,
  WholeReview,
} from '@akashi/database';
import {
  recordFormat,
  type RecordFinding,
  type RecordItem,
  type RecordPerson,
  type RecordReference,
  type RecordRun,
  type ReviewRecord,
} from '@akashi/report/record';
import { AppError } from '@akashi/server-kit';
import { addendaOf, referenceRuns, type DayInFull } from './day-in-full.ts';
import type { PeopleOfReviews } from '../findings/people-of-reviews.ts';

export interface RecordParts {
  readonly tenant: { readonly id: string; readonly name: string };
  readonly day: DayInFull;
  readonly findings: readonly WholeFinding[];
  readonly incidents: readonly StoredIncident[];
  readonly people: PeopleOfReviews;
  readonly reviewer: RecordPerson;
  readonly isLate: boolean;
  readonly lateReason: string | null;
  readonly statement: string | null;
  readonly comment: string | null;
}

/**
 * The log review record (ログレビュー記録) of the next submission, as far as it fills itself. Holds no moment of the submission, so
 * that the same day gives the same bytes until something of it changes; when it was signed stands in the signature.
 */
export function buildRecord(parts: RecordParts): ReviewRecord {
  const { tenant, day, people, incidents } = parts;
  const { review, items } = day.whole;
  return {
    format: recordFormat,
    tenant,
    day: review.day,
    timeZone: review.timeZone,
    period: { from: review.from.toISOString(), to: review.to.toISOString() },
    revision: review.revision + 1,
    startedAt: review.startedAt.toISOString(),
    dueAt: review.dueAt.toISOString(),
    isLate: parts.isLate,
    lateReason: parts.lateReason,
    versions: review.versions,
    reviewer: parts.reviewer,
    delegation: delegationOf(day.whole, people),
    items: items.map((item) => itemOf(item, parts)),
    reference: referenceRuns(day).flatMap((run) => referenceOf(run, day)),
    findings: parts.findings.map((finding) => findingOf(finding, people)),
    incidents: incidents.map(({ id, kind, where, startedAt, state }) => ({
      id,
      kind,
      where,
      startedAt: startedAt.toISOString(),
      state,
    })),
    statement: parts.statement,
    comment: parts.comment,
  };
}

function itemOf(item: StoredItem, { day, people }: RecordParts): RecordItem {
  const { judged, state, decidedAt } = item;
  if ((state !== 'no-finding' && state !== 'exception') || judged === null || decidedAt === null) {
    throw new AppError('review-not-ready', { reason: 'items-open' });
  }
  const finding: StoredFinding | undefined = item.findingId === null ? undefined : day.findings.get(item.findingId);
  return {
    id: item.id,
    report: item.report,
    area: { id: item.area.id, name: item.area.name, category: item.area.category },
    run: runOf(day.runs.get(item.runId), item.runId),
    addenda: addendaOf(day, item.runId).map((run) => runOf(run, run.id)),
    usual: judged.usual,
    verdict: judged.verdict,
    result: state,
    decidedBy: people.inRecord(item.decidedBy, item.decidedByName ?? ''),
    decidedAt: decidedAt.toISOString(),
    isBulk: item.isBulk,
    comment: item.comment,
    looks: looksOf(day.whole.acts, item.id, people),
    finding: state === 'exception' ? (finding?.number ?? null) : null,
  };
}

function runOf(run: RunOfDay | undefined, id: string): RecordRun {
  const state = run?.state === 'done' || run?.state === 'cancelled' ? run.state : 'failed';
  return {
    id,
    kind: run?.kind ?? 'duty',
    state,
    rows: run?.rows ?? 0,
    flagged: run?.flagged ?? 0,
    ndjsonSha256: run?.files.find(({ format }) => format === 'ndjson')?.sha256 ?? null,
  };
}

function referenceOf(run: RunOfDay, { whole }: DayInFull): RecordReference[] {
  const { area, definition } = run;
  if (area === null) return [];
  const category = whole.items.find((item) => item.area.id === area.id)?.area.category ?? 'other';
  const { id, number, version, title } = definition;
  return [
    {
      report: { id, number, version, title },
      area: { id: area.id, name: area.name, category },
      run: runOf(run, run.id),
    },
  ];
}

function looksOf(acts: readonly StoredReviewAct[], item: string, people: PeopleOfReviews): RecordItem['looks'] {
  const byPerson = new Map<string, { by: RecordPerson; seconds: number }>();
  for (const { kind, itemId, byId, byName, seconds } of acts) {
    if (itemId !== item || (kind !== 'opened' && kind !== 'looked')) continue;
    const by = people.inRecord(byId, byName);
    const former = byPerson.get(by.id)?.seconds ?? 0;
    byPerson.set(by.id, { by, seconds: former + (seconds ?? 0) });
  }
  return [...byPerson.values()];
}

function delegationOf({ review }: WholeReview, people: PeopleOfReviews): ReviewRecord['delegation'] {
  const { delegatedTo, delegatedToName, delegatedByName, delegationReason } = review;
  if (delegatedTo === null) return null;
  return {
    to: people.inRecord(delegatedTo, delegatedToName ?? ''),
    by: people.inRecord(null, delegatedByName ?? ''),
    reason: delegationReason ?? '',
  };
}

function findingOf({ finding, lines, notes }: WholeFinding, people: PeopleOfReviews): RecordFinding {
  const { id, number, title, state, severity, dueOn, who, when, system, reason, cause, action, outcome, ticket } =
    finding;
  return {
    id,
    number,
    title,
    state,
    severity,
    owner: finding.ownerId === null ? null : people.inRecord(finding.ownerId, finding.ownerName ?? ''),
    dueOn,
    who,
    when: when?.toISOString() ?? null,
    system,
    reason,
    cause,
    action,
    outcome,
    ticket,
    lines: lines.map(({ eventId, recordSha256 }) => ({ eventId, recordSha256 })),
    notes: notes
      .filter(({ kind }) => kind !== 'change' && kind !== 'attachment')
      .map(({ kind, byId, byName, at, text }) => ({
        kind,
        by: people.inRecord(byId, byName),
        at: at.toISOString(),
        text,
      })),
  };
}
