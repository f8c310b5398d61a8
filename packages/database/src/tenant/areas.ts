import { randomUUID } from 'node:crypto';
import type { AreaScope } from '@akashi/policy';
import type { WorkingHours } from '@akashi/report';
import { Prisma, type ReviewArea as Row } from '../generated/client.ts';
import type { RunPrisma } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';

export interface AreaValues extends AreaScope {
  readonly name: string;
  /** Of PCI DSS 10.4.1, or `other` (10.4.2). */
  readonly category: string;
  readonly frequency: string;
  /** The document that sets the frequency (PCI DSS 12.3.1). */
  readonly riskAnalysis: string | null;
  /** Its day, as yyyy-mm-dd. */
  readonly riskReviewedOn: string | null;
  /** Ids of people; empty: everybody with the permission. */
  readonly reviewers: readonly string[];
  readonly approvers: readonly string[];
  /** Null: the organisation's. */
  readonly hours: WorkingHours | null;
}

export interface Area extends AreaValues {
  readonly id: string;
  readonly createdAt: Date;
  readonly changedAt: Date;
  /** Since when it is not reviewed any more. */
  readonly endedAt: Date | null;
}

/** Categories, patterns and people are the caller's to check. The first area, of everything, has the organisation's id. */
export interface Areas {
  /** The oldest first; those that ended as well. */
  list(): Promise<Area[]>;
  get(id: string): Promise<Area | null>;
  /** Answers its id. */
  create(values: AreaValues, at: Date, beforeCommit: BeforeCommit): Promise<string>;
  /** False when there is none of this id that has not ended. */
  change(
    id: string,
    change: { readonly values: AreaValues; readonly at: Date },
    beforeCommit: BeforeCommit,
  ): Promise<boolean>;
  /** False when there is none of this id that has not ended. */
  end(id: string, at: Date, beforeCommit: BeforeCommit): Promise<boolean>;
}

export function areas(run: RunPrisma, tenantId: string): Areas {
  return {
    list: () =>
      run(async (client) => {
        const rows = await client.reviewArea.findMany({
          where: { tenantId },
          omit: { tenantId: true },
          orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        });
        return rows.map(areaOf);
      }),
    get: (id) =>
      run(async (client) => {
        const row = await client.reviewArea.findFirst({ where: { tenantId, id }, omit: { tenantId: true } });
        return row === null ? null : areaOf(row);
      }),
    create: (values, at, beforeCommit) =>
      run(async (client) => {
        const id = randomUUID();
        await client.reviewArea.create({ data: { ...columnsOf(values), id, tenantId, createdAt: at, changedAt: at } });
        await beforeCommit();
        return id;
      }),
    change: (id, { values, at }, beforeCommit) =>
      run(async (client) => {
        const { count } = await client.reviewArea.updateMany({
          where: { tenantId, id, endedAt: null },
          data: { ...columnsOf(values), changedAt: at },
        });
        if (count > 0) await beforeCommit();
        return count > 0;
      }),
    end: (id, at, beforeCommit) =>
      run(async (client) => {
        const { count } = await client.reviewArea.updateMany({
          where: { tenantId, id, endedAt: null },
          data: { endedAt: at, changedAt: at },
        });
        if (count > 0) await beforeCommit();
        return count > 0;
      }),
  };
}

function columnsOf(values: AreaValues) {
  return {
    name: values.name,
    category: values.category,
    frequency: values.frequency,
    riskAnalysis: values.riskAnalysis,
    riskReviewedOn: values.riskReviewedOn === null ? null : new Date(`${values.riskReviewedOn}T00:00:00Z`),
    logGroups: [...values.logGroups],
    logStreams: [...values.logStreams],
    sources: [...values.sources],
    hosts: [...values.hosts],
    reviewers: [...values.reviewers],
    approvers: [...values.approvers],
    hours: values.hours === null ? Prisma.DbNull : { ...values.hours, days: [...values.hours.days] },
  };
}

function areaOf(row: Omit<Row, 'tenantId'>): Area {
  return {
    ...row,
    riskReviewedOn: row.riskReviewedOn?.toISOString().slice(0, 10) ?? null,
    hours: row.hours as unknown as WorkingHours | null,
  };
}
