import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { ReviewState } from '@akashi/policy';
import type { RunSql } from '../../scoped-transaction.ts';
import { changeReview, type HeldReview } from './change-review.ts';
import { readReview } from './read-review.ts';
import {
  reviewColumns,
  type CalendarReview,
  type ItemArea,
  type ItemReport,
  type StoredReview,
  type StoredReviewRecord,
  type WholeReview,
} from './stored-review.ts';

export interface NewReviewItem {
  readonly report: ItemReport;
  readonly area: ItemArea;
  readonly from: Date;
  readonly to: Date;
  readonly runId: string;
}

export interface NewReview {
  readonly day: string;
  readonly timeZone: string;
  readonly from: Date;
  readonly to: Date;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly missedAt: Date;
  /** Of rules, masters and formats, as they are now. */
  readonly versions: Readonly<Record<string, string | number>>;
  readonly items: readonly NewReviewItem[];
}

/** The daily log reviews of an organisation (PCI DSS 10.4.1). Days are yyyy-mm-dd of its zone. */
export interface LogReviews {
  /** Makes a day's review once; false where it is there already. */
  create(review: NewReview): Promise<boolean>;
  /** The days from `from` to `to`, both included, oldest first. */
  list(days: { from: string; to: string }): Promise<CalendarReview[]>;
  /** The first day that has a review. */
  firstDay(): Promise<string | null>;
  /** The newest day in one of these states. */
  newest(states: readonly ReviewState[]): Promise<StoredReview | null>;
  /** In one of these states, oldest first. */
  inState(states: readonly ReviewState[]): Promise<StoredReview[]>;
  get(day: string): Promise<WholeReview | null>;
  /** Oldest first, addenda after the record that they add to. */
  records(day: string): Promise<StoredReviewRecord[]>;
  /** Holds the day, so that of two who act at once the second sees what the first did. Null where there is none. */
  change<T>(day: string, work: (held: HeldReview) => Promise<T>): Promise<T | null>;
}

export function logReviews(run: RunSql, tenantId: string): LogReviews {
  return {
    create: (review) => run((client) => insertReview(client, tenantId, review)),
    list: ({ from, to }) =>
      run(async (client) => {
        const { rows } = await client.query<CalendarReview>(
          `SELECT ${reviewColumns}, count(i.id)::int AS items,
                  (count(*) FILTER (WHERE i.state = 'exception'))::int AS exceptions
           FROM log_review r LEFT JOIN log_review_item i ON i.tenant_id = r.tenant_id AND i.day = r.day
           WHERE r.tenant_id = $1 AND r.day BETWEEN $2 AND $3 GROUP BY r.tenant_id, r.day ORDER BY r.day`,
          [tenantId, from, to],
        );
        return rows;
      }),
    firstDay: () =>
      run(async (client) => {
        const statement = 'SELECT min(day) AS day FROM log_review WHERE tenant_id = $1';
        return (await client.query<{ day: string | null }>(statement, [tenantId])).rows[0]?.day ?? null;
      }),
    newest: (states) =>
      run(async (client) => {
        const { rows } = await client.query<StoredReview>(
          `SELECT ${reviewColumns} FROM log_review r WHERE r.tenant_id = $1 AND r.state = ANY ($2)
           ORDER BY r.day DESC LIMIT 1`,
          [tenantId, states],
        );
        return rows[0] ?? null;
      }),
    inState: (states) =>
      run(async (client) => {
        const { rows } = await client.query<StoredReview>(
          `SELECT ${reviewColumns} FROM log_review r WHERE r.tenant_id = $1 AND r.state = ANY ($2) ORDER BY r.day`,
          [tenantId, states],
        );
        return rows;
      }),
    get: (day) => run((client) => readReview(client, { tenantId, day })),
    records: (day) =>
      run(async (client) => {
        const { rows } = await client.query<StoredReviewRecord>(
          `SELECT revision, addendum, canonical, sha256, sealed_as AS "sealedAs", at FROM log_review_record
           WHERE tenant_id = $1 AND day = $2 ORDER BY revision, addendum`,
          [tenantId, day],
        );
        return rows;
      }),
    change: (day, work) => run((client) => changeReview(client, { tenantId, day }, work)),
  };
}

async function insertReview(client: PoolClient, tenantId: string, review: NewReview): Promise<boolean> {
  const { day, timeZone, from, to, startedAt, dueAt, missedAt, versions, items } = review;
  const { rowCount } = await client.query(
    `INSERT INTO log_review (tenant_id, day, time_zone, from_at, to_at, started_at, due_at, missed_at, versions)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [tenantId, day, timeZone, from, to, startedAt, dueAt, missedAt, JSON.stringify(versions)],
  );
  if (rowCount !== 1) return false;
  for (const item of items) {
    await client.query(
      `INSERT INTO log_review_item (id, tenant_id, day, report_id, report, area_id, area, from_at, to_at, run_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        randomUUID(),
        tenantId,
        day,
        item.report.id,
        JSON.stringify(item.report),
        item.area.id,
        JSON.stringify(item.area),
        item.from,
        item.to,
        item.runId,
      ],
    );
  }
  return true;
}
