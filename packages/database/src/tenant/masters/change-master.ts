import { keptValues, type MasterDefinition, type MasterRow } from '@akashi/attribution';
import type { PoolClient } from 'pg';
import { selectRows } from './master-rows.ts';

/** The rows of the next version that differ from the version before. */
export interface MasterChange {
  readonly added: readonly MasterRow[];
  readonly changed: readonly MasterRow[];
  readonly ended: readonly MasterRow[];
  readonly withdrawn: readonly MasterRow[];
  readonly unchanged: number;
}

export interface NewVersion {
  readonly kind: 'import' | 'row-add' | 'row-change' | 'row-end';
  /** Words and figures of what was done; no value of a row. */
  readonly details: Readonly<Record<string, string | number | boolean>>;
  /** The name of who makes it. */
  readonly by: string;
  readonly at: Date;
}

export interface ChangedMaster {
  /** The newest version from here on: the former one where nothing changed. */
  readonly version: number;
  readonly rows: number;
}

export interface ChangeSteps<Plan extends MasterChange> {
  /** What becomes of the rows that the table has now; null leaves them. Nobody else changes the table meanwhile. */
  readonly plan: (current: readonly MasterRow[]) => Promise<Plan | null>;
  /** Called once before anything is written; what it throws undoes everything. */
  readonly before: (plan: Plan, versions: { readonly before: number; readonly after: number }) => Promise<void>;
}

export interface MasterPlace {
  readonly tenantId: string;
  readonly definition: MasterDefinition;
}

/** Rows go to the ledger in parts, so that the process breathes between them. */
const rowsAtOnce = 2_000;

export async function changeMaster<Plan extends MasterChange>(
  client: PoolClient,
  place: MasterPlace,
  { version, steps }: { readonly version: NewVersion; readonly steps: ChangeSteps<Plan> },
): Promise<ChangedMaster> {
  const { tenantId, definition } = place;
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `master ${tenantId} ${definition.name}`,
  ]);
  const { rows: heads } = await client.query<{ number: number; rows: number }>(
    'SELECT number, rows FROM master_version WHERE tenant_id = $1 AND master = $2 ORDER BY number DESC LIMIT 1',
    [tenantId, definition.name],
  );
  const before = heads[0]?.number ?? 0;
  const rowsBefore = heads[0]?.rows ?? 0;
  const plan = await steps.plan(await selectRows(client, place));
  if (plan === null) return { version: before, rows: rowsBefore };
  const gone = [...plan.changed, ...plan.ended, ...plan.withdrawn].map(({ id }) => id);
  if (plan.added.length + gone.length === 0) {
    await steps.before(plan, { before, after: before });
    return { version: before, rows: rowsBefore };
  }
  const number = before + 1;
  const rows = rowsBefore + plan.added.length - plan.withdrawn.length;
  await steps.before(plan, { before, after: number });
  await client.query(
    `INSERT INTO master_version (tenant_id, master, number, kind, details, made_by, made_at,
       added, changed, ended, withdrawn, unchanged, rows)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      tenantId,
      definition.name,
      number,
      version.kind,
      version.details,
      version.by,
      version.at,
      ...[plan.added, plan.changed, plan.ended, plan.withdrawn].map(({ length }) => length),
      plan.unchanged,
      rows,
    ],
  );
  await client.query(
    `UPDATE master_row SET until_version = $3
     WHERE tenant_id = $1 AND master = $2 AND until_version IS NULL AND row_id = ANY ($4::uuid[])`,
    [tenantId, definition.name, number, gone],
  );
  await insertRows(client, place, { rows: [...plan.changed, ...plan.ended, ...plan.added], number });
  return { version: number, rows };
}

async function insertRows(
  client: PoolClient,
  { tenantId, definition }: MasterPlace,
  { rows, number }: { readonly rows: readonly MasterRow[]; readonly number: number },
): Promise<void> {
  const moment = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const part = rows.slice(at, at + rowsAtOnce);
    await client.query(
      `INSERT INTO master_row (tenant_id, master, since_version, row_id, valid_from, valid_until, "values")
       SELECT $1, $2, $3, r.* FROM unnest($4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::jsonb[]) AS r`,
      [
        tenantId,
        definition.name,
        number,
        part.map(({ id }) => id),
        part.map(({ validFromMs }) => moment(validFromMs)),
        part.map(({ validUntilMs }) => moment(validUntilMs)),
        part.map((row) => JSON.stringify(keptValues(definition, row))),
      ],
    );
  }
}
