import { Inject, Injectable } from '@nestjs/common';
import type {
  AccessReviewAnswer,
  AccessReviewDecision,
  AccessReviewDetail,
  AccessReviewsAnswer,
  NewAccessReview,
} from '@akashi/contracts';
import type { AccessReview, AccessReviewItem, AccessReviews, ReviewOwner } from '@akashi/database';
import { isPermitted, isReviewDue, nextReviewDue } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';

const daysToDecide = 30;

/** Campaigns in which every account and right is confirmed or removed (PCI DSS 7.2.4). */
@Injectable()
export class AccessReviewsService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #clock: ApiParts['clock'];
  readonly #audit: Pick<AuditTrail, 'record'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) audit: Pick<AuditTrail, 'record'>,
  ) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#audit = audit;
  }

  async list(context: RequestContext): Promise<AccessReviewsAnswer> {
    const reviews = this.#reviews(context);
    const [found, history] = await Promise.all([reviews.list(seenBy(context)), reviews.history()]);
    const isOpen = found.some(({ closedAt }) => closedAt === null);
    return {
      items: found.map(showReview),
      nextDueAt: nextReviewDue(history).toISOString(),
      isDue: !isOpen && isReviewDue(history, this.#clock.now()),
    };
  }

  async get(context: RequestContext, id: string): Promise<AccessReviewDetail> {
    const reviews = this.#reviews(context);
    const of = seenBy(context);
    const [review, items] = await Promise.all([reviews.find(id, of), reviews.items(id, of)]);
    if (review === null) throw new AppError('not-found');
    const isAnother = items.some((item) => isOwn(context, item)) && (await this.#isAnother(context));
    return {
      ...showReview(review),
      items: items.map((item) => ({
        ...item,
        needsAnother: isAnother && isOwn(context, item),
        needsReason: !isAnother && isOwn(context, item),
        decidedAt: item.decidedAt?.toISOString() ?? null,
      })),
    };
  }

  async open(context: RequestContext, wanted: NewAccessReview): Promise<AccessReviewDetail> {
    const now = this.#clock.nowMs();
    const dueAt = new Date(wanted.dueAt === undefined ? now + daysToDecide * 86_400_000 : Date.parse(wanted.dueAt));
    if (dueAt.getTime() <= now) throw new AppError('time-range-invalid', { detail: 'dueAt: must be in the future' });
    const reviews = this.#reviews(context);
    if ((await reviews.list()).some(({ closedAt }) => closedAt === null)) throw new AppError('review-open');
    const target = { kind: 'access-review' };
    const after = { dueAt: dueAt.toISOString() };
    await this.#audit.record(context, { action: 'access-review.start', outcome: 'success', target, after });
    const id = await reviews.open({ dueAt, by: context.actor.id });
    if (id === null) throw new AppError('review-open');
    return this.get(context, id);
  }

  async decide(
    context: RequestContext,
    place: { reviewId: string; itemId: string },
    { decision, note }: AccessReviewDecision,
  ): Promise<AccessReviewDetail> {
    const reviews = this.#reviews(context);
    const of = decidedBy(context);
    const item = (await reviews.items(place.reviewId, of)).find(({ id }) => id === place.itemId);
    if (item === undefined) throw new AppError('not-found');
    if (item.decision !== null) throw new AppError('decided-before');
    const own = isOwn(context, item);
    if (own) await this.#checkOwn(context, { decision, note });
    await this.#audit.record(context, {
      action: 'access-review.decide',
      outcome: 'success',
      target: { kind: item.kind, id: item.subjectId },
      details: { review_id: place.reviewId, decision, note: note ?? undefined, only_administrator: own || undefined },
      before: item.snapshot,
    });
    const outcome = await reviews.decide({ ...place, ...of, decision, note, by: context.actor.id });
    if (outcome !== 'decided') throw new AppError(outcome);
    return this.get(context, place.reviewId);
  }

  async close(context: RequestContext, id: string): Promise<AccessReviewAnswer> {
    const reviews = this.#reviews(context);
    const review = await reviews.find(id);
    if (review === null || review.closedAt !== null) throw new AppError('not-found');
    if (review.decided < review.items) throw new AppError('review-undecided');
    await this.#audit.record(context, {
      action: 'access-review.close',
      outcome: 'success',
      target: { kind: 'access-review', id },
      details: { items: review.items, removed: review.removed },
    });
    const outcome = await reviews.close({ id, by: context.actor.id });
    if (outcome !== 'closed') throw new AppError(outcome === 'undecided' ? 'review-undecided' : 'not-found');
    const closed = await reviews.find(id);
    if (closed === null) throw new AppError('not-found');
    return showReview(closed);
  }

  /**
   * What is the caller's own waits for somebody else's look. As long as there is nobody else who manages access it is
   * decided all the same, or a review could never be closed: with a reason, and with the trail saying so.
   */
  async #checkOwn(context: RequestContext, { decision, note }: AccessReviewDecision): Promise<void> {
    if (await this.#isAnother(context)) throw new AppError('own-membership');
    if (decision === 'confirm' && (note ?? '') === '') {
      throw new AppError('request-invalid', {
        reason: 'own-right',
        detail: 'note: a reason is needed for an own right',
      });
    }
  }

  /** Whether there is somebody else who manages access: in a new organisation there is not. */
  async #isAnother({ tenantId, actor }: RequestContext): Promise<boolean> {
    const people = await this.#database.forTenant(tenantId).accessGrants.people();
    return people.some(({ id, role }) => id !== actor.id && isPermitted(role, 'access.manage'));
  }

  #reviews(context: RequestContext): AccessReviews {
    return this.#database.forTenant(context.tenantId).accessReviews;
  }
}

/** PCI DSS 7.2.4: nobody confirms their own account, membership or key, or a key that they made. */
function isOwn({ actor }: RequestContext, { holderId, makerId }: AccessReviewItem): boolean {
  return holderId === actor.id || makerId === actor.id;
}

/** Who may not read all of access sees the items that are theirs to answer for, and of a review nothing else. */
function seenBy({ actor }: RequestContext): ReviewOwner | undefined {
  return isPermitted(actor.role, 'access.read') ? undefined : { ownerId: actor.id };
}

function decidedBy({ actor }: RequestContext): ReviewOwner | undefined {
  return isPermitted(actor.role, 'access.manage') ? undefined : { ownerId: actor.id };
}

function showReview(review: AccessReview): AccessReviewAnswer {
  return {
    ...review,
    openedAt: review.openedAt.toISOString(),
    dueAt: review.dueAt.toISOString(),
    closedAt: review.closedAt?.toISOString() ?? null,
  };
}
