import { standardMaster, standardMasters, type MasterDefinition, type MasterRow } from '@akashi/attribution';
import type { PoolClient } from 'pg';
import type { RunSql } from '../../scoped-transaction.ts';
import {
  changeMaster,
  type ChangedMaster,
  type ChangeSteps,
  type MasterChange,
  type NewVersion,
} from './change-master.ts';
import { selectRows, type RowSelection } from './master-rows.ts';

/** A change of a master. */
export interface MasterVersion {
  readonly number: number;
  readonly kind: NewVersion['kind'];
  readonly details: NewVersion['details'];
  readonly by: string;
  readonly at: Date;
  readonly added: number;
  readonly changed: number;
  readonly ended: number;
  readonly withdrawn: number;
  readonly unchanged: number;
  /** How many rows the table has from here on. */
  readonly rows: number;
}

export interface MasterTable {
  readonly definition: MasterDefinition;
  /** Null for a table that nobody has filled yet. */
  readonly newest: MasterVersion | null;
}

/** One row in one of its shapes. */
export interface RowShape extends MasterRow {
  readonly sinceVersion: number;
  readonly untilVersion: number | null;
}

/** The organisation's masters: the standard tables and its own. Names that no table has give empty answers. */
export interface Masters {
  tables(): Promise<MasterTable[]>;
  definition(master: string): Promise<MasterDefinition | null>;
  /** Makes an own table. False when the name is taken. */
  define(definition: MasterDefinition, made: { by: string; at: Date }): Promise<boolean>;
  /** Versions of a table, newest first, from before `before` on. */
  versions(master: string, page: { before?: number | undefined; limit: number }): Promise<MasterVersion[]>;
  rows(master: string, selection?: RowSelection): Promise<MasterRow[]>;
  /** All rows of a version; of the newest where none is given. */
  rowsAt(master: string, version?: number): Promise<MasterRow[]>;
  /** Rows of the newest version that hold at some moment from `from` until before `until`. */
  rowsOverlapping(master: string, from: Date, until: Date): Promise<MasterRow[]>;
  /** All shapes that a row has had, newest first. */
  shapes(master: string, rowId: string): Promise<RowShape[]>;
  /** Number of the newest version of each table that has one, as of now or of a moment. */
  newestVersions(at?: Date): Promise<Readonly<Record<string, number>>>;
  /** Makes the next version of a table; null when there is no such table. One change of a table waits for another. */
  change<Plan extends MasterChange>(
    master: string,
    version: NewVersion,
    steps: ChangeSteps<Plan>,
  ): Promise<ChangedMaster | null>;
}

const versionColumns = `number, kind, details, made_by AS by, made_at AS at, added, changed, ended, withdrawn, unchanged, rows`;

export function masters(run: RunSql, tenantId: string): Masters {
  const definitionOf = async (client: PoolClient, master: string): Promise<MasterDefinition | null> => {
    const standard = standardMaster(master);
    if (standard !== undefined) return standard;
    const { rows } = await client.query<{ definition: MasterDefinition }>(
      'SELECT definition FROM master_table WHERE tenant_id = $1 AND name = $2 AND removed_at IS NULL',
      [tenantId, master],
    );
    return rows[0]?.definition ?? null;
  };
  const rowsOf = (master: string, selection: RowSelection): Promise<MasterRow[]> =>
    run(async (client) => {
      const definition = await definitionOf(client, master);
      return definition === null ? [] : selectRows(client, { tenantId, definition }, selection);
    });
  return {
    tables: () =>
      run(async (client) => {
        const own = await client.query<{ definition: MasterDefinition }>(
          'SELECT definition FROM master_table WHERE tenant_id = $1 AND removed_at IS NULL ORDER BY name',
          [tenantId],
        );
        const newest = await client.query<MasterVersion & { master: string }>(
          `SELECT DISTINCT ON (master) master, ${versionColumns} FROM master_version
           WHERE tenant_id = $1 ORDER BY master, number DESC`,
          [tenantId],
        );
        const byName = new Map(newest.rows.map(({ master, ...version }) => [master, version]));
        return [...standardMasters, ...own.rows.map(({ definition }) => definition)].map((definition) => ({
          definition,
          newest: byName.get(definition.name) ?? null,
        }));
      }),
    definition: (master) => run((client) => definitionOf(client, master)),
    define: (definition, { by, at }) =>
      run(async (client) => {
        if (standardMaster(definition.name) !== undefined) return false;
        const { rowCount } = await client.query(
          `INSERT INTO master_table (tenant_id, name, definition, defined_by, defined_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT DO NOTHING`,
          [tenantId, definition.name, definition, by, at],
        );
        return rowCount === 1;
      }),
    versions: (master, { before, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<MasterVersion>(
          `SELECT ${versionColumns} FROM master_version WHERE tenant_id = $1 AND master = $2
             AND ($3::int IS NULL OR number < $3) ORDER BY number DESC LIMIT $4`,
          [tenantId, master, before ?? null, limit],
        );
        return rows;
      }),
    rows: (master, selection = {}) => rowsOf(master, selection),
    rowsAt: (master, version) => rowsOf(master, { version }),
    rowsOverlapping: (master, from, until) => rowsOf(master, { during: { from, until } }),
    shapes: (master, rowId) =>
      run(async (client) => {
        const definition = await definitionOf(client, master);
        if (definition === null) return [];
        const { rows } = await client.query<{ sinceVersion: number; untilVersion: number | null }>(
          `SELECT since_version AS "sinceVersion", until_version AS "untilVersion" FROM master_row
           WHERE tenant_id = $1 AND master = $2 AND row_id = $3 ORDER BY since_version DESC`,
          [tenantId, master, rowId],
        );
        const shapes: RowShape[] = [];
        for (const { sinceVersion, untilVersion } of rows) {
          const [row] = await selectRows(client, { tenantId, definition }, { version: sinceVersion, id: rowId });
          if (row !== undefined) shapes.push({ ...row, sinceVersion, untilVersion });
        }
        return shapes;
      }),
    newestVersions: (at) =>
      run(async (client) => {
        const { rows } = await client.query<{ master: string; number: number }>(
          `SELECT master, max(number)::int AS number FROM master_version
           WHERE tenant_id = $1 AND ($2::timestamptz IS NULL OR made_at <= $2) GROUP BY master`,
          [tenantId, at ?? null],
        );
        return Object.fromEntries(rows.map(({ master, number }) => [master, number]));
      }),
    change: (master, version, steps) =>
      run(async (client) => {
        const definition = await definitionOf(client, master);
        return definition === null ? null : changeMaster(client, { tenantId, definition }, { version, steps });
      }),
  };
}
