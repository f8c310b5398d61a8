import type {
  AccessReviewAnswer,
  AccessReviewDecision,
  AccessReviewDetail,
  AccessReviewsAnswer,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type { AccessReviewDetail };
export type AccessReview = AccessReviewAnswer;
export type AccessReviewItem = AccessReviewDetail['items'][number];

export function readAccessReviews(signal: AbortSignal): Promise<AccessReviewsAnswer> {
  return callApi({ path: '/v1/access-reviews', signal });
}

export function readAccessReview(id: string, signal: AbortSignal): Promise<AccessReviewDetail> {
  return callApi({ path: reviewPath(id), signal });
}

export function openAccessReview(dueAt: string | null): Promise<AccessReviewDetail> {
  return callApi({ method: 'POST', path: '/v1/access-reviews', body: dueAt === null ? {} : { dueAt } });
}

export function decideReviewItem(
  place: { reviewId: string; itemId: string },
  decision: AccessReviewDecision,
): Promise<AccessReviewDetail> {
  const path = `${reviewPath(place.reviewId)}/items/${encodeURIComponent(place.itemId)}`;
  return callApi({ method: 'POST', path, body: decision });
}

export function closeAccessReview(id: string): Promise<AccessReview> {
  return callApi({ method: 'POST', path: `${reviewPath(id)}/close` });
}

function reviewPath(id: string): string {
  return `/v1/access-reviews/${encodeURIComponent(id)}`;
}
