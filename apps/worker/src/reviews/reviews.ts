import type { ProcessTimer } from '@akashi/server-kit';
import { finishSignings } from './finish-signings.ts';
import { judgeReview } from './judge-review.ts';
import { missReviews } from './miss-reviews.ts';
import { remindOfReviews } from './remind-of-reviews.ts';
import type { ReviewParts } from './review-parts.ts';

const judgeEveryMs = 2_000;
const finishEveryMs = 10_000;
const daysAtOnce = 20;

/** Checks days as soon as their reports are there and finishes what was signed, in whichever worker. */
export function reviewTimers(parts: ReviewParts): ProcessTimer[] {
  return [
    {
      name: 'review-checks',
      everyMs: judgeEveryMs,
      run: async () => {
        for (const { tenantId, day } of await parts.database.platform.logReviews.findUnjudged(daysAtOnce)) {
          // What one organisation's day meets keeps no other from being checked.
          await judgeReview(parts, tenantId, day).catch((error: unknown) =>
            parts.logger.warn(
              { tenantId, day, err: error },
              'The automatic checks of a day stopped; they are made again.',
            ),
          );
        }
      },
    },
    { name: 'review-signings', everyMs: finishEveryMs, run: () => finishSignings(parts) },
  ];
}

/** Calls days missed whose time is over, and reminds people of the others. */
export async function attendToReviews(parts: ReviewParts): Promise<void> {
  for (const tenantId of await parts.database.platform.logReviews.findUnsubmitted()) {
    const missed = await missReviews(parts, tenantId);
    await remindOfReviews(parts, tenantId, missed);
  }
}
