import type { PoolClient } from 'pg';
import type { RunSql } from '../../scoped-transaction.ts';
import { foldHostTimes } from '../host-times.ts';
import { noticeIncidentWith, type IncidentNotice } from '../incidents/notice-incident.ts';
import type { StoredAlert } from './alerts.ts';
import { lockRules } from './change-periods.ts';
import { keyStates, type KeyStates, type StateKey } from './key-states.ts';
import { noteMatches, type SegmentMatching } from './note-matches.ts';

export interface DecidingSegment {
  readonly segmentId: string;
  readonly isIndexed: boolean;
  /** The newest change of rules that its events were matched under; 0 where there was none. */
  readonly revision: number;
  readonly hasMatches: boolean;
}

/** An entry of the log that waits to be decided: a block, or a statement or heartbeat, which have no segments. */
export interface DecidingBlock {
  readonly entry: number;
  /** When it was made, UTC microseconds; never earlier than the one before. */
  readonly createdUs: number;
  /** In the order of their records. */
  readonly segments: readonly DecidingSegment[];
}

/** A version that is in force or waits for its first block. */
export interface DecidingPeriod {
  readonly revision: number;
  readonly ruleId: string;
  readonly version: number;
  readonly firstEntry: number | null;
  readonly sinceUs: number | null;
  /** Somebody ended it, or another version is to take its place. */
  readonly isEnded: boolean;
}

export interface PeriodStep {
  readonly revision: number;
  readonly entry: number;
}

/** What may be done while the organisation's one cursor is held; nothing of it counts until it is given back. */
export interface DecidingTransaction extends KeyStates {
  /** The first entry that is not decided. */
  readonly nextEntry: number;
  /** From there on, in their order. */
  blocks(limit: number): Promise<DecidingBlock[]>;
  periods(): Promise<DecidingPeriod[]>;
  /** Documents of versions by their names (`ruleId version`). */
  documents(versions: readonly Omit<StateKey, 'key'>[]): Promise<ReadonlyMap<string, object>>;
  /** By segment, in the order of positions; segments without any are left out. */
  matches(segmentIds: readonly string[]): Promise<ReadonlyMap<string, readonly object[]>>;
  forgetMatches(segmentIds: readonly string[]): Promise<void>;
  begin(period: PeriodStep & { readonly sinceUs: number }): Promise<void>;
  /** `entry`: the last that it decided. What it remembers goes, unless the version that takes its place goes on with it. */
  end(period: PeriodStep & { readonly goesOnAs?: number | undefined }): Promise<void>;
  /** It is never in force: another one takes its place before it began. */
  skip(period: PeriodStep): Promise<void>;
  /** New, or over the one of the same id, whose first entry stays. Answers what that one counted; 0 for a new one. */
  putAlert(alert: Omit<StoredAlert, 'incidentId'>): Promise<number>;
  /** Opens the alert's incident, or counts in it. */
  noticeIncident(alertId: string, notice: IncidentNotice): Promise<void>;
  /** Folds what the entries from `nextEntry` to this one say of hosts' clocks. */
  foldHostTimes(last: number): Promise<void>;
  /** How far this transaction has decided. */
  moveTo(cursor: { readonly nextEntry: number; readonly decidedUs: number }): Promise<void>;
}

export interface RuleCursor {
  readonly nextEntry: number;
  /** When the newest decided entry was made, UTC microseconds; null: none was. */
  readonly decidedUs: number | null;
}

export interface Deciding {
  cursor(): Promise<RuleCursor>;
  /** Runs as the only decider of this organisation's log, across processes, and answers after the commit. */
  withCursor<T>(decide: (transaction: DecidingTransaction) => Promise<T>): Promise<T>;
  /** What a sealed segment matches of newer rules, in the place of what was noted. False once it is decided, or was done. */
  matchAgain(segmentId: string, matching: SegmentMatching): Promise<boolean>;
}

const blocksFrom = `
  SELECT b.number AS entry, (extract(epoch FROM b.created_at) * 1000000)::bigint AS "createdUs",
    coalesce((SELECT json_agg(json_build_object('segmentId', s.segment_id, 'isIndexed', s.indexed_at IS NOT NULL,
        'revision', coalesce(s.rules_revision, 0), 'hasMatches', EXISTS (
          SELECT FROM rule_match m WHERE m.tenant_id = s.tenant_id AND m.segment_id = s.segment_id)) ORDER BY s.first_leaf, s.segment_id)
      FROM landing_segment s WHERE s.tenant_id = b.tenant_id AND s.block_number = b.number), '[]') AS segments
  FROM block b JOIN tenant_log l ON l.tenant_id = b.tenant_id AND b.number < l.size
  WHERE b.tenant_id = $1 AND b.number >= $2 ORDER BY b.number LIMIT $3`;

const putAlert = `
  INSERT INTO alert (tenant_id, id, rule_id, version, title, kind, severity, key, first_us, last_us, opened_us, count, events,
    places, has_all_places, first_entry, last_entry)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
  ON CONFLICT (tenant_id, id) DO UPDATE SET first_us = excluded.first_us, last_us = excluded.last_us,
    count = excluded.count, events = excluded.events, places = excluded.places, has_all_places = excluded.has_all_places,
    last_entry = excluded.last_entry`;

export function deciding(run: RunSql, tenantId: string): Deciding {
  return {
    cursor: () =>
      run(async (client) => {
        const { rows } = await client.query<RuleCursor>(
          'SELECT next_entry AS "nextEntry", decided_us AS "decidedUs" FROM rule_cursor WHERE tenant_id = $1',
          [tenantId],
        );
        return rows[0] ?? { nextEntry: 0, decidedUs: null };
      }),
    withCursor: (decide) =>
      run(async (client) => {
        await lockRules(client, tenantId);
        const { rows } = await client.query<{ nextEntry: number }>(
          'SELECT next_entry AS "nextEntry" FROM rule_cursor WHERE tenant_id = $1',
          [tenantId],
        );
        return decide(decidingTransaction(client, tenantId, rows[0]?.nextEntry ?? 0));
      }),
    matchAgain: (segmentId, matching) =>
      run(async (client) => {
        await lockRules(client, tenantId);
        const { rowCount } = await client.query(
          `SELECT FROM landing_segment s JOIN rule_cursor c USING (tenant_id)
           WHERE tenant_id = $1 AND s.segment_id = $2 AND s.block_number >= c.next_entry
             AND coalesce(s.rules_revision, 0) < $3`,
          [tenantId, segmentId, matching.revision],
        );
        if (rowCount === 0) return false;
        await noteMatches(client, tenantId, { segmentId, ...matching });
        return true;
      }),
  };
}

function decidingTransaction(client: PoolClient, tenantId: string, nextEntry: number): DecidingTransaction {
  const update = async (set: string, values: readonly unknown[]): Promise<void> => {
    await client.query(`UPDATE rule_period SET ${set} WHERE tenant_id = $1 AND revision = $2`, [tenantId, ...values]);
  };
  return {
    ...keyStates(client, tenantId),
    nextEntry,
    blocks: async (limit) =>
      (await client.query<DecidingBlock>(blocksFrom, [tenantId, nextEntry, limit])).rows.filter(
        ({ entry }, at) => entry === nextEntry + at,
      ),
    periods: async () => {
      const { rows } = await client.query<DecidingPeriod>(
        `SELECT p.revision, p.rule_id AS "ruleId", p.version, p.first_entry AS "firstEntry",
           p.since_us AS "sinceUs", p.ended_at IS NOT NULL AS "isEnded"
         FROM rule_period p WHERE p.tenant_id = $1 AND p.last_entry IS NULL ORDER BY p.revision`,
        [tenantId],
      );
      return rows;
    },
    documents: async (versions) => {
      const { rows } = await client.query<{ ruleId: string; version: number; document: object }>(
        `SELECT rule_id AS "ruleId", version, document FROM rule_version
         JOIN json_to_recordset($2::json) AS g("ruleId" uuid, v int) ON rule_id = g."ruleId" AND version = g.v
         WHERE tenant_id = $1`,
        [tenantId, JSON.stringify(versions.map(({ ruleId, version }) => ({ ruleId, v: version })))],
      );
      return new Map(rows.map(({ ruleId, version, document }) => [`${ruleId} ${version}`, document]));
    },
    matches: async (segmentIds) => {
      const { rows } = await client.query<{ segmentId: string; matches: readonly object[] }>(
        'SELECT segment_id AS "segmentId", matches FROM rule_match WHERE tenant_id = $1 AND segment_id = ANY ($2)',
        [tenantId, segmentIds],
      );
      return new Map(rows.map(({ segmentId, matches }) => [segmentId, matches]));
    },
    forgetMatches: async (segmentIds) => {
      await client.query('DELETE FROM rule_match WHERE tenant_id = $1 AND segment_id = ANY ($2)', [
        tenantId,
        segmentIds,
      ]);
    },
    begin: ({ revision, entry, sinceUs }) => update('first_entry = $3, since_us = $4', [revision, entry, sinceUs]),
    skip: ({ revision, entry }) => update('first_entry = $3::bigint, last_entry = $3::bigint - 1', [revision, entry]),
    end: async ({ revision, entry, goesOnAs }) => {
      await update('last_entry = $3', [revision, entry]);
      if (goesOnAs !== undefined) {
        await client.query(
          `UPDATE rule_state s SET version = $3 FROM rule_period p
           WHERE p.tenant_id = $1 AND p.revision = $2 AND s.tenant_id = $1 AND s.rule_id = p.rule_id
             AND s.version = p.version AND s.version <> $3`,
          [tenantId, revision, goesOnAs],
        );
        return;
      }
      await client.query(
        `DELETE FROM rule_state s USING rule_period p
         WHERE p.tenant_id = $1 AND p.revision = $2 AND s.tenant_id = $1 AND s.rule_id = p.rule_id AND s.version = p.version`,
        [tenantId, revision],
      );
    },
    putAlert: async (alert) => {
      const { id, ruleId, version, title, kind, severity, key, firstAtUs, lastAtUs, openedAtUs, count } = alert;
      const told = [JSON.stringify(alert.events), JSON.stringify(alert.places), alert.hasAllPlaces];
      const moments = [firstAtUs, lastAtUs, openedAtUs, count];
      const entries = [alert.firstEntry, alert.lastEntry];
      const named = [id, ruleId, version, JSON.stringify(title), kind, severity, key];
      const { rows } = await client.query<{ count: number }>(
        'SELECT count FROM alert WHERE tenant_id = $1 AND id = $2',
        [tenantId, id],
      );
      await client.query(putAlert, [tenantId, ...named, ...moments, ...told, ...entries]);
      return rows[0]?.count ?? 0;
    },
    noticeIncident: async (alertId, notice) => {
      const { id } = await noticeIncidentWith(client, tenantId, notice);
      await client.query('UPDATE alert SET incident_id = $3 WHERE tenant_id = $1 AND id = $2', [tenantId, alertId, id]);
    },
    foldHostTimes: (last) => foldHostTimes(client, tenantId, { first: nextEntry, last }),
    moveTo: async ({ nextEntry: next, decidedUs }) => {
      await client.query('UPDATE rule_cursor SET next_entry = $2, decided_us = $3 WHERE tenant_id = $1', [
        tenantId,
        next,
        decidedUs,
      ]);
    },
  };
}
