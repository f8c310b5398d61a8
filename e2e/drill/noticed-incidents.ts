import { eventually } from '../reading/eventually.ts';
import { withDatabase } from './planted-log.ts';

/** An incident as its table has it. */
export interface IncidentRow {
  readonly id: string;
  readonly tenant: string;
  readonly kind: string;
  readonly place: string;
  readonly cause: string;
  readonly state: string;
  readonly started: Date;
  readonly ended: Date | null;
}

/** What a cause must become: one incident of its kind and place. */
export interface Expected {
  readonly name: string;
  readonly tenantId: string;
  readonly kind: string;
  readonly place: RegExp;
  readonly cause: RegExp;
}

export function readIncidents(databaseUrl: string): Promise<IncidentRow[]> {
  return withDatabase(databaseUrl, async (client) => {
    const { rows } = await client.query<IncidentRow>(
      `SELECT id, tenant_id AS tenant, kind, place, cause, state, started_at AS started, ended_at AS ended FROM incident
       ORDER BY started_at`,
    );
    return rows;
  });
}

export function isOf({ tenantId, kind, place }: Expected): (row: IncidentRow) => boolean {
  return (row) => row.tenant === tenantId && row.kind === kind && place.test(row.place);
}

/** Waits for all of them; answers the names of those that are not there. */
export async function missingOf(databaseUrl: string, { expected, isThere, withinMs }: Wait): Promise<string[]> {
  const missing = async (): Promise<string[]> => {
    const rows = await readIncidents(databaseUrl);
    return expected.filter((each) => !rows.some((row) => isOf(each)(row) && isThere(row))).map(({ name }) => name);
  };
  return eventually(missing, (names) => names.length === 0, withinMs);
}

export interface Wait {
  readonly expected: readonly Expected[];
  readonly isThere: (row: IncidentRow) => boolean;
  readonly withinMs: number;
}

export const isOpen = ({ ended }: IncidentRow): boolean => ended === null;
export const hasEnded = ({ ended }: IncidentRow): boolean => ended !== null;
