import { Inject, Injectable } from '@nestjs/common';
import { ReviewBeingSignedError, type HeldReview, type SigningIntent, type TenantId } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { sealDocuments } from '../signatures/review-lines.ts';
import { ReviewMails } from './review-mails.ts';

/** How often somebody may sign the day just before; more at once is a day that two fight over. */
const tries = 5;

/**
 * Finishes signed acts: whoever committed to one seals it and keeps it, and so does whoever comes to the day after a process
 * that stopped between the two. Lines go under the same idempotency key each time, so that a record is sealed once.
 */
@Injectable()
export class SigningFinisher {
  readonly #parts: Pick<ApiParts, 'database' | 'ownLogs' | 'onStep'>;
  readonly #mails: ReviewMails;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'ownLogs' | 'onStep'>,
    @Inject(ReviewMails) mails: ReviewMails,
  ) {
    this.#parts = parts;
    this.#mails = mails;
  }

  /** Answers what was finished; null where nothing waited. Throws `audit-trail-unavailable` while it cannot be sealed. */
  async finish(tenantId: TenantId, day: string): Promise<SigningIntent | null> {
    const { database, ownLogs, onStep } = this.#parts;
    const { logReviews } = database.forTenant(tenantId);
    const finished = await logReviews.finishSigning(day, async ({ id, sealed }) => {
      onStep('signing-intended');
      await sealDocuments(ownLogs, { tenantId }, { lines: sealed.records, idempotencyKey: id });
      onStep('signing-sealed');
    });
    if (finished === null) return null;
    const { intent, isKeptHere } = finished;
    const whole = isKeptHere ? await logReviews.get(day) : null;
    if (whole !== null) await this.#mails.signed(tenantId, { intent, whole });
    return intent;
  }

  /** Changes a day as `LogReviews.change`, after what was signed before is finished. */
  async change<T>(
    { tenantId }: { readonly tenantId: TenantId },
    day: string,
    work: (held: HeldReview) => Promise<T>,
  ): Promise<T | null> {
    const { logReviews } = this.#parts.database.forTenant(tenantId);
    for (let left = tries; left > 0; left -= 1) {
      try {
        return await logReviews.change(day, work);
      } catch (error) {
        if (!(error instanceof ReviewBeingSignedError)) throw error;
      }
      await this.finish(tenantId, day);
    }
    throw new AppError('review-moved-on');
  }
}
