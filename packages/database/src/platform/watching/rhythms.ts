import { tenantId, type HeardHour, type SilenceLimit, type TenantId } from '@akashi/policy';
import type { RunSql } from '../../scoped-transaction.ts';

export interface StreamName {
  readonly tenantId: TenantId;
  readonly logGroup: string;
  readonly logStream: string;
}

interface Expected extends StreamName {
  readonly timeZone: string;
  /** By hour of the week; empty before the first was learned. */
  readonly limits: readonly number[];
  readonly set: SilenceLimit | null;
  readonly lastReceivedAt: Date | null;
}

export interface StreamToLearn extends Expected {
  readonly basis: string;
  /** Oldest first; empty for what nothing came of in eight weeks. */
  readonly heard: readonly HeardHour[];
}

export interface DueSilence extends Expected {
  readonly countedFrom: Date;
  readonly silentAt: Date;
  /** Something of the organisation came in by `readUntil` and is not read yet; it may be of this stream. */
  readonly isBehind: boolean;
}

export interface LearnedRhythm extends StreamName {
  readonly basis: string;
  readonly limits: readonly number[];
  readonly learnedAt: Date;
  readonly learnAt: Date;
  readonly countedFrom: Date | null;
  readonly silentAt: Date | null;
}

export type MovedSilence = StreamName & Pick<LearnedRhythm, 'countedFrom' | 'silentAt'>;

export interface Rhythms {
  /** Begins with streams that are new. */
  begin(now: Date): Promise<void>;
  /** Streams that are due to be learned again, for this caller alone until `until`. */
  claim(claim: { now: Date; until: Date; limit: number }): Promise<StreamToLearn[]>;
  note(learned: readonly LearnedRhythm[]): Promise<void>;
  /** Streams whose moment of silence is there, unless something came since. */
  due(wanted: { now: Date; readUntil: Date; limit: number }): Promise<DueSilence[]>;
  move(moved: readonly MovedSilence[]): Promise<void>;
}

interface LimitRow {
  limitKind: string | null;
  limitMinutes: number | null;
  limitSetAt: Date | null;
}

/** The limit of the stream itself comes before that of its log group; a group that was retired is retired whole. */
const limitColumns = `
  (SELECT max(s.last_received_at) FROM log_stream s
   WHERE s.tenant_id = r.tenant_id AND s.log_group = r.log_group AND s.name = r.log_stream) AS "lastReceivedAt",
  l.kind AS "limitKind", l.minutes AS "limitMinutes", l.set_at AS "limitSetAt"`;

const limitJoin = `
  LEFT JOIN LATERAL (
    SELECT kind, minutes, set_at FROM silence_limit
    WHERE tenant_id = r.tenant_id AND log_group = r.log_group AND log_stream IN ('', r.log_stream)
    ORDER BY log_stream DESC LIMIT 1) l ON true`;

const beginStatement = `
  INSERT INTO log_stream_rhythm (tenant_id, log_group, log_stream, learn_at)
  SELECT DISTINCT s.tenant_id, s.log_group, s.name, $1::timestamptz FROM log_stream s
  WHERE s.log_group NOT LIKE 'akashi/%' AND NOT EXISTS (
    SELECT FROM log_stream_rhythm r
    WHERE r.tenant_id = s.tenant_id AND r.log_group = s.log_group AND r.log_stream = s.name)
  ORDER BY 1, 2, 3
  ON CONFLICT DO NOTHING`;

const claimStatement = `
  WITH due AS (
    SELECT tenant_id, log_group, log_stream FROM log_stream_rhythm WHERE learn_at <= $1
    ORDER BY learn_at LIMIT $3 FOR UPDATE SKIP LOCKED
  ), r AS (
    UPDATE log_stream_rhythm c SET learn_at = $2 FROM due d
    WHERE (c.tenant_id, c.log_group, c.log_stream) = (d.tenant_id, d.log_group, d.log_stream)
    RETURNING c.tenant_id, c.log_group, c.log_stream, c.basis, c.limits
  )
  SELECT r.tenant_id AS "tenantId", r.log_group AS "logGroup", r.log_stream AS "logStream", r.basis, r.limits,
         t.time_zone AS "timeZone", h.hours, h.marks, ${limitColumns}
  FROM r JOIN tenant t ON t.id = r.tenant_id ${limitJoin}
  CROSS JOIN LATERAL (
    SELECT array_agg((extract(epoch FROM hour) / 3600)::int ORDER BY hour) AS hours, array_agg(marks ORDER BY hour) AS marks
    FROM log_stream_hour
    WHERE tenant_id = r.tenant_id AND log_group = r.log_group AND log_stream = r.log_stream) h`;

const noteStatement = `
  UPDATE log_stream_rhythm r SET basis = g.basis, limits = g.limits, learned_at = g."learnedAt", learn_at = g."learnAt",
    counted_from = g."countedFrom", silent_at = g."silentAt"
  FROM json_to_recordset($1) AS g("tenantId" uuid, "logGroup" text, "logStream" text, basis text, limits int[],
    "learnedAt" timestamptz, "learnAt" timestamptz, "countedFrom" timestamptz, "silentAt" timestamptz)
  WHERE (r.tenant_id, r.log_group, r.log_stream) = (g."tenantId", g."logGroup", g."logStream")`;

const dueStatement = `
  SELECT r.tenant_id AS "tenantId", r.log_group AS "logGroup", r.log_stream AS "logStream", r.limits,
         r.counted_from AS "countedFrom", r.silent_at AS "silentAt", t.time_zone AS "timeZone",
         EXISTS (SELECT FROM landing_segment g WHERE g.tenant_id = r.tenant_id AND g.indexed_at IS NULL
           AND g.accepted_at < $3) AS "isBehind",
         ${limitColumns}
  FROM log_stream_rhythm r JOIN tenant t ON t.id = r.tenant_id AND t.status = 'active' ${limitJoin}
  WHERE r.silent_at <= $1 ORDER BY r.silent_at LIMIT $2`;

const moveStatement = `
  UPDATE log_stream_rhythm r SET counted_from = g."countedFrom", silent_at = g."silentAt"
  FROM json_to_recordset($1) AS g("tenantId" uuid, "logGroup" text, "logStream" text, "countedFrom" timestamptz, "silentAt" timestamptz)
  WHERE (r.tenant_id, r.log_group, r.log_stream) = (g."tenantId", g."logGroup", g."logStream")`;

export function rhythms(run: RunSql): Rhythms {
  const write = (statement: string, rows: readonly object[]): Promise<void> =>
    run(async (client) => {
      if (rows.length > 0) await client.query(statement, [JSON.stringify(rows)]);
    });
  return {
    begin: (now) => run(async (client) => void (await client.query(beginStatement, [now]))),
    claim: ({ now, until, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<
          LimitRow & Omit<StreamToLearn, 'set' | 'heard'> & { hours: number[] | null; marks: number[] | null }
        >(claimStatement, [now, until, limit]);
        return rows.map(({ hours, marks, ...row }) => ({
          ...expectedOf(row),
          basis: row.basis,
          heard: (hours ?? []).map((hour, index) => ({ hour, marks: marks?.[index] ?? 0 })),
        }));
      }),
    note: (learned) => write(noteStatement, learned),
    due: ({ now, readUntil, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<LimitRow & Omit<DueSilence, 'set'>>(dueStatement, [now, limit, readUntil]);
        return rows.map((row) => {
          const { countedFrom, silentAt, isBehind } = row;
          return { ...expectedOf(row), countedFrom, silentAt, isBehind };
        });
      }),
    move: (moved) => write(moveStatement, moved),
  };
}

function expectedOf(row: LimitRow & Omit<Expected, 'set'>): Expected {
  const { logGroup, logStream, timeZone, limits, lastReceivedAt } = row;
  return {
    tenantId: tenantId(row.tenantId),
    logGroup,
    logStream,
    timeZone,
    limits: limits ?? [],
    lastReceivedAt,
    set: limitOf(row),
  };
}

function limitOf({ limitKind, limitMinutes, limitSetAt }: LimitRow): SilenceLimit | null {
  if (limitKind === 'minutes' && limitMinutes !== null) return { kind: 'minutes', minutes: limitMinutes };
  return limitKind === 'retired' && limitSetAt !== null ? { kind: 'retired', setAt: limitSetAt } : null;
}
