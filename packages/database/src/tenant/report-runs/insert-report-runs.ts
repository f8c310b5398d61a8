import type { PoolClient } from 'pg';
import type { NewReportRun } from './report-run.ts';

/** A run that stands where a new one was wanted: its own id when it is the new one, the former one's otherwise. */
export interface PlannedReportRun {
  readonly wantedId: string;
  readonly id: string;
}

const insert = `
  INSERT INTO report_run (id, tenant_id, report, version, definition, area_id, area, basis, from_at, to_at, day, kind,
                          addendum_to, indexed_after, requested_by, requested_by_id, created_at, takeable_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::date, $12, $13, $14, $15, $16, $17, $18)
  ON CONFLICT DO NOTHING`;

const find = `
  SELECT id FROM report_run
  WHERE tenant_id = $1 AND kind = $2 AND (
    id = $7
    OR ($2 = 'duty' AND day = $3::date AND report = $4 AND area_id IS NOT DISTINCT FROM $5::uuid)
    OR ($2 = 'addendum' AND addendum_to = $6::uuid AND indexed_after = $8))`;

/**
 * Plans runs inside a caller's transaction. A duty's run of a day, report and area is there once, and so is an addendum
 * from one moment on: what was planned before stays as it was, and its id is answered.
 */
export async function insertReportRuns(
  client: PoolClient,
  tenantId: string,
  runs: readonly NewReportRun[],
): Promise<PlannedReportRun[]> {
  const planned: PlannedReportRun[] = [];
  for (const run of runs) {
    const { rowCount } = await client.query(insert, valuesOf(tenantId, run));
    planned.push({ wantedId: run.id, id: rowCount === 1 ? run.id : await idOf(client, tenantId, run) });
  }
  return planned;
}

function valuesOf(tenantId: string, run: NewReportRun): unknown[] {
  return [
    run.id,
    tenantId,
    run.definition.id,
    run.definition.version,
    JSON.stringify(run.definition),
    run.area?.id ?? null,
    run.area === null ? null : JSON.stringify(run.area),
    JSON.stringify(run.basis),
    run.from,
    run.to,
    run.day,
    run.kind,
    run.addendum?.to ?? null,
    run.addendum?.indexedAfter ?? null,
    run.requestedBy?.name ?? null,
    run.requestedBy?.id ?? null,
    run.at,
    run.takeableAt ?? run.at,
  ];
}

async function idOf(client: PoolClient, tenantId: string, run: NewReportRun): Promise<string> {
  const { rows } = await client.query<{ id: string }>(find, [
    tenantId,
    run.kind,
    run.day,
    run.definition.id,
    run.area?.id ?? null,
    run.addendum?.to ?? null,
    run.id,
    run.addendum?.indexedAfter ?? null,
  ]);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('a run of a report is neither new nor there');
  return id;
}
