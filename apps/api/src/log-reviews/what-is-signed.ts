import type { ReviewSigning, SigningOptionsRequest } from '@akashi/contracts';
import type { ReviewSettings, StoredIncident, StoredReviewRecord, WholeFinding } from '@akashi/database';
import {
  hasReviewed,
  isLateReview,
  refuseAddendum,
  refuseApproval,
  refuseSubmission,
  submissionHindrances,
} from '@akashi/policy';
import { addendumFormat, recordBytes, type RecordPerson } from '@akashi/report/record';
import { AppError } from '@akashi/server-kit';
import type { RequestContext } from '../request-context/request-context.ts';
import type { SigningRequest } from '../signatures/signatures.service.ts';
import { buildRecord } from './build-record.ts';
import { dailyReview, type DayInFull } from './day-in-full.ts';
import type { PeopleOfReviews } from '../findings/people-of-reviews.ts';
import { refuseAct, refuseHindrances } from './refuse-act.ts';

export type SignedAct = SigningOptionsRequest['action'];
export type Said = Omit<ReviewSigning, 'passkey'>;

export interface SignedDay {
  readonly day: DayInFull;
  readonly records: readonly StoredReviewRecord[];
  readonly findings: readonly WholeFinding[];
  readonly incidents: readonly StoredIncident[];
  readonly people: PeopleOfReviews;
  readonly settings: ReviewSettings;
  readonly organisationName: string;
  readonly now: Date;
}

/** What a person signs with an act, once the policy lets them: the same day and words give the same bytes again. */
export function whatIsSigned(context: RequestContext, act: SignedAct, { said, on }: { said: Said; on: SignedDay }) {
  if (act === 'submit') return submission(context, said, on);
  if (act === 'addenda') return addendum(context, said, on);
  return approval(context, act, { said, on });
}

function submission(context: RequestContext, said: Said, on: SignedDay): SigningRequest {
  const { review, items } = on.day.whole;
  const areas = items.map(({ area }) => area);
  const daily = dailyReview(on.day);
  refuseAct(refuseSubmission(context.actor, daily, areas));
  const lateReason = said.lateReason ?? review.lateReason;
  refuseHindrances(submissionHindrances({ ...daily, lateReason }, on.now));
  const record = buildRecord({
    ...on,
    tenant: { id: context.tenantId, name: on.organisationName },
    reviewer: personOf(context, on.people),
    isLate: isLateReview({ state: 'open', dueAt: review.dueAt, submittedAt: on.now }, on.now),
    lateReason,
    statement: said.statement ?? null,
    comment: said.comment ?? null,
  });
  const action = 'reviewed' as const;
  return { day: review.day, revision: record.revision, action, record: recordBytes(record) };
}

function approval(
  context: RequestContext,
  act: 'approve' | 'return',
  { said, on }: { said: Said; on: SignedDay },
): SigningRequest {
  const { review, items } = on.day.whole;
  const areas = items.map(({ area }) => area);
  const reason = said.separationReason ?? null;
  const separation = { isSelfApprovalAllowed: on.settings.isSelfApprovalAllowed, reason };
  refuseAct(refuseApproval(context.actor, dailyReview(on.day), { act, areas, separation }));
  if (act === 'return' && said.comment === undefined) {
    throw new AppError('request-invalid', { reason: 'comment-missing', params: { path: 'comment' } });
  }
  const { canonical } = newestRecord(on);
  return {
    day: review.day,
    revision: review.revision,
    action: act === 'approve' ? 'approved' : 'returned',
    record: canonical,
    comment: said.comment,
    // Kept out of the signature of somebody who needs no excuse.
    separationReason: isExcused(context, on) ? said.separationReason : undefined,
  };
}

function addendum(context: RequestContext, said: Said, on: SignedDay): SigningRequest {
  const { review } = on.day.whole;
  refuseAct(refuseAddendum(context.actor, dailyReview(on.day)));
  if (said.comment === undefined) {
    throw new AppError('request-invalid', { reason: 'comment-missing', params: { path: 'comment' } });
  }
  const { sha256, revision } = newestRecord(on);
  const record = recordBytes({
    format: addendumFormat,
    tenant: { id: context.tenantId, name: on.organisationName },
    day: review.day,
    number: addendumNumber(on),
    revision,
    recordSha256: sha256,
    by: personOf(context, on.people),
    text: said.comment,
  });
  return { day: review.day, revision, action: 'addendum', record };
}

/** Of the next addendum, from 1. */
export function addendumNumber({ records }: Pick<SignedDay, 'records'>): number {
  return records.filter((record) => record.addendum > 0).length + 1;
}

/** Whether the person approves what they had a hand in. */
export function isExcused(context: RequestContext, on: SignedDay): boolean {
  return hasReviewed(dailyReview(on.day), context.actor.id);
}

function newestRecord({ records }: SignedDay): StoredReviewRecord {
  const newest = records.findLast((record) => record.addendum === 0);
  if (newest === undefined) throw new AppError('review-moved-on');
  return newest;
}

function personOf({ actor }: RequestContext, people: PeopleOfReviews): RecordPerson {
  return people.inRecord(actor.id, actor.name);
}
