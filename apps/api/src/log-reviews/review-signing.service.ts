import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { LogReviewAnswer, ReviewSigning, SigningOptions, SigningOptionsRequest } from '@akashi/contracts';
import type { SessionUser, SigningAsked, TenantDatabase, WholeReview } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { signaturesPlace } from '../signatures/review-lines.ts';
import { SignaturesService } from '../signatures/signatures.service.ts';
import { fillDay } from './day-in-full.ts';
import { PeopleOfReviews } from '../findings/people-of-reviews.ts';
import { mostIncidents, readDay, ReviewDaysService } from './review-days.service.ts';
import { targetOf } from './review-results.service.ts';
import { SigningFinisher } from './signing-finisher.ts';
import { whatIsKept } from './what-is-kept.ts';
import { whatIsSigned, type SignedAct, type SignedDay } from './what-is-signed.ts';

const actionOf = {
  submit: 'log-review.submit',
  approve: 'log-review.approve',
  return: 'log-review.return',
  addenda: 'log-review.addendum',
} as const;

export interface Signer {
  readonly context: RequestContext;
  readonly session: SessionUser;
}

/** Submits, approves, sends back and adds: each with a signature, committed to, sealed, and then kept. */
@Injectable()
export class ReviewSigningService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #clock: ApiParts['clock'];
  readonly #trail: Pick<AuditTrail, 'record'>;
  readonly #signatures: SignaturesService;
  readonly #days: Pick<ReviewDaysService, 'get'>;
  readonly #finisher: SigningFinisher;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
    @Inject(SignaturesService) signatures: SignaturesService,
    @Inject(ReviewDaysService) days: Pick<ReviewDaysService, 'get'>,
    @Inject(SigningFinisher) finisher: SigningFinisher,
  ) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#trail = trail;
    this.#signatures = signatures;
    this.#days = days;
    this.#finisher = finisher;
  }

  /** What will be signed, and what the person's signing credential is to be asked. Changes nothing of the day. */
  async prepare(context: RequestContext, day: string, asked: SigningOptionsRequest): Promise<SigningOptions> {
    const tenant = this.#own(context);
    const whole = await tenant.logReviews.get(readDay(day));
    if (whole === null) throw new AppError('not-found');
    const { action, ...said } = asked;
    const on = await this.#read(context, whole, await this.#wholeFindings(tenant, day));
    const request = whatIsSigned(context, action, { said, on });
    await this.#trail.record(context, {
      action: 'log-review.prepare',
      outcome: 'success',
      target: targetOf(whole),
      details: { act: action },
    });
    return this.#signatures.prepare(context, request);
  }

  async sign(
    { context, session }: Signer,
    place: { day: string; act: SignedAct },
    { passkey, ...said }: ReviewSigning,
  ): Promise<LogReviewAnswer> {
    const { day, act } = place;
    const asked: SigningAsked = { act, by: { id: context.actor.id, name: context.actor.name }, said };
    const former = await this.#finisher.finish(context.tenantId, readDay(day));
    // They asked for the same just before, and were not told that it holds.
    if (former !== null && isDeepStrictEqual(former.asked, plainAsked(asked))) return this.#days.get(context, day);
    const isThere = await this.#finisher.change(context, day, async (held) => {
      const on = await this.#read(context, held.whole, await held.findings.wholeOfDay(day));
      const request = whatIsSigned(context, act, { said, on });
      const signature = await this.#signatures.sign(context, session, { ...request, passkey });
      await this.#trail.record(context, {
        action: actionOf[act],
        outcome: 'success',
        target: targetOf(held.whole),
        before: { state: held.whole.review.state },
        after: { ...said, revision: request.revision },
        details: { record_sha256: signature.recordSha256, method: signature.row.method },
      });
      await held.intend({
        id: signature.row.lineId,
        asked,
        sealed: { ...signaturesPlace, records: signature.lines },
        kept: whatIsKept(context, act, { said, on, request, signature }),
        madeAt: this.#clock.now(),
      });
      return true;
    });
    if (isThere === null) throw new AppError('not-found');
    await this.#finisher.finish(context.tenantId, day);
    return this.#days.get(context, day);
  }

  async #read(context: RequestContext, whole: WholeReview, findings: SignedDay['findings']): Promise<SignedDay> {
    const tenant = this.#own(context);
    const { from, to, day } = whole.review;
    const [full, records, incidents, people, settings, organisation] = await Promise.all([
      fillDay(tenant, whole, { hasSummaries: false, findings: findings.map(({ finding }) => finding) }),
      tenant.logReviews.records(day),
      // The record is of all that happened, whoever signs it.
      tenant.incidents.during({ from, to, limit: mostIncidents }),
      PeopleOfReviews.read(tenant),
      tenant.reviewSettings.get(),
      tenant.organisation.get(),
    ]);
    const organisationName = organisation.language === 'ja' ? organisation.nameJa : organisation.nameEn;
    return { day: full, records, findings, incidents, people, settings, organisationName, now: this.#clock.now() };
  }

  #wholeFindings(tenant: TenantDatabase, day: string): Promise<SignedDay['findings']> {
    return tenant.findings.change((held) => held.wholeOfDay(day));
  }

  #own(context: RequestContext): TenantDatabase {
    return this.#database.forTenant(context.tenantId);
  }
}

/** As it comes back from the database, where what is undefined is left out. */
function plainAsked(asked: SigningAsked): unknown {
  return JSON.parse(JSON.stringify(asked));
}
