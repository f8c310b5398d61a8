import type { RunSql } from '../../scoped-transaction.ts';
import type { StoredText } from './stored-rule.ts';

/** An event that an alert names. */
export interface StoredAlertEvent {
  readonly eventId: string;
  readonly logGroup: string;
  readonly logStream: string;
}

/** One episode of a rule and key. Times are receive times, UTC microseconds; of what did not come, when it was due. */
export interface StoredAlert {
  readonly id: string;
  readonly ruleId: string;
  readonly version: number;
  /** Of that version. */
  readonly title: StoredText;
  readonly kind: string;
  readonly severity: string;
  /** Values of the rule's key fields: log content, shown to whoever may see every place. */
  readonly key: string;
  readonly firstAtUs: number;
  readonly lastAtUs: number;
  /** When the block was made that opened it. */
  readonly openedAtUs: number;
  readonly count: number;
  /** The first ones. */
  readonly events: readonly StoredAlertEvent[];
  /** Every log group and stream that its events came from. */
  readonly places: readonly { readonly logGroup: string; readonly logStream: string }[];
  /** False when there were more than are kept: only who may see everything may see the alert. */
  readonly hasAllPlaces: boolean;
  /** Entries of the log. */
  readonly firstEntry: number;
  readonly lastEntry: number;
  readonly incidentId: string | null;
}

export interface AlertSelection {
  /** Opened from this moment on. */
  readonly from?: Date | undefined;
  /** Opened before this moment. */
  readonly to?: Date | undefined;
  readonly severities?: readonly string[] | undefined;
  readonly ruleId?: string | undefined;
  /** Only what is older than this one, in the order of the list. */
  readonly after?: { readonly openedAtUs: number; readonly id: string } | undefined;
  readonly limit: number;
}

export interface Alerts {
  /** Newest first. */
  list(selection: AlertSelection): Promise<StoredAlert[]>;
  find(id: string): Promise<StoredAlert | null>;
  /** Those with events within a range of receive time, and those that were opened within it; the oldest first, at most so many. */
  during(range: { readonly from: Date; readonly to: Date; readonly limit: number }): Promise<StoredAlert[]>;
  /** How many each rule opened from a moment on; rules without one are left out. */
  countsByRule(from: Date): Promise<ReadonlyMap<string, number>>;
}

const shown = `
  id, rule_id AS "ruleId", version, title, kind, severity, key, first_us AS "firstAtUs", last_us AS "lastAtUs",
  opened_us AS "openedAtUs", count, events, places, has_all_places AS "hasAllPlaces", first_entry AS "firstEntry",
  last_entry AS "lastEntry", incident_id AS "incidentId"`;

function microseconds(moment: Date | undefined): number | null {
  return moment === undefined ? null : moment.getTime() * 1000;
}

export function alerts(run: RunSql, tenantId: string): Alerts {
  return {
    list: ({ from, to, severities, ruleId, after, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<StoredAlert>(
          `SELECT ${shown} FROM alert
           WHERE tenant_id = $1 AND ($2::bigint IS NULL OR opened_us >= $2) AND ($3::bigint IS NULL OR opened_us < $3)
             AND ($4::text[] IS NULL OR severity = ANY ($4)) AND ($5::uuid IS NULL OR rule_id = $5)
             AND ($6::bigint IS NULL OR (opened_us, id) < ($6, $7::uuid))
           ORDER BY opened_us DESC, id DESC LIMIT $8`,
          [
            tenantId,
            microseconds(from),
            microseconds(to),
            severities ?? null,
            ruleId ?? null,
            after?.openedAtUs ?? null,
            after?.id ?? null,
            limit,
          ],
        );
        return rows;
      }),
    find: (id) =>
      run(async (client) => {
        const { rows } = await client.query<StoredAlert>(
          `SELECT ${shown} FROM alert WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id],
        );
        return rows[0] ?? null;
      }),
    during: ({ from, to, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<StoredAlert>(
          `SELECT ${shown} FROM alert
           WHERE tenant_id = $1 AND ((first_us < $3 AND last_us >= $2) OR (opened_us >= $2 AND opened_us < $3))
           ORDER BY opened_us, id LIMIT $4`,
          [tenantId, microseconds(from), microseconds(to), limit],
        );
        return rows;
      }),
    countsByRule: (from) =>
      run(async (client) => {
        const { rows } = await client.query<{ ruleId: string; count: number }>(
          `SELECT rule_id AS "ruleId", count(*)::int AS count FROM alert WHERE tenant_id = $1 AND opened_us >= $2 GROUP BY 1`,
          [tenantId, microseconds(from)],
        );
        return new Map(rows.map(({ ruleId, count }) => [ruleId, count]));
      }),
  };
}
