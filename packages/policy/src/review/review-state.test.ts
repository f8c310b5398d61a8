import { array, assert, boolean, constantFrom, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hasReviewed,
  namedPeople,
  refuseAddendum,
  refuseApproval,
  refuseDecision,
  refuseDelegation,
  refuseSubmission,
  reviewHindrances,
  type Separation,
} from './review-rights.ts';
import {
  afterResult,
  afterReviewAct,
  reviewItemStates,
  reviewStates,
  submissionHindrances,
  type DailyReview,
  type ReviewAct,
  type ReviewState,
} from './review-state.ts';

const dueAt = new Date('2026-12-01T03:00:00Z');
const before = new Date('2026-12-01T01:00:00Z');
const after = new Date('2026-12-01T03:00:01Z');
const fresh: DailyReview = {
  state: 'open',
  dueAt,
  items: [],
  lateReason: null,
  decidedBy: [],
  submittedBy: [],
  delegatedTo: null,
};
const everybody = { reviewers: [], approvers: [] };
const sato = { id: 'sato', role: 'reviewer' };
const takano = { id: 'takano', role: 'approver' };
const mori = { id: 'mori', role: 'approver' };
const people = [sato, takano, mori, { id: 'aoki', role: 'tenant-admin' }, { id: 'goto', role: 'auditor' }];
const never = { isSelfApprovalAllowed: false, reason: null };

describe('the course of a review', () => {
  it('leads nowhere from approved, and to approved from submitted alone', () => {
    const acts: ReviewAct[] = ['decide', 'delegate', 'submit', 'return', 'approve', 'miss', 'addendum'];
    for (const act of acts) {
      expect(afterReviewAct('approved', act), act).toBe(act === 'addendum' ? 'approved' : null);
      const sources = reviewStates.filter((state) => afterReviewAct(state, act) === 'approved');
      expect(sources, act).toEqual({ approve: ['submitted'], addendum: ['approved'] }[act as string] ?? []);
    }
    expect(reviewStates.filter((state) => afterReviewAct(state, 'miss') !== null)).toEqual(['open', 'returned']);
  });

  it('goes on after it was missed or sent back', () => {
    for (const state of ['open', 'missed', 'returned'] as const) {
      expect(afterReviewAct(state, 'decide')).toBe(state);
      expect(afterReviewAct(state, 'submit')).toBe('submitted');
    }
  });

  it('takes a result once, until it is taken back', () => {
    expect(afterResult('looking', 'no-finding')).toBe('no-finding');
    expect(afterResult('no-finding', 'exception')).toBeNull();
    expect(afterResult('exception', 'exception')).toBeNull();
    expect(afterResult('exception', 'open')).toBe('looking');
    expect(afterResult('open', 'open')).toBe('open');
  });
});

describe('a submission', () => {
  const items = array(record({ state: constantFrom(...reviewItemStates), isRunOver: boolean(), hasOwner: boolean() }));

  it('is hindered exactly while something is open, unfinished, without an owner, or late without a reason', () => {
    assert(
      property(items, boolean(), boolean(), (some, isLate, isSaid) => {
        const review = { ...fresh, items: some, lateReason: isSaid ? 'the network was down' : null };
        const found = submissionHindrances(review, isLate ? after : before);
        const isReady = some.every(
          ({ state, isRunOver, hasOwner }) =>
            isRunOver && (state === 'no-finding' || (state === 'exception' && hasOwner)),
        );
        expect(found.length === 0).toBe(isReady && (!isLate || isSaid));
      }),
    );
  });

  it('of a day without items needs nothing but to be in time', () => {
    expect(submissionHindrances(fresh, dueAt)).toEqual([]);
    expect(submissionHindrances(fresh, after)).toEqual(['late-reason-missing']);
  });
});

describe('separation of duties', () => {
  const acts = array(
    record({ by: constantFrom(...people), act: constantFrom('decide', 'submit', 'return', 'approve', 'delegate') }),
    { maxLength: 30 },
  );
  const answering = record({ isSelfApprovalAllowed: boolean(), reason: constantFrom(null, 'only one of us is here') });

  it('holds whatever was done in whichever order: nobody approves what they had a hand in', () => {
    assert(
      property(acts, answering, (steps, separation) => {
        let review = fresh;
        let revision = 0;
        const hands = new Set<string>();
        for (const { by, act } of steps) {
          const former = review;
          if (act === 'decide' && refuseDecision(by, review, everybody) === null) {
            review = { ...review, decidedBy: [...review.decidedBy, by.id] };
            hands.add(by.id);
          }
          if (act === 'delegate' && refuseDelegation(sato, review, by) === null) {
            review = { ...review, delegatedTo: by.id };
          }
          if (act === 'submit' && refuseSubmission(by, review, [everybody]) === null) {
            review = { ...review, state: 'submitted', submittedBy: [...review.submittedBy, by.id] };
            revision += 1;
            hands.add(by.id);
          }
          if (act === 'return' || act === 'approve') {
            const refusal = refuseApproval(by, review, { act, areas: [everybody], separation });
            if (refusal !== null) continue;
            const isExcused = act === 'approve' && separation.isSelfApprovalAllowed && separation.reason !== null;
            expect(hands.has(by.id) && !isExcused, `${by.id} ${act}`).toBe(false);
            expect(by.role).toBe('approver');
            review = { ...review, state: act === 'approve' ? 'approved' : 'returned' };
          }
          if (former.state === 'approved') expect(review).toEqual(former);
          if (review.state === 'submitted' || review.state === 'approved') expect(revision).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('is told to whoever has reviewed, also to one who may approve nothing', () => {
    const submitted = { ...fresh, state: 'submitted' as ReviewState, submittedBy: ['sato'] };
    const asked = { act: 'approve', areas: [everybody], separation: never } as const;
    expect(refuseApproval(sato, submitted, asked)).toBe('separation-of-duties');
    expect(refuseApproval({ id: 'hara', role: 'reviewer' }, submitted, asked)).toBe('role');
    const excused = { ...asked, separation: { isSelfApprovalAllowed: true, reason: 'alone' } };
    expect(refuseApproval(sato, submitted, excused)).toBe('role');
    const here = { areas: [everybody], isSelfApprovalAllowed: false, now: before };
    expect(reviewHindrances(sato, submitted, here)).toEqual([]);
  });

  it('counts a result, a submission and a delegation', () => {
    const submitted = { ...fresh, state: 'submitted' as ReviewState, submittedBy: ['sato'] };
    const of = (review: DailyReview, separation: Separation = never) =>
      refuseApproval(takano, review, { act: 'approve', areas: [everybody], separation });
    expect(of(submitted)).toBeNull();
    for (const review of [
      { ...submitted, decidedBy: ['takano'] },
      { ...submitted, submittedBy: ['sato', 'takano'] },
      { ...submitted, delegatedTo: 'takano' },
    ]) {
      expect(hasReviewed(review, 'takano')).toBe(true);
      expect(of(review)).toBe('separation-of-duties');
      expect(of(review, { isSelfApprovalAllowed: true, reason: null })).toBe('separation-of-duties');
      expect(of(review, { isSelfApprovalAllowed: false, reason: 'alone' })).toBe('separation-of-duties');
      expect(of(review, { isSelfApprovalAllowed: true, reason: 'alone' })).toBeNull();
      const hindrances = reviewHindrances(takano, review, {
        areas: [everybody],
        isSelfApprovalAllowed: false,
        now: before,
      });
      expect(hindrances).toEqual(['separation-of-duties']);
    }
  });
});

describe('who works on a day', () => {
  it('are those that an area names, whoever it was handed to, or everybody whose role allows it', () => {
    const area = { reviewers: ['sato'], approvers: ['takano'] };
    const hara = { id: 'hara', role: 'reviewer' };
    expect(refuseDecision(sato, fresh, area)).toBeNull();
    expect(refuseDecision(hara, fresh, area)).toBe('role');
    expect(refuseDecision(hara, { ...fresh, delegatedTo: 'hara' }, area)).toBeNull();
    expect(refuseDecision({ id: 'sato', role: 'viewer' }, fresh, area)).toBe('role');
    expect(refuseSubmission(hara, fresh, [area, everybody])).toBeNull();
    expect(refuseSubmission(hara, fresh, [area])).toBe('role');
    const submitted = { ...fresh, state: 'submitted' as ReviewState };
    const asked = { act: 'approve', areas: [area], separation: never } as const;
    expect(refuseApproval(mori, submitted, asked)).toBe('role');
    expect(refuseApproval(takano, submitted, asked)).toBeNull();
    expect(refuseApproval(takano, fresh, asked)).toBe('state');
    expect(namedPeople([area, { reviewers: ['hara', 'sato'], approvers: [] }], 'reviewers')).toEqual(['sato', 'hara']);
    expect(namedPeople([area, everybody], 'approvers')).toBeNull();
  });

  it('hand it over to people who may review, and add to it once it is approved', () => {
    expect(refuseDelegation(sato, fresh, { id: 'goto', role: 'auditor' })).toBe('delegate');
    expect(refuseDelegation({ id: 'goto', role: 'auditor' }, fresh, sato)).toBe('role');
    expect(refuseDelegation(takano, { ...fresh, state: 'approved' }, sato)).toBe('state');
    expect(refuseAddendum(sato, { ...fresh, state: 'approved' })).toBeNull();
    expect(refuseAddendum(sato, { ...fresh, state: 'submitted' })).toBe('state');
    expect(refuseAddendum({ id: 'goto', role: 'auditor' }, { ...fresh, state: 'approved' })).toBe('role');
  });
});
