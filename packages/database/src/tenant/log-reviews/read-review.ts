import type { PoolClient } from 'pg';
import {
  actColumns,
  itemColumns,
  reviewColumns,
  type StoredItem,
  type StoredReview,
  type StoredReviewAct,
  type WholeReview,
} from './stored-review.ts';

/** A day's review with its items (in the order of reports and areas) and acts; null where there is none. */
export async function readReview(
  client: PoolClient,
  { tenantId, day }: { tenantId: string; day: string },
): Promise<WholeReview | null> {
  const of = [tenantId, day];
  const reviews = await client.query<StoredReview>(
    `SELECT ${reviewColumns} FROM log_review r WHERE r.tenant_id = $1 AND r.day = $2`,
    of,
  );
  const review = reviews.rows[0];
  if (review === undefined) return null;
  const items = await client.query<StoredItem>(
    `SELECT ${itemColumns} FROM log_review_item i WHERE i.tenant_id = $1 AND i.day = $2
     ORDER BY (i.report->>'number')::int NULLS LAST, i.report_id, i.area->>'name', i.id`,
    of,
  );
  const acts = await client.query<StoredReviewAct>(
    `SELECT ${actColumns} FROM log_review_act a WHERE a.tenant_id = $1 AND a.day = $2 ORDER BY a.number`,
    of,
  );
  return { review, items: items.rows, acts: acts.rows };
}
