import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';

/** A key of a version of a rule. */
export interface StateKey {
  readonly ruleId: string;
  readonly version: number;
  readonly key: string;
}

/** What a version remembers of a key, as detection has it. */
export interface StoredKeyState extends StateKey {
  readonly touchedAtUs: number;
  readonly dueAtUs: number | null;
  readonly memory: object;
}

/** A version of a rule, and how many keys of it are remembered at most. */
export interface KeyBound {
  readonly ruleId: string;
  readonly version: number;
  readonly most: number;
}

export interface KeyStates {
  /** Those of the keys, and all that are due before the moment. */
  states(wanted: { readonly keys: readonly StateKey[]; readonly dueBeforeUs: number }): Promise<StoredKeyState[]>;
  /** The earliest moment at which one is due; null: none is. */
  nextDueUs(): Promise<number | null>;
  putStates(states: readonly StoredKeyState[]): Promise<void>;
  removeStates(keys: readonly StateKey[]): Promise<void>;
  /** The least lately touched go, of equal ones the first by code points. Answers how many went. */
  evict(bound: KeyBound): Promise<number>;
}

const shown = `rule_id AS "ruleId", version, key, touched_us AS "touchedAtUs", due_us AS "dueAtUs", memory`;

const givenKeys = `json_to_recordset($2::json) AS g("ruleId" uuid, version int, sha256 text)`;

/** Keys are longer than an index takes. */
function withHash({ ruleId, version, key }: StateKey): { ruleId: string; version: number; sha256: string } {
  return { ruleId, version, sha256: createHash('sha256').update(key, 'utf8').digest('hex') };
}

export function keyStates(client: PoolClient, tenantId: string): KeyStates {
  return {
    states: async ({ keys, dueBeforeUs }) => {
      const { rows } = await client.query<StoredKeyState>(
        `SELECT ${shown} FROM rule_state WHERE tenant_id = $1 AND due_us < $2
         UNION ALL
         SELECT ${shown} FROM rule_state s
         JOIN json_to_recordset($3::json) AS g("ruleId" uuid, v int, sha256 text)
           ON s.rule_id = g."ruleId" AND s.version = g.v AND s.key_sha256 = decode(g.sha256, 'hex')
         WHERE s.tenant_id = $1 AND (s.due_us IS NULL OR s.due_us >= $2)`,
        [
          tenantId,
          dueBeforeUs,
          JSON.stringify(keys.map(withHash).map(({ ruleId, version, sha256 }) => ({ ruleId, v: version, sha256 }))),
        ],
      );
      return rows;
    },
    nextDueUs: async () => {
      const { rows } = await client.query<{ dueUs: number | null }>(
        'SELECT min(due_us) AS "dueUs" FROM rule_state WHERE tenant_id = $1 AND due_us IS NOT NULL',
        [tenantId],
      );
      return rows[0]?.dueUs ?? null;
    },
    putStates: async (states) => {
      if (states.length === 0) return;
      await client.query(
        `INSERT INTO rule_state (tenant_id, rule_id, version, key_sha256, key, touched_us, due_us, memory)
         SELECT $1, "ruleId", version, decode(sha256, 'hex'), key, "touchedAtUs", "dueAtUs", memory
         FROM json_to_recordset($2::json) AS g("ruleId" uuid, version int, sha256 text, key text, "touchedAtUs" bigint,
           "dueAtUs" bigint, memory json)
         ON CONFLICT (tenant_id, rule_id, version, key_sha256)
         DO UPDATE SET touched_us = excluded.touched_us, due_us = excluded.due_us, memory = excluded.memory`,
        [tenantId, JSON.stringify(states.map((state) => ({ ...state, ...withHash(state) })))],
      );
    },
    removeStates: async (keys) => {
      if (keys.length === 0) return;
      await client.query(
        `DELETE FROM rule_state s USING ${givenKeys}
         WHERE s.tenant_id = $1 AND s.rule_id = g."ruleId" AND s.version = g.version AND s.key_sha256 = decode(g.sha256, 'hex')`,
        [tenantId, JSON.stringify(keys.map(withHash))],
      );
    },
    evict: async ({ ruleId, version, most }) => {
      const { rowCount } = await client.query(
        `DELETE FROM rule_state WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM rule_state WHERE tenant_id = $1 AND rule_id = $2 AND version = $3
           ORDER BY touched_us, key COLLATE "C"
           LIMIT greatest(0, (SELECT count(*) FROM rule_state WHERE tenant_id = $1 AND rule_id = $2 AND version = $3) - $4)))`,
        [tenantId, ruleId, version, most],
      );
      return rowCount ?? 0;
    },
  };
}
