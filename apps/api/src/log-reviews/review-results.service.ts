import { Inject, Injectable } from '@nestjs/common';
import type { BulkResult, ItemLook, ItemResult, LogReviewAnswer, ReviewDelegation } from '@akashi/contracts';
import type { HeldReview, ItemChange, PinnedLine, StoredItem, TenantDatabase, WholeReview } from '@akashi/database';
import {
  afterResult,
  afterReviewAct,
  isPermitted,
  refuseDecision,
  refuseDelegation,
  seesWholeArea,
} from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { EventService } from '../event/event.service.ts';
import { checkOwner } from '../findings/findings.service.ts';
import { pinLines, type ReadEvent } from '../findings/pin-lines.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { dailyReview, isReady, judgeable, type DayToJudge } from './day-in-full.ts';
import { closeFinding, openFinding } from './exception-finding.ts';
import { PeopleOfReviews } from '../findings/people-of-reviews.ts';
import { refuseAct } from './refuse-act.ts';
import { ReviewMails } from './review-mails.ts';
import { readDay, ReviewDaysService } from './review-days.service.ts';
import { SigningFinisher } from './signing-finisher.ts';

/** What people decide of a day's items, one at a time: of two at once the second sees what the first did. */
@Injectable()
export class ReviewResultsService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #clock: ApiParts['clock'];
  readonly #trail: Pick<AuditTrail, 'record'>;
  readonly #events: ReadEvent;
  readonly #days: Pick<ReviewDaysService, 'show'>;
  readonly #mails: Pick<ReviewMails, 'delegated'>;
  readonly #finisher: Pick<SigningFinisher, 'change'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
    @Inject(EventService) events: ReadEvent,
    @Inject(ReviewDaysService) days: Pick<ReviewDaysService, 'show'>,
    @Inject(ReviewMails) mails: Pick<ReviewMails, 'delegated'>,
    @Inject(SigningFinisher) finisher: Pick<SigningFinisher, 'change'>,
  ) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#trail = trail;
    this.#events = events;
    this.#days = days;
    this.#mails = mails;
    this.#finisher = finisher;
  }

  async decide(
    context: RequestContext,
    { day, item: itemId }: { day: string; item: string },
    wanted: ItemResult,
  ): Promise<LogReviewAnswer> {
    const { result, comment } = wanted;
    await checkOwner(this.#own(context), wanted.finding?.owner);
    const lines =
      result === 'exception' ? await pinLines(this.#events, context, wanted.eventIds ?? []) : ([] as PinnedLine[]);
    return this.#change(context, day, async (held, full) => {
      const item = this.#judgeable(context, full, itemId);
      const next = afterResult(item.state, result);
      if (next === null) throw new AppError('decided-before');
      const at = this.#clock.now();
      const isUndone = result === 'open';
      const action = isUndone ? 'log-review.undo' : 'log-review.decide';
      await this.#record(context, full.whole, { action, item, after: { result, comment } });
      if (isUndone && item.state === 'exception') await closeFinding(held, item, { context, at });
      const findingId =
        result === 'exception' ? await openFinding(held, item, { context, at, wanted, lines }) : undefined;
      await held.putItem(itemId, {
        ...decision(context, isUndone ? null : at),
        state: next,
        comment: comment ?? null,
        findingId,
      });
      const text = isUndone ? null : (comment ?? null);
      await held.act({ ...by(context, at), kind: isUndone ? 'undone' : 'decided', itemId, text });
    });
  }

  /** No finding in several clear items: all of them, or none. */
  async decideTogether(context: RequestContext, day: string, { items }: BulkResult): Promise<LogReviewAnswer> {
    return this.#change(context, day, async (held, full) => {
      const at = this.#clock.now();
      for (const id of new Set(items)) {
        const item = this.#judgeable(context, full, id);
        const isOpen = afterResult(item.state, 'no-finding') !== null;
        if (!isOpen || item.judged?.verdict.result !== 'clear') throw new AppError('item-not-clear');
        await held.putItem(id, { ...decision(context, at), state: 'no-finding', isBulk: true });
        await held.act({ ...by(context, at), kind: 'decided', itemId: id });
      }
      await this.#trail.record(context, {
        action: 'log-review.decide-bulk',
        outcome: 'success',
        target: targetOf(full.whole),
        count: new Set(items).size,
        after: { result: 'no-finding' },
      });
    });
  }

  /** For how long somebody had an item open, and that they had. */
  async look(context: RequestContext, place: { day: string; item: string }, { seconds }: ItemLook): Promise<void> {
    const done = await this.#finisher.change(context, readDay(place.day), async (held) => {
      const { whole } = held;
      const item = whole.items.find(({ id }) => id === place.item);
      if (item === undefined || !seesWholeArea(context.scope, item.area)) throw new AppError('not-found');
      const { review, acts } = whole;
      const isFirst = !acts.some(({ itemId, byId }) => itemId === item.id && byId === context.actor.id);
      await this.#record(context, whole, { action: 'log-review.look', item, details: { seconds } });
      const at = this.#clock.now();
      await held.act({ ...by(context, at), kind: isFirst ? 'opened' : 'looked', itemId: item.id, seconds });
      const isWork =
        afterReviewAct(review.state, 'decide') !== null && isPermitted(context.actor.role, 'reviews.perform');
      if (item.state === 'open' && isWork) await held.putItem(item.id, { state: 'looking' });
      return true;
    });
    if (done === null) throw new AppError('not-found');
  }

  async delegate(context: RequestContext, day: string, { to, reason }: ReviewDelegation): Promise<LogReviewAnswer> {
    const people = await PeopleOfReviews.read(this.#own(context));
    const shown = await this.#change(context, day, async (held, full) => {
      const person = people.active(to, 'reviews.perform');
      const refusal = refuseDelegation(context.actor, dailyReview(full), { id: to, role: person?.role ?? '' });
      if (refusal === 'delegate') throw new AppError('conflict', { reason: 'not-a-reviewer' });
      refuseAct(refusal);
      const name = person?.displayName ?? '';
      await this.#trail.record(context, {
        action: 'log-review.delegate',
        outcome: 'success',
        target: targetOf(full.whole),
        before: { delegatedTo: full.whole.review.delegatedToName },
        after: { delegatedTo: name, reason },
      });
      const at = this.#clock.now();
      await held.put({
        delegatedTo: to,
        delegatedToName: name,
        delegatedByName: context.actor.name,
        delegationReason: reason,
      });
      await held.act({ ...by(context, at), kind: 'delegated', text: `${name}: ${reason}` });
    });
    await this.#mails.delegated(context, { day, to });
    return shown;
  }

  /** An item that this person may give a result to now. */
  #judgeable(context: RequestContext, full: DayToJudge, id: string): StoredItem {
    const item = full.whole.items.find((each) => each.id === id);
    if (item === undefined) throw new AppError('not-found');
    refuseAct(refuseDecision(context.actor, dailyReview(full), item.area));
    // Nobody judges what they may not see.
    if (!seesWholeArea(context.scope, item.area)) throw new AppError('forbidden');
    if (!isReady(item, full.runs)) throw new AppError('review-not-ready', { reason: 'runs-unfinished' });
    return item;
  }

  async #change(
    context: RequestContext,
    day: string,
    work: (held: HeldReview, full: DayToJudge) => Promise<void>,
  ): Promise<LogReviewAnswer> {
    const tenant = this.#own(context);
    const isThere = await this.#finisher.change(context, readDay(day), async (held) => {
      await work(held, await judgeable(tenant, held.whole, await held.findings.ofDay(day)));
      return true;
    });
    const whole = isThere === null ? null : await tenant.logReviews.get(day);
    if (whole === null) throw new AppError('not-found');
    return this.#days.show(context, whole);
  }

  async #record(
    context: RequestContext,
    whole: WholeReview,
    {
      action,
      item,
      after,
      details,
    }: {
      action: 'log-review.decide' | 'log-review.undo' | 'log-review.look';
      item: StoredItem;
      after?: Record<string, unknown>;
      details?: Record<string, number>;
    },
  ): Promise<void> {
    await this.#trail.record(context, {
      action,
      outcome: 'success',
      target: { ...targetOf(whole), name: `${whole.review.day} ${item.report.id} ${item.area.name}` },
      before: after === undefined ? undefined : { state: item.state },
      after,
      details: { item: item.id, report: item.report.id, area: item.area.name, ...details },
    });
  }

  #own(context: RequestContext): TenantDatabase {
    return this.#database.forTenant(context.tenantId);
  }
}

export function targetOf({ review }: WholeReview): { kind: string; id: string; name: string } {
  return { kind: 'log-review', id: review.day, name: review.day };
}

export function by({ actor }: RequestContext, at: Date): { byId: string; byName: string; at: Date } {
  return { byId: actor.id, byName: actor.name, at };
}

/** Who gave a result and when; nobody where it is taken back. */
function decision({ actor }: RequestContext, at: Date | null): ItemChange {
  if (at === null) return { decidedBy: null, decidedByName: null, decidedAt: null, isBulk: false, comment: null };
  return { decidedBy: actor.id, decidedByName: actor.name, decidedAt: at, isBulk: false };
}
