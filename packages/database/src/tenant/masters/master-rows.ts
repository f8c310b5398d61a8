import { valuesOfRow, type MasterDefinition, type MasterRow } from '@akashi/attribution';
import type { PoolClient } from 'pg';

export interface RowSelection {
  /** The version of the table that is read; the newest where absent. */
  readonly version?: number | undefined;
  readonly id?: string | undefined;
  /** Rows that hold at the moment. */
  readonly at?: Date | undefined;
  /** Rows that hold at some moment from `from` until before `until`. */
  readonly during?: { readonly from: Date; readonly until: Date } | undefined;
  /** Rows of which a column says one of the texts, to the letter. */
  readonly where?: { readonly column: string; readonly oneOf: readonly string[] } | undefined;
  /** Rows of which some value holds the text, without case. */
  readonly text?: string | undefined;
  /** Rows behind this one, in the order of their starts and ids; those without a start come first. */
  readonly after?: { readonly validFromMs: number | null; readonly id: string } | undefined;
  readonly limit?: number | undefined;
}

interface StoredRow {
  id: string;
  validFromMs: number | null;
  validUntilMs: number | null;
  values: Record<string, string>;
}

/** Milliseconds are exact in a double: `timestamptz(3)` holds nothing finer. */
const columns = `row_id AS id, "values",
  round(extract(epoch FROM valid_from) * 1000)::float8 AS "validFromMs",
  round(extract(epoch FROM valid_until) * 1000)::float8 AS "validUntilMs"`;

/** What rows are in the order of: there is an index of it. Those without a start come first. */
const start = `coalesce(valid_from, '-infinity'::timestamptz)`;

export async function selectRows(
  client: PoolClient,
  { tenantId, definition }: { readonly tenantId: string; readonly definition: MasterDefinition },
  selection: RowSelection = {},
): Promise<MasterRow[]> {
  const given: unknown[] = [tenantId, definition.name];
  const place = (value: unknown): string => `$${given.push(value)}`;
  const conditions = ['tenant_id = $1', 'master = $2'];
  if (selection.version === undefined) conditions.push('until_version IS NULL');
  else {
    const version = place(selection.version);
    conditions.push(`since_version <= ${version} AND (until_version IS NULL OR until_version > ${version})`);
  }
  if (selection.id !== undefined) conditions.push(`row_id = ${place(selection.id)}::uuid`);
  if (selection.at !== undefined) {
    const at = place(selection.at);
    conditions.push(`${start} <= ${at} AND (valid_until IS NULL OR valid_until > ${at})`);
  }
  if (selection.during !== undefined) {
    conditions.push(`${start} < ${place(selection.during.until)}`);
    conditions.push(`(valid_until IS NULL OR valid_until > ${place(selection.during.from)})`);
  }
  if (selection.where !== undefined)
    conditions.push(`"values" ->> ${place(selection.where.column)} = ANY (${place(selection.where.oneOf)}::text[])`);
  if (selection.text !== undefined)
    conditions.push(
      `EXISTS (SELECT FROM jsonb_each_text("values") v WHERE strpos(lower(v.value), lower(${place(selection.text)})) > 0)`,
    );
  if (selection.after !== undefined) {
    const { validFromMs, id } = selection.after;
    const from = place(validFromMs === null ? null : new Date(validFromMs));
    conditions.push(`(${start}, row_id) > (coalesce(${from}::timestamptz, '-infinity'), ${place(id)}::uuid)`);
  }
  const limit = selection.limit === undefined ? '' : `LIMIT ${place(selection.limit)}`;
  const { rows } = await client.query<StoredRow>(
    `SELECT ${columns} FROM master_row WHERE ${conditions.join(' AND ')}
     ORDER BY ${start}, row_id ${limit}`,
    given,
  );
  return rows.map(({ id, values, ...period }) => ({
    id,
    master: definition.name,
    ...period,
    values: valuesOfRow(definition, values, period),
  }));
}
