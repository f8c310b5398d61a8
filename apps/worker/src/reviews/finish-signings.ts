import { ReviewBeingSignedError } from '@akashi/database';
import { mailSigned } from './mail-signed.ts';
import type { ReviewParts } from './review-parts.ts';

/** Whoever committed to a signed act is at it themselves for as long: sealing gives up after five seconds. */
const leftAloneMs = 15_000;
const atOnce = 50;

/**
 * Finishes signed acts whose process stopped between committing to them and keeping them, so that what is sealed holds also where
 * nobody comes back to the day. Lines go under the key of the first attempt: a record is sealed once. Whoever keeps it sends the
 * mails.
 */
export async function finishSignings(
  parts: Pick<ReviewParts, 'database' | 'log' | 'logger' | 'mailer' | 'webUrl' | 'now'>,
): Promise<void> {
  const before = new Date(parts.now().getTime() - leftAloneMs);
  for (const { tenantId, day } of await parts.database.platform.logReviews.findUnfinishedSignings(before, atOnce)) {
    const { logReviews } = parts.database.forTenant(tenantId);
    try {
      const finished = await logReviews.finishSigning(day, ({ id, sealed }) =>
        parts.log.appendAll({ tenantId, ...sealed, idempotencyKey: id }),
      );
      if (finished?.isKeptHere === true) await mailSigned(parts, tenantId, finished.intent);
    } catch (error) {
      parts.logger.warn({ tenantId, day, err: error }, 'A signed record could not be sealed yet; it is tried again.');
    }
  }
}

/** Null where a signed act on the day is to be finished first: it is looked at again the next time. */
export async function unlessBeingSigned<T>(change: Promise<T>): Promise<T | null> {
  try {
    return await change;
  } catch (error) {
    if (error instanceof ReviewBeingSignedError) return null;
    throw error;
  }
}
