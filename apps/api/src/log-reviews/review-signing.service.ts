import { Inject, Injectable } from '@nestjs/common';
import type { LogReviewAnswer, ReviewSigning, SigningOptions, SigningOptionsRequest } from '@akashi/contracts';
import type { HeldReview, SessionUser, TenantDatabase, WholeReview } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { SignaturesService, type SignedReview, type SigningRequest } from '../signatures/signatures.service.ts';
import { fillDay } from './day-in-full.ts';
import { PeopleOfReviews } from '../findings/people-of-reviews.ts';
import { mostIncidents, readDay, ReviewDaysService } from './review-days.service.ts';
import { ReviewMails } from './review-mails.ts';
import { by, targetOf } from './review-results.service.ts';
import {
  addendumNumber,
  isExcused,
  whatIsSigned,
  type Said,
  type SignedAct,
  type SignedDay,
} from './what-is-signed.ts';

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

/** Submits, approves, sends back and adds: each with a signature, sealed before it holds. */
@Injectable()
export class ReviewSigningService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #clock: ApiParts['clock'];
  readonly #trail: Pick<AuditTrail, 'record'>;
  readonly #signatures: SignaturesService;
  readonly #days: Pick<ReviewDaysService, 'show'>;
  readonly #mails: ReviewMails;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
    @Inject(SignaturesService) signatures: SignaturesService,
    @Inject(ReviewDaysService) days: Pick<ReviewDaysService, 'show'>,
    @Inject(ReviewMails) mails: ReviewMails,
  ) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#trail = trail;
    this.#signatures = signatures;
    this.#days = days;
    this.#mails = mails;
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
    const tenant = this.#own(context);
    const signed = await tenant.logReviews.change(readDay(day), async (held) => {
      const on = await this.#read(context, held.whole, await held.findings.wholeOfDay(day));
      const request = whatIsSigned(context, act, { said, on });
      const signature = await this.#signatures.sign(context, session, { ...request, passkey });
      await this.#keep(held, { context, act, said, on, request, signature });
      await this.#trail.record(context, {
        action: actionOf[act],
        outcome: 'success',
        target: targetOf(held.whole),
        before: { state: held.whole.review.state },
        after: { ...said, revision: request.revision },
        details: { record_sha256: signature.recordSha256, method: signature.row.method },
      });
      // The last of all: what is sealed is true, or the whole transaction is not.
      await signature.seal();
      return { request, signature };
    });
    const whole = signed === null ? null : await tenant.logReviews.get(day);
    if (signed === null || whole === null) throw new AppError('not-found');
    if (act === 'submit') await this.#ceaseMissed(context, whole);
    await this.#mails.signed(context, { act, whole, ...signed });
    return this.#days.show(context, whole);
  }

  async #keep(held: HeldReview, kept: KeptSignature): Promise<void> {
    const { context, act, said, on, request, signature } = kept;
    const { row, recordSha256 } = signature;
    const { review } = held.whole;
    const at = row.signedAt;
    const who = by(context, at);
    const record = { canonical: request.record, sha256: recordSha256, sealedAs: row.lineId, at };
    // Before the state changes: an approved day changes no more.
    await held.addSignature(row);
    switch (act) {
      case 'submit': {
        const lateReason = said.lateReason ?? review.lateReason ?? undefined;
        await held.addRecord({ ...record, revision: request.revision, addendum: 0 });
        await held.put({
          state: 'submitted',
          revision: request.revision,
          lateReason,
          submittedBy: context.actor.id,
          submittedByName: context.actor.name,
          submittedAt: at,
          returnedComment: null,
        });
        if (said.lateReason !== undefined) await held.act({ ...who, kind: 'late-reason', text: said.lateReason });
        return held.act({ ...who, kind: 'submitted', text: said.comment });
      }
      case 'approve':
        await held.put({
          state: 'approved',
          approvedBy: context.actor.id,
          approvedByName: context.actor.name,
          approvedAt: at,
          separationReason: isExcused(context, on) ? said.separationReason : undefined,
        });
        return held.act({ ...who, kind: 'approved', text: said.separationReason ?? said.comment });
      case 'return':
        await held.put({ state: 'returned', returnedComment: said.comment });
        return held.act({ ...who, kind: 'returned', text: said.comment });
      case 'addenda':
        await held.addRecord({ ...record, revision: request.revision, addendum: addendumNumber(on) });
        return held.act({ ...who, kind: 'addendum', text: said.comment });
    }
  }

  /** What was missed is done now: the incident's cause is over. A person closes it with its record. */
  async #ceaseMissed(context: RequestContext, { review }: WholeReview): Promise<void> {
    const at = this.#clock.now();
    await this.#own(context).incidents.cease({ kind: 'review-missed', where: `review ${review.day}`, at });
  }

  async #read(context: RequestContext, whole: WholeReview, findings: SignedDay['findings']): Promise<SignedDay> {
    const tenant = this.#own(context);
    const { from, to, day } = whole.review;
    const [full, records, incidents, people, settings, organisation] = await Promise.all([
      fillDay(
        tenant,
        whole,
        findings.map(({ finding }) => finding),
      ),
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

interface KeptSignature {
  readonly context: RequestContext;
  readonly act: SignedAct;
  readonly said: Said;
  readonly on: SignedDay;
  readonly request: SigningRequest;
  readonly signature: SignedReview;
}
