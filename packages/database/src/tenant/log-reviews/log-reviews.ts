import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { ReviewState } from '@akashi/policy';
import type { RunSql } from '../../scoped-transaction.ts';
import { insertReportRuns } from '../report-runs/insert-report-runs.ts';
import type { NewReportRun } from '../report-runs/report-run.ts';
import { changeReview, keepIntent, type HeldReview } from './change-review.ts';
import { readReview } from './read-review.ts';
import { readIntent, type SigningIntent } from './signing-intent.ts';
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

export interface NewReview extends Pick<
  StoredReview,
  'day' | 'timeZone' | 'from' | 'to' | 'startedAt' | 'dueAt' | 'missedAt' | 'versions'
> {
  readonly items: readonly NewReviewItem[];
}

export interface FormerItem {
  readonly day: string;
  readonly rows: number;
  /** Null while its checks are not made. */
  readonly shapes: readonly string[] | null;
}

/** The daily log reviews of an organisation (PCI DSS 10.4.1). Days are yyyy-mm-dd of its zone. */
export interface LogReviews {
  /**
   * Makes a day's review once, with the runs that its items name and those beside them, in one transaction; false where it is
   * there already.
   */
  create(review: NewReview, runs: readonly NewReportRun[]): Promise<boolean>;
  /** The days from `from` to `to`, both included, oldest first. */
  list(days: { from: string; to: string }): Promise<CalendarReview[]>;
  /** The first day that has a review. */
  firstDay(): Promise<string | null>;
  /** The newest day in one of these states. */
  newest(states: readonly ReviewState[]): Promise<StoredReview | null>;
  /** In one of these states, oldest first. */
  inState(states: readonly ReviewState[]): Promise<StoredReview[]>;
  get(day: string): Promise<WholeReview | null>;
  /** What became of a report and area on days before one, the newest first: those whose runs were done. */
  former(item: { report: string; area: string; before: string; limit: number }): Promise<FormerItem[]>;
  /** Oldest first, addenda after the record that they add to. */
  records(day: string): Promise<StoredReviewRecord[]>;
  /**
   * Holds the day, so that of two who act at once the second sees what the first did. Null where there is none. Throws a
   * ReviewBeingSignedError while a signed act on it is not finished.
   */
  change<T>(day: string, work: (held: HeldReview) => Promise<T>): Promise<T | null>;
  /**
   * Finishes the signed act that somebody has committed to: `seal` has its lines sealed under its key, then it is kept. May be
   * done by several at once and again after a crash: what is sealed twice under one key is one, and it is kept once. Null where
   * there is nothing to finish; `isKeptHere` is false where somebody else kept it meanwhile.
   */
  finishSigning(day: string, seal: (intent: SigningIntent) => Promise<void>): Promise<FinishedSigning | null>;
}

export interface FinishedSigning {
  readonly intent: SigningIntent;
  readonly isKeptHere: boolean;
}

export function logReviews(run: RunSql, tenantId: string): LogReviews {
  return {
    create: (review, runs) => run((client) => insertReview(client, tenantId, { review, runs })),
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
    former: ({ report, area, before, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<FormerItem>(
          `SELECT i.day, r.rows, i.judged->'shapes' AS shapes
           FROM log_review_item i JOIN report_run r ON r.tenant_id = i.tenant_id AND r.id = i.run_id AND r.state = 'done'
           WHERE i.tenant_id = $1 AND i.report_id = $2 AND i.area_id = $3 AND i.day < $4 ORDER BY i.day DESC LIMIT $5`,
          [tenantId, report, area, before, limit],
        );
        return rows;
      }),
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
    finishSigning: async (day, seal) => {
      const place = { tenantId, day };
      const intent = await run((client) => readIntent(client, place));
      if (intent === null) return null;
      // Outside of any transaction: the intake may be slow, and nobody else changes the day meanwhile.
      await seal(intent);
      return { intent, isKeptHere: await run((client) => keepIntent(client, place, intent)) };
    },
  };
}

async function insertReview(
  client: PoolClient,
  tenantId: string,
  { review, runs }: { review: NewReview; runs: readonly NewReportRun[] },
): Promise<boolean> {
  const { day, timeZone, from, to, startedAt, dueAt, missedAt, versions, items } = review;
  const { rowCount } = await client.query(
    `INSERT INTO log_review (tenant_id, day, time_zone, from_at, to_at, started_at, due_at, missed_at, versions)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [tenantId, day, timeZone, from, to, startedAt, dueAt, missedAt, JSON.stringify(versions)],
  );
  if (rowCount !== 1) return false;
  const planned = await insertReportRuns(client, tenantId, runs);
  const idOf = new Map(planned.map(({ wantedId, id }) => [wantedId, id]));
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
        idOf.get(item.runId) ?? item.runId,
      ],
    );
  }
  return true;
}
