import type { RunSql } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';

/** A class of events that a source is not expected to send. */
export interface CoverageException {
  /** The id that records carry. */
  sourceId: string;
  class: string;
  reason: string;
  setBy: string;
  setAt: Date;
}

export interface CoverageExceptions {
  list(): Promise<CoverageException[]>;
  /** Sets it, or gives it another reason. */
  put(exception: Omit<CoverageException, 'setAt'>, beforeCommit: BeforeCommit): Promise<void>;
  /** False when the class is expected already. */
  remove(place: Pick<CoverageException, 'sourceId' | 'class'>, beforeCommit: BeforeCommit): Promise<boolean>;
}

export function coverageExceptions(run: RunSql, tenantId: string): CoverageExceptions {
  return {
    list: () =>
      run(async (client) => {
        const { rows } = await client.query<CoverageException>(
          `SELECT source_id AS "sourceId", class, reason, set_by AS "setBy", set_at AS "setAt"
           FROM coverage_exception WHERE tenant_id = $1 ORDER BY source_id, class`,
          [tenantId],
        );
        return rows;
      }),
    put: ({ sourceId, class: name, reason, setBy }, beforeCommit) =>
      run(async (client) => {
        await client.query(
          `INSERT INTO coverage_exception (tenant_id, source_id, class, reason, set_by, set_at)
           VALUES ($1, $2, $3, $4, $5, akashi_now())
           ON CONFLICT (tenant_id, source_id, class)
             DO UPDATE SET reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at`,
          [tenantId, sourceId, name, reason, setBy],
        );
        await beforeCommit();
      }),
    remove: ({ sourceId, class: name }, beforeCommit) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          'DELETE FROM coverage_exception WHERE tenant_id = $1 AND source_id = $2 AND class = $3',
          [tenantId, sourceId, name],
        );
        if (rowCount === 0) return false;
        await beforeCommit();
        return true;
      }),
  };
}
