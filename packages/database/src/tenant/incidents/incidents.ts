import {
  afterAcknowledge,
  afterClose,
  type Incident,
  type IncidentKind,
  type IncidentState,
  type Notice,
  type NoticeEffect,
} from '@akashi/policy';
import type { Prisma } from '../../generated/client.ts';
import type { RunPrisma, RunSql } from '../../scoped-transaction.ts';
import type { BeforeCommit } from '../access-keys.ts';
import { ceaseIncident, closingStatements, noticeIncident, type IncidentNotice } from './notice-incident.ts';

/** What a person writes when an incident is closed: the fields of PCI DSS 10.7.3 beside the times. */
export interface IncidentRecord {
  /** What was found to be the cause. */
  readonly rootCause: string | null;
  /** What restored the function. */
  readonly action: string;
  readonly securityIssues: string | null;
  readonly furtherAction: string | null;
  readonly prevention: string | null;
}

export type StoredIncident = Incident & {
  readonly id: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly acknowledgedAt: Date | null;
  readonly closedAt: Date | null;
} & { readonly [Field in keyof IncidentRecord]: string | null };

export interface IncidentSelection {
  /** `open` as callers say it: what is not closed. */
  readonly states?: readonly IncidentState[] | undefined;
  readonly kind?: IncidentKind | undefined;
  /** Only what is older than this one, in the order of the list. */
  readonly after?: { readonly startedAt: Date; readonly id: string } | undefined;
  readonly limit: number;
}

export type IncidentOutcome =
  { readonly outcome: 'done'; readonly incident: StoredIncident } | { readonly outcome: 'not-found' | 'closed-before' };

/** A person's act on an incident. */
export interface IncidentAct {
  readonly id: string;
  readonly by: string;
  readonly at: Date;
}

export interface Incidents {
  /** Opens an incident or counts in the unfinished one of its kind and place; never two, whoever notices at once. */
  notice(notice: IncidentNotice): Promise<{ id: string; effect: NoticeEffect }>;
  /** The cause at this place ended. Answers whether an incident closed by it; nothing happens where none is open. */
  cease(ended: Pick<Notice, 'kind' | 'where' | 'at'>): Promise<boolean>;
  /** Newest first. */
  list(selection: IncidentSelection): Promise<StoredIncident[]>;
  find(id: string): Promise<StoredIncident | null>;
  /** Those that began or went on within a range of time, the oldest first; at most so many. */
  during(range: { readonly from: Date; readonly to: Date; readonly limit: number }): Promise<StoredIncident[]>;
  /** How many are not closed. */
  countUnfinished(): Promise<number>;
  acknowledge(act: IncidentAct, beforeCommit: BeforeCommit): Promise<IncidentOutcome>;
  close(act: IncidentAct & { record: IncidentRecord }, beforeCommit: BeforeCommit): Promise<IncidentOutcome>;
}

function stored(row: Prisma.IncidentGetPayload<object>): StoredIncident {
  const { place, count, tenantId: _tenant, ...rest } = row;
  return { ...rest, where: place, count: Number(count) } as StoredIncident;
}

export function incidents(run: RunSql, runPrisma: RunPrisma, tenantId: string): Incidents {
  return {
    notice: (notice) => noticeIncident(run, tenantId, notice),
    cease: (ended) => ceaseIncident(run, tenantId, ended),
    list: ({ states, kind, after, limit }) =>
      runPrisma(async (client) => {
        const rows = await client.incident.findMany({
          where: {
            tenantId,
            ...(states === undefined ? {} : { state: { in: [...states] } }),
            ...(kind === undefined ? {} : { kind }),
            ...(after === undefined
              ? {}
              : { OR: [{ startedAt: { lt: after.startedAt } }, { startedAt: after.startedAt, id: { lt: after.id } }] }),
          },
          orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
          take: limit,
        });
        return rows.map(stored);
      }),
    find: (id) =>
      runPrisma(async (client) => {
        const row = await client.incident.findFirst({ where: { tenantId, id } });
        return row === null ? null : stored(row);
      }),
    during: ({ from, to, limit }) =>
      runPrisma(async (client) => {
        const rows = await client.incident.findMany({
          where: { tenantId, startedAt: { lt: to }, OR: [{ endedAt: null }, { endedAt: { gte: from } }] },
          orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
          take: limit,
        });
        return rows.map(stored);
      }),
    countUnfinished: () =>
      run(async (client) => {
        const { rows } = await client.query<{ unfinished: number }>(
          `SELECT count(*)::int AS unfinished FROM incident WHERE tenant_id = $1 AND state <> 'closed'`,
          [tenantId],
        );
        return rows[0]?.unfinished ?? 0;
      }),
    acknowledge: ({ id, by, at }, beforeCommit) =>
      decide(runPrisma, { tenantId, id, beforeCommit }, async (client, incident) => {
        const next = afterAcknowledge(incident, by);
        if (next === null) return null;
        const data = {
          state: next.state,
          acknowledgedBy: next.acknowledgedBy,
          acknowledgedAt: incident.acknowledgedAt ?? at,
        };
        await client.incident.updateMany({ where: { tenantId, id }, data });
        // Somebody is at it: nobody is reminded, and nobody else is asked.
        await client.notification.updateMany({
          where: { tenantId, incidentId: id, outcome: null, event: { in: ['repeated', 'escalated'] } },
          data: { outcome: 'dropped', finishedAt: at },
        });
        return { ...incident, ...data };
      }),
    close: ({ id, by, at, record }, beforeCommit) =>
      decide(runPrisma, { tenantId, id, beforeCommit }, async (client, incident) => {
        const next = afterClose(incident, { by, at });
        if (next === null) return null;
        const data = { ...record, state: next.state, endedAt: next.endedAt, closedBy: by, closedAt: at };
        await client.incident.updateMany({ where: { tenantId, id }, data });
        if (incident.state !== 'closed') {
          for (const statement of closingStatements) await client.$executeRawUnsafe(statement, tenantId, at, [id]);
        }
        return { ...incident, ...data };
      }),
  };
}

interface Decision {
  readonly tenantId: string;
  readonly id: string;
  readonly beforeCommit: BeforeCommit;
}

/** Holds the row while a person's act on it is judged and written. */
function decide(
  run: RunPrisma,
  { tenantId, id, beforeCommit }: Decision,
  write: (client: Prisma.TransactionClient, incident: StoredIncident) => Promise<StoredIncident | null>,
): Promise<IncidentOutcome> {
  return run(async (client) => {
    await client.$queryRaw`SELECT FROM incident WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
    const row = await client.incident.findFirst({ where: { tenantId, id } });
    if (row === null) return { outcome: 'not-found' };
    const incident = await write(client, stored(row));
    if (incident === null) return { outcome: 'closed-before' };
    await beforeCommit();
    return { outcome: 'done', incident };
  });
}
