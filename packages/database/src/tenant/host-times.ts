import { foldTimeFact, isStepTold, limitsOfHost, type HostTime, type TimeFact } from '@akashi/policy';
import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';
import { noticeIncidentWith } from './incidents/notice-incident.ts';
import { timeSettings } from './time-settings.ts';

/** What one line says of its host's clock. */
export interface NewTimeFact extends TimeFact {
  readonly position: number;
  /** Event time and receive time, UTC milliseconds. */
  readonly timeMs: number;
  readonly receivedMs: number;
  /** Whatever its logs call it. */
  readonly machine: string;
  readonly host: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly sourceId: string;
}

export interface HostTimeRow {
  readonly machine: string;
  readonly host: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly sourceId: string;
  readonly time: HostTime;
}

export interface HostTimes {
  /** Those of every stream, by machine. */
  list(): Promise<HostTimeRow[]>;
}

type StreamKey = Pick<HostTimeRow, 'machine' | 'logGroup' | 'logStream' | 'sourceId'>;

const columns = `machine, host, log_group AS "logGroup", log_stream AS "logStream", source_id AS "sourceId", time`;

export function hostTimes(run: RunSql, tenantId: string): HostTimes {
  return {
    list: () =>
      run(async (client) => {
        const sql = `SELECT ${columns} FROM host_time WHERE tenant_id = $1 ORDER BY machine, log_group, log_stream, source_id`;
        return (await client.query<HostTimeRow>(sql, [tenantId])).rows;
      }),
  };
}

interface WaitingSegment {
  readonly segmentId: string;
  readonly entry: number;
  readonly firstLeaf: number;
  readonly facts: readonly NewTimeFact[];
}

/**
 * Folds what the segments of these entries say of clocks, in the order of the log. Call it while the organisation's cursor is held
 * and moves past them, so that each fact counts once. Steps become incidents in the same commit.
 */
export async function foldHostTimes(
  client: PoolClient,
  tenantId: string,
  { first, last }: { readonly first: number; readonly last: number },
): Promise<void> {
  const { rows } = await client.query<WaitingSegment>(
    `SELECT f.segment_id AS "segmentId", s.block_number AS entry, s.first_leaf AS "firstLeaf", f.facts
     FROM host_time_fact f JOIN landing_segment s ON s.tenant_id = f.tenant_id AND s.segment_id = f.segment_id
     WHERE f.tenant_id = $1 AND s.block_number BETWEEN $2 AND $3 ORDER BY s.block_number, s.first_leaf`,
    [tenantId, first, last],
  );
  if (rows.length > 0) await foldSegments(client, tenantId, rows);
}

async function foldSegments(client: PoolClient, tenantId: string, segments: readonly WaitingSegment[]): Promise<void> {
  const settings = await timeSettings((work) => work(client), tenantId).get();
  const before = await statesOf(client, tenantId, segments);
  const after = new Map<string, HostTimeRow>();
  for (const { entry, firstLeaf, facts } of segments) {
    for (const { position, ...fact } of facts.toSorted((one, other) => one.position - other.position)) {
      const key = keyOf(fact);
      const old = after.get(key) ?? before.get(key);
      const place = { entry, leaf: firstLeaf + position };
      const { host: time, step } = foldTimeFact(old?.time ?? null, { ...fact, place });
      const { machine, host, logGroup, logStream, sourceId } = fact;
      after.set(key, { machine, host, logGroup, logStream, sourceId, time });
      const limits = limitsOfHost(settings, host);
      const told = old?.time.steps.at(-1);
      // Further lines of a step that was told of say nothing new.
      if (
        step === null ||
        !isStepTold(step, limits) ||
        (step.lines > 1 && told !== undefined && isStepTold(told, limits))
      )
        continue;
      await noticeIncidentWith(client, tenantId, {
        kind: 'clock-stepped',
        where: `host ${machine}`,
        cause: step.by === 'person' ? 'set-by-hand' : 'set-by-service',
        at: new Date(fact.receivedMs),
        details: { logGroup, logStream, offsetSeconds: step.offsetSeconds, steps: time.stepCount },
      });
    }
  }
  await client.query(
    `INSERT INTO host_time (tenant_id, machine, host, log_group, log_stream, source_id, time, last_received_at)
     SELECT $1, machine, host, "logGroup", "logStream", "sourceId", time,
       to_timestamp((time ->> 'lastReceivedMs')::float8 / 1000)
     FROM json_to_recordset($2) AS h(machine text, host text, "logGroup" text, "logStream" text, "sourceId" text, time json)
     ON CONFLICT (tenant_id, machine, log_group, log_stream, source_id)
     DO UPDATE SET host = excluded.host, time = excluded.time, last_received_at = excluded.last_received_at`,
    [tenantId, JSON.stringify([...after.values()])],
  );
  await client.query('DELETE FROM host_time_fact WHERE tenant_id = $1 AND segment_id = ANY ($2)', [
    tenantId,
    segments.map(({ segmentId }) => segmentId),
  ]);
}

async function statesOf(
  client: PoolClient,
  tenantId: string,
  segments: readonly WaitingSegment[],
): Promise<Map<string, HostTimeRow>> {
  const machines = [...new Set(segments.flatMap(({ facts }) => facts.map(({ machine }) => machine)))];
  const sql = `SELECT ${columns} FROM host_time WHERE tenant_id = $1 AND machine = ANY ($2)`;
  const { rows } = await client.query<HostTimeRow>(sql, [tenantId, machines]);
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function keyOf({ machine, logGroup, logStream, sourceId }: StreamKey): string {
  return JSON.stringify([machine, logGroup, logStream, sourceId]);
}

/** Notes what a segment says of clocks, once: in the transaction that marks it indexed the first time. */
export async function noteTimeFacts(
  client: PoolClient,
  tenantId: string,
  { segmentId, facts }: { readonly segmentId: string; readonly facts: readonly NewTimeFact[] },
): Promise<void> {
  if (facts.length === 0) return;
  await client.query(
    'INSERT INTO host_time_fact (tenant_id, segment_id, facts) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [tenantId, segmentId, JSON.stringify(facts)],
  );
}
