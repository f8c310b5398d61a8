import { Inject, Injectable } from '@nestjs/common';
import type { CalendarAnswer, CalendarDay, CalendarQuery, LogReviewAnswer } from '@akashi/contracts';
import type { CalendarReview, StoredIncident, TenantDatabase, WholeReview } from '@akashi/database';
import { calendarState, dayName, dayOf, type CalendarEntry } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { mayUse } from '../request-context/may-use.ts';
import { SignaturesService } from '../signatures/signatures.service.ts';
import { fillDay } from './day-in-full.ts';
import { PeopleOfReviews } from '../findings/people-of-reviews.ts';
import { showReview } from './show-review.ts';

/** Two years and a bit: what a page or an auditor's list asks for at once. */
const mostDays = 800;
export const mostIncidents = 200;

/** Days of the daily log review, as people read them. */
@Injectable()
export class ReviewDaysService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #clock: ApiParts['clock'];
  readonly #signatures: Pick<SignaturesService, 'list'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(SignaturesService) signatures: Pick<SignaturesService, 'list'>,
  ) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#signatures = signatures;
  }

  /** Every day of the range has a state and, where there is no review, the reason. */
  async calendar(context: RequestContext, { from, to }: CalendarQuery): Promise<CalendarAnswer> {
    const [first, last] = [dayOf(from), dayOf(to)];
    if (Number.isNaN(first) || Number.isNaN(last) || last < first || last - first >= mostDays) {
      throw new AppError('time-range-invalid');
    }
    const tenant = this.#database.forTenant(context.tenantId);
    const [reviews, firstDay, settings] = await Promise.all([
      tenant.logReviews.list({ from, to }),
      tenant.logReviews.firstDay(),
      tenant.reviewSettings.get(),
    ]);
    const byDay = new Map(reviews.map((review) => [review.day, review]));
    const clock = { timeZone: context.timeZone, dueMinute: settings.dueMinute };
    const items = Array.from({ length: last - first + 1 }, (_, at) => {
      const day = dayName(first + at);
      const review = byDay.get(day) ?? null;
      return showDay(day, review, calendarState(day, review, { firstDay, clock, now: this.#clock.now() }));
    });
    return { items };
  }

  async get(context: RequestContext, day: string): Promise<LogReviewAnswer> {
    const tenant = this.#database.forTenant(context.tenantId);
    const whole = await tenant.logReviews.get(readDay(day));
    if (whole === null) throw new AppError('not-found');
    return this.show(context, whole);
  }

  /** A day that was just changed, as whoever changed it sees it. */
  async show(context: RequestContext, whole: WholeReview): Promise<LogReviewAnswer> {
    const tenant = this.#database.forTenant(context.tenantId);
    const { day } = whole.review;
    const [full, people, settings, incidents, signatures, records] = await Promise.all([
      fillDay(tenant, whole, { hasSummaries: true }),
      PeopleOfReviews.read(tenant),
      tenant.reviewSettings.get(),
      incidentsOf(tenant, context, whole),
      this.#signatures.list(context, day),
      tenant.logReviews.records(day),
    ]);
    return showReview(context, {
      day: full,
      people,
      settings,
      incidents,
      signatures,
      recordSha256: records.findLast(({ addendum }) => addendum === 0)?.sha256 ?? null,
      now: this.#clock.now(),
    });
  }
}

/** What is no day names nothing. */
export function readDay(text: string): string {
  if (Number.isNaN(dayOf(text))) throw new AppError('not-found');
  return text;
}

function incidentsOf(
  tenant: Pick<TenantDatabase, 'incidents'>,
  context: RequestContext,
  { review }: WholeReview,
): Promise<StoredIncident[]> {
  if (!mayUse(context.actor, 'incidents.read')) return Promise.resolve([]);
  return tenant.incidents.during({ from: review.from, to: review.to, limit: mostIncidents });
}

function showDay(day: string, review: CalendarReview | null, entry: CalendarEntry): CalendarDay {
  const reason = entry.why ?? review?.lateReason ?? null;
  return {
    day,
    state: entry.state,
    late: entry.isLate,
    dueAt: entry.dueAt?.toISOString() ?? null,
    items: review?.items ?? 0,
    exceptions: review?.exceptions ?? 0,
    ...(review?.submittedAt == null ? {} : { submittedAt: review.submittedAt.toISOString() }),
    ...(review?.submittedByName == null ? {} : { submittedBy: review.submittedByName }),
    ...(review?.approvedAt == null ? {} : { approvedAt: review.approvedAt.toISOString() }),
    ...(review?.approvedByName == null ? {} : { approvedBy: review.approvedByName }),
    ...(reason === null ? {} : { reason }),
  };
}
