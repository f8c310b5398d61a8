import { Inject, Injectable } from '@nestjs/common';
import type { SigningIntent, TenantDatabase, TenantId, User, WholeReview } from '@akashi/database';
import {
  letterTo,
  newsOfSigned,
  reviewDigest,
  sendLetter,
  signedRecordMessage,
  type LetterDetails,
  type Message,
  type SignedNews,
} from '@akashi/notify';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { PeopleOfReviews } from '../findings/people-of-reviews.ts';

export interface SignedMail {
  readonly whole: WholeReview;
  readonly intent: SigningIntent;
}

/** Tells people of what was signed. What was signed holds, whether a mail can be sent or not. */
@Injectable()
export class ReviewMails {
  readonly #parts: Pick<ApiParts, 'database' | 'mailer' | 'webUrl' | 'logger'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'mailer' | 'webUrl' | 'logger'>) {
    this.#parts = parts;
  }

  /** The signer gets their copy of record and signature; whoever's turn it is now is told. */
  async signed(tenantId: TenantId, { whole: { review, items }, intent }: SignedMail): Promise<void> {
    const { by } = intent.asked;
    const people = await PeopleOfReviews.read(this.#parts.database.forTenant(tenantId));
    const signer = people.find(by.id);
    if (signer !== null) await this.#copy(tenantId, signer, intent);
    const areas = items.map(({ area }) => area);
    const news = newsOfSigned(
      { action: intent.kept.signature.action, day: review.day, by },
      {
        reviewers: [review.submittedBy, review.delegatedTo].flatMap((id) => id ?? []),
        approvers: people.of(areas, 'approvers').map(({ id }) => id),
      },
    );
    if (news !== null) await this.#tell(tenantId, people, news);
  }

  /** Whoever is to do it instead of somebody. */
  async delegated(context: RequestContext, { day, to }: { day: string; to: string }): Promise<void> {
    const people = await PeopleOfReviews.read(this.#parts.database.forTenant(context.tenantId));
    const news = { kind: 'delegated', day, by: context.actor.name } as const;
    const others = to === context.actor.id ? [] : [to];
    await this.#tell(context.tenantId, people, { to: others, news });
  }

  async #tell(tenantId: TenantId, people: PeopleOfReviews, { to, news }: SignedNews): Promise<void> {
    const tenant = this.#parts.database.forTenant(tenantId);
    const readers = to.flatMap((id) => people.find(id) ?? []);
    await Promise.all(
      readers
        .filter(({ disabledAt }) => disabledAt === null)
        .map(async (person) =>
          this.#send(person, reviewDigest({ ...(await this.#letter(tenant, person)), news: [news] })),
        ),
    );
  }

  async #copy(tenantId: TenantId, signer: User, { kept }: SigningIntent): Promise<void> {
    const letter = await this.#letter(this.#parts.database.forTenant(tenantId), signer);
    await this.#send(signer, signedRecordMessage({ ...letter, ...kept }));
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
