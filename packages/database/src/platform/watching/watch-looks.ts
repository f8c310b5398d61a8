import type { RunSql } from '../../scoped-transaction.ts';
import type { IncidentDetails } from '../../tenant/incidents/notice-incident.ts';

/** One watch's newest look, of whichever worker. */
export interface WatchLook {
  readonly name: string;
  readonly lookedAt: Date;
  /** When it looked last and all was well. */
  readonly goodAt: Date | null;
  /** How much was wrong. */
  readonly wrong: number;
  readonly details: IncidentDetails;
}

export interface WatchLooks {
  list(): Promise<WatchLook[]>;
  note(looks: readonly Omit<WatchLook, 'goodAt'>[]): Promise<void>;
}

export function watchLooks(run: RunSql): WatchLooks {
  return {
    list: () =>
      run(async (client) => {
        const { rows } = await client.query<WatchLook>(
          'SELECT name, looked_at AS "lookedAt", good_at AS "goodAt", wrong, details FROM watch_look ORDER BY name',
        );
        return rows;
      }),
    note: (looks) =>
      run(async (client) => {
        if (looks.length === 0) return;
        await client.query(
          `INSERT INTO watch_look AS w (name, looked_at, good_at, wrong, details)
           SELECT name, "lookedAt", CASE WHEN wrong = 0 THEN "lookedAt" END, wrong, details
           FROM json_to_recordset($1) AS g(name text, "lookedAt" timestamptz, wrong int, details jsonb) ORDER BY name
           ON CONFLICT (name) DO UPDATE SET looked_at = greatest(w.looked_at, excluded.looked_at),
             good_at = greatest(w.good_at, excluded.good_at), wrong = excluded.wrong, details = excluded.details`,
          [JSON.stringify(looks)],
        );
      }),
  };
}
