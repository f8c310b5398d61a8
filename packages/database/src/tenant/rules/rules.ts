import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { RunSql } from '../../scoped-transaction.ts';
import type { BeforeCommit } from '../access-keys.ts';
import { beginPeriod, endPeriod, lockRules } from './change-periods.ts';
import type { LiveRules, RuleAct, RuleContent, RulePeriod, StoredRule, StoredRuleVersion } from './stored-rule.ts';

export interface NewRule extends RuleContent {
  readonly starter?: string | undefined;
  readonly enabled: boolean;
}

export interface RuleChange extends RuleContent {
  readonly id: string;
  /** The version that the change was made from: another one meanwhile is not written over. */
  readonly basedOn: number;
}

export interface RuleSwitch {
  readonly id: string;
  readonly enabled: boolean;
  /** A code, where the product switches it off by itself. */
  readonly code?: string | undefined;
}

export type RuleOutcome =
  | { readonly outcome: 'done'; readonly rule: StoredRule }
  | { readonly outcome: 'not-found' | 'changed-before' | 'unchanged' };

/** Documents are the caller's to check: whatever is saved here is used from the next block on, once it is switched on. */
export interface Rules {
  /** Those that were not removed, oldest first. */
  list(): Promise<StoredRule[]>;
  find(id: string): Promise<StoredRule | null>;
  /** Newest first. */
  versions(id: string): Promise<StoredRuleVersion[]>;
  /** When each version was in force, newest first. */
  periods(id: string): Promise<RulePeriod[]>;
  /** What was in force at one of these entries at least; both ends belong to them. */
  inForce(entries: { readonly from: number; readonly to: number }): Promise<RulePeriod[]>;
  live(): Promise<LiveRules>;
  /** Changes whenever `live` does: a small answer where that is a large one. */
  liveStamp(): Promise<string>;
  create(rule: NewRule, act: RuleAct, beforeCommit: BeforeCommit): Promise<StoredRule>;
  /** Saves another version; where the rule is on, it takes the place of the one before. */
  change(change: RuleChange, act: RuleAct, beforeCommit: BeforeCommit): Promise<RuleOutcome>;
  /** `unchanged` when it is so already. */
  switch(wanted: RuleSwitch, act: RuleAct, beforeCommit: BeforeCommit): Promise<RuleOutcome>;
  /** Its alerts and versions stay. */
  remove(id: string, act: RuleAct, beforeCommit: BeforeCommit): Promise<boolean>;
}

const shown = `
  r.id, r.title, r.kind, r.severity, r.format, v.source, v.document, r.starter, r.enabled, r.version,
  r.created_by AS "createdBy", r.created_at AS "createdAt", r.changed_by AS "changedBy", r.changed_at AS "changedAt",
  r.reason, r.disabled_code AS "disabledCode",
  (SELECT p.first_entry FROM rule_period p WHERE p.tenant_id = r.tenant_id AND p.rule_id = r.id AND p.version = r.version
     AND p.first_entry IS NOT NULL AND p.last_entry IS NULL) AS "inForceFrom"`;

const selectRules = `
  SELECT ${shown} FROM rule r JOIN rule_version v
    ON v.tenant_id = r.tenant_id AND v.rule_id = r.id AND v.version = r.version
  WHERE r.tenant_id = $1 AND r.removed_at IS NULL`;

const periodColumns = `
  revision, rule_id AS "ruleId", version, begun_by AS "begunBy", begun_at AS "begunAt", begin_reason AS "beginReason",
  ended_by AS "endedBy", ended_at AS "endedAt", end_reason AS "endReason", end_code AS "endCode",
  first_entry AS "firstEntry", last_entry AS "lastEntry", since_us AS "sinceUs"`;

/** One statement, so that the revision and the rules are of one moment. */
const selectLive = `
  SELECT coalesce((SELECT max(revision) FROM rule_period WHERE tenant_id = $1), 0) AS revision,
    coalesce((SELECT json_agg(json_build_object('revision', p.revision, 'ruleId', p.rule_id, 'version', p.version,
        'document', v.document) ORDER BY p.revision)
      FROM rule_period p JOIN rule_version v USING (tenant_id, rule_id, version)
      WHERE p.tenant_id = $1 AND p.last_entry IS NULL), '[]') AS rules`;

async function findRule(client: PoolClient, tenantId: string, id: string): Promise<StoredRule | null> {
  const { rows } = await client.query<StoredRule>(`${selectRules} AND r.id = $2`, [tenantId, id]);
  return rows[0] ?? null;
}

interface VersionToSave extends RuleContent {
  readonly id: string;
  readonly version: number;
}

async function saveVersion(client: PoolClient, tenantId: string, saved: VersionToSave & RuleAct): Promise<void> {
  const { id, version, format, source, document, by, at } = saved;
  await client.query(
    `INSERT INTO rule_version (tenant_id, rule_id, version, format, source, document, made_by, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tenantId, id, version, format, source, JSON.stringify(document), by, at],
  );
}

export function rules(run: RunSql, tenantId: string): Rules {
  const done = async (client: PoolClient, id: string, beforeCommit: BeforeCommit): Promise<RuleOutcome> => {
    const rule = await findRule(client, tenantId, id);
    if (rule === null) return { outcome: 'not-found' };
    await beforeCommit();
    return { outcome: 'done', rule };
  };
  return {
    list: () =>
      run(async (client) => {
        const { rows } = await client.query<StoredRule>(`${selectRules} ORDER BY r.created_at, r.id`, [tenantId]);
        return rows;
      }),
    find: (id) => run((client) => findRule(client, tenantId, id)),
    versions: (id) =>
      run(async (client) => {
        const { rows } = await client.query<StoredRuleVersion>(
          `SELECT rule_id AS "ruleId", version, format, source, document, made_by AS "madeBy", made_at AS "madeAt"
           FROM rule_version WHERE tenant_id = $1 AND rule_id = $2 ORDER BY version DESC`,
          [tenantId, id],
        );
        return rows;
      }),
    periods: (id) =>
      run(async (client) => {
        const { rows } = await client.query<RulePeriod>(
          `SELECT ${periodColumns} FROM rule_period WHERE tenant_id = $1 AND rule_id = $2 ORDER BY revision DESC`,
          [tenantId, id],
        );
        return rows;
      }),
    inForce: ({ from, to }) =>
      run(async (client) => {
        const { rows } = await client.query<RulePeriod>(
          `SELECT ${periodColumns} FROM rule_period
           WHERE tenant_id = $1 AND first_entry <= $3 AND (last_entry IS NULL OR last_entry >= greatest($2, first_entry))
           ORDER BY revision`,
          [tenantId, from, to],
        );
        return rows;
      }),
    live: () =>
      run(async (client) => {
        const { rows } = await client.query<LiveRules>(selectLive, [tenantId]);
        return rows[0] ?? { revision: 0, rules: [] };
      }),
    liveStamp: () =>
      run(async (client) => {
        const { rows } = await client.query<{ stamp: string }>(
          `SELECT concat_ws(' ', (SELECT max(revision) FROM rule_period WHERE tenant_id = $1),
             (SELECT count(*) FROM rule_period WHERE tenant_id = $1 AND last_entry IS NULL)) AS stamp`,
          [tenantId],
        );
        return rows[0]?.stamp ?? '';
      }),
    create: ({ starter, enabled, ...content }, act, beforeCommit) =>
      run(async (client) => {
        await lockRules(client, tenantId);
        const id = randomUUID();
        const { title, kind, severity, format } = content;
        await client.query(
          `INSERT INTO rule (tenant_id, id, title, kind, severity, format, starter, enabled, version, created_by, created_at,
             changed_by, changed_at, reason)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $9, $10, $11)`,
          [
            tenantId,
            id,
            JSON.stringify(title),
            kind,
            severity,
            format,
            starter ?? null,
            enabled,
            act.by,
            act.at,
            act.reason,
          ],
        );
        await saveVersion(client, tenantId, { ...content, ...act, id, version: 1 });
        if (enabled) await beginPeriod(client, tenantId, { ruleId: id, version: 1, act });
        const rule = await findRule(client, tenantId, id);
        if (rule === null) throw new Error('a rule that was made is not there');
        await beforeCommit();
        return rule;
      }),
    change: ({ id, basedOn, ...content }, act, beforeCommit) =>
      run(async (client) => {
        await lockRules(client, tenantId);
        const rule = await findRule(client, tenantId, id);
        if (rule === null) return { outcome: 'not-found' };
        if (rule.version !== basedOn) return { outcome: 'changed-before' };
        const version = basedOn + 1;
        const { title, kind, severity, format } = content;
        await saveVersion(client, tenantId, { ...content, ...act, id, version });
        await client.query(
          `UPDATE rule SET version = $3, title = $4, kind = $5, severity = $6, format = $7, changed_by = $8, changed_at = $9
           WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id, version, JSON.stringify(title), kind, severity, format, act.by, act.at],
        );
        if (rule.enabled) {
          await endPeriod(client, tenantId, { ruleId: id, act });
          await beginPeriod(client, tenantId, { ruleId: id, version, act });
        }
        return done(client, id, beforeCommit);
      }),
    switch: ({ id, enabled, code }, act, beforeCommit) =>
      run(async (client) => {
        await lockRules(client, tenantId);
        const rule = await findRule(client, tenantId, id);
        if (rule === null) return { outcome: 'not-found' };
        if (rule.enabled === enabled) return { outcome: 'unchanged' };
        await client.query(
          `UPDATE rule SET enabled = $3, reason = $4, disabled_code = $5, changed_by = $6, changed_at = $7
           WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id, enabled, act.reason, enabled ? null : (code ?? null), act.by, act.at],
        );
        if (enabled) await beginPeriod(client, tenantId, { ruleId: id, version: rule.version, act });
        else await endPeriod(client, tenantId, { ruleId: id, act, code });
        return done(client, id, beforeCommit);
      }),
    remove: (id, act, beforeCommit) =>
      run(async (client) => {
        await lockRules(client, tenantId);
        const { rowCount } = await client.query(
          `UPDATE rule SET enabled = false, removed_at = $3, changed_by = $4, changed_at = $3, reason = $5
           WHERE tenant_id = $1 AND id = $2 AND removed_at IS NULL`,
          [tenantId, id, act.at, act.by, act.reason],
        );
        if (rowCount === 0) return false;
        await endPeriod(client, tenantId, { ruleId: id, act });
        await beforeCommit();
        return true;
      }),
  };
}
