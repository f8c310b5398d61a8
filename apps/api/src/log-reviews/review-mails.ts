import { Inject, Injectable } from '@nestjs/common';
import type { SigningIntent, TenantDatabase, TenantId, User, WholeReview } from '@akashi/database';
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
import { PeopleOfReviews } from '../findings/people-of-reviews.ts';

export interface SignedMail {
  readonly whole: WholeReview;
  readonly intent: SigningIntent;
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
  async signed(tenantId: TenantId, { whole, intent }: SignedMail): Promise<void> {
    const { by } = intent.asked;
    const people = await PeopleOfReviews.read(this.#parts.database.forTenant(tenantId));
    const signer = people.find(by.id);
    if (signer !== null) await this.#copy(tenantId, signer, intent);
    const telling = tellingOf({ whole, intent }, people);
    if (telling !== null) await this.#tell({ tenantId, from: by.id }, people, telling);
  }

  /** Whoever is to do it instead of somebody. */
  async delegated(context: RequestContext, { day, to }: { day: string; to: string }): Promise<void> {
    const people = await PeopleOfReviews.read(this.#parts.database.forTenant(context.tenantId));
    const news = { kind: 'delegated', day, by: context.actor.name } as const;
    await this.#tell({ tenantId: context.tenantId, from: context.actor.id }, people, { to: [to], news });
  }

  async #tell(
    { tenantId, from }: { tenantId: TenantId; from: string },
    people: PeopleOfReviews,
    { to, news }: Telling,
  ): Promise<void> {
    const tenant = this.#parts.database.forTenant(tenantId);
    const readers = [...new Set(to)].flatMap((id) => (id === from ? [] : (people.find(id) ?? [])));
    await Promise.all(
      readers
        .filter(({ disabledAt }) => disabledAt === null)
        .map(async (person) =>
          this.#send(person, reviewDigest({ ...(await this.#letter(tenant, person)), news: [news] })),
        ),
    );
  }

  async #copy(tenantId: TenantId, signer: User, { kept: { signature, record } }: SigningIntent): Promise<void> {
    const message = signedRecordMessage({
      ...(await this.#letter(this.#parts.database.forTenant(tenantId), signer)),
      day: signature.day,
      revision: signature.revision,
      action: signature.action,
      signedAt: signature.signedAt,
      recordSha256: record.sha256,
      record: Buffer.from(record.canonical).toString('utf8'),
      signature: Buffer.from(signature.envelope).toString('utf8'),
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

function tellingOf({ whole: { review, items }, intent }: SignedMail, people: PeopleOfReviews): Telling | null {
  const { day } = review;
  const { name } = intent.asked.by;
  const reviewers = [review.submittedBy, review.delegatedTo].flatMap((id) => id ?? []);
  const areas = items.map(({ area }) => area);
  switch (intent.kept.signature.action) {
    case 'reviewed':
      return { to: people.of(areas, 'approvers').map(({ id }) => id), news: { kind: 'submitted', day, by: name } };
    case 'approved':
      return { to: reviewers, news: { kind: 'approved', day, by: name } };
    case 'returned':
      return { to: reviewers, news: { kind: 'returned', day, by: name } };
    case 'addendum':
      return null;
  }
}
