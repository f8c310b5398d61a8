import { Inject, Injectable } from '@nestjs/common';
import type { TenantDatabase, User, WholeReview } from '@akashi/database';
import { canonicalBytes } from '@akashi/integrity';
import {
  letterTo,
  reviewDigest,
  sendLetter,
  signedRecordMessage,
  type LetterDetails,
  type Message,
  type ReviewNews,
} from '@akashi/notify';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import type { SignedReview, SigningRequest } from '../signatures/signatures.service.ts';
import { PeopleOfReviews } from '../findings/people-of-reviews.ts';
import type { SignedAct } from './what-is-signed.ts';

export interface SignedMail {
  readonly act: SignedAct;
  readonly whole: WholeReview;
  readonly request: SigningRequest;
  readonly signature: SignedReview;
}

interface Telling {
  readonly to: readonly string[];
  readonly news: ReviewNews;
}

/** Tells people of what was signed. What was signed holds, whether a mail can be sent or not. */
@Injectable()
export class ReviewMails {
  readonly #parts: Pick<ApiParts, 'database' | 'mailer' | 'webUrl' | 'logger'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'mailer' | 'webUrl' | 'logger'>) {
    this.#parts = parts;
  }

  /** The signer gets their copy of record and signature; whoever's turn it is now is told. */
  async signed(context: RequestContext, mail: SignedMail): Promise<void> {
    const tenant = this.#parts.database.forTenant(context.tenantId);
    const people = await PeopleOfReviews.read(tenant);
    const signer = people.find(context.actor.id);
    if (signer !== null) await this.#copy(tenant, signer, mail);
    const { review, items } = mail.whole;
    const areas = items.map(({ area }) => area);
    const { day } = review;
    const from = context.actor.name;
    const reviewers = [review.submittedBy, review.delegatedTo].flatMap((id) => id ?? []);
    const told: Record<SignedAct, Telling | null> = {
      submit: { to: people.of(areas, 'approvers').map(({ id }) => id), news: { kind: 'submitted', day, by: from } },
      approve: { to: reviewers, news: { kind: 'approved', day, by: from } },
      return: { to: reviewers, news: { kind: 'returned', day, by: from } },
      addenda: null,
    };
    const telling = told[mail.act];
    if (telling !== null) await this.#tell(context, people, telling);
  }

  /** Whoever is to do it instead of somebody. */
  async delegated(context: RequestContext, { day, to }: { day: string; to: string }): Promise<void> {
    const people = await PeopleOfReviews.read(this.#parts.database.forTenant(context.tenantId));
    await this.#tell(context, people, { to: [to], news: { kind: 'delegated', day, by: context.actor.name } });
  }

  async #tell(context: RequestContext, people: PeopleOfReviews, { to, news }: Telling): Promise<void> {
    const tenant = this.#parts.database.forTenant(context.tenantId);
    const readers = [...new Set(to)].flatMap((id) => (id === context.actor.id ? [] : (people.find(id) ?? [])));
    await Promise.all(
      readers
        .filter(({ disabledAt }) => disabledAt === null)
        .map(async (person) =>
          this.#send(person, reviewDigest({ ...(await this.#letter(tenant, person)), news: [news] })),
        ),
    );
  }

  async #copy(tenant: TenantDatabase, signer: User, { whole, request, signature }: SignedMail): Promise<void> {
    const message = signedRecordMessage({
      ...(await this.#letter(tenant, signer)),
      day: whole.review.day,
      revision: request.revision,
      action: request.action,
      signedAt: signature.row.signedAt,
      recordSha256: signature.recordSha256,
      record: Buffer.from(request.record).toString('utf8'),
      signature: Buffer.from(canonicalBytes(signature.envelope)).toString('utf8'),
    });
    await this.#send(signer, message);
  }

  async #letter(tenant: TenantDatabase, person: User): Promise<LetterDetails> {
    return letterTo(person, await tenant.organisation.get(), this.#parts.webUrl);
  }

  #send(person: User, message: Message): Promise<void> {
    const { mailer, logger } = this.#parts;
    const onFailed = (error: unknown): void => logger.warn({ err: error }, 'A mail about a review could not be sent.');
    return sendLetter({ mailer, onFailed }, person, message);
  }
}
