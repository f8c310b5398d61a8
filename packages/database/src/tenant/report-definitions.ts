import { Prisma } from '../generated/client.ts';
import type { RunPrisma } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';

export interface ReportVersion {
  readonly id: string;
  readonly version: number;
  /** As it was checked when it was saved; null: the report ended, or is the standard one again. */
  readonly definition: unknown;
  readonly madeBy: string;
  readonly madeAt: Date;
}

export interface NewReportVersion {
  readonly id: string;
  readonly definition: object | null;
  readonly by: string;
  readonly at: Date;
  /** The version of the standard report of this id: an organisation's copies count on from there. 0 of own ones. */
  readonly after: number;
}

/** An organisation's own reports and its changed copies of the standard ones, version by version. */
export interface ReportDefinitions {
  /** The newest version of each, by id; also of those that ended. */
  newest(): Promise<ReportVersion[]>;
  /** The newest first. */
  versions(id: string): Promise<ReportVersion[]>;
  /** Answers the number of the new version. */
  save(version: NewReportVersion, beforeCommit: BeforeCommit): Promise<number>;
}

const shown = { id: true, version: true, definition: true, madeBy: true, madeAt: true } as const;

export function reportDefinitions(run: RunPrisma, tenantId: string): ReportDefinitions {
  return {
    newest: () =>
      run((client) =>
        client.reportDefinition.findMany({
          where: { tenantId },
          select: shown,
          orderBy: [{ id: 'asc' }, { version: 'desc' }],
          distinct: ['id'],
        }),
      ),
    versions: (id) =>
      run((client) =>
        client.reportDefinition.findMany({ where: { tenantId, id }, select: shown, orderBy: { version: 'desc' } }),
      ),
    save: ({ id, definition, by, at, after }, beforeCommit) =>
      run(async (client) => {
        // Two at once would both make the same version.
        await client.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`report ${tenantId} ${id}`}, 0))`;
        const newest = await client.reportDefinition.aggregate({ where: { tenantId, id }, _max: { version: true } });
        const version = Math.max(newest._max.version ?? 0, after) + 1;
        await client.reportDefinition.create({
          data: {
            tenantId,
            id,
            version,
            definition: definition === null ? Prisma.DbNull : (definition as Prisma.InputJsonObject),
            madeBy: by,
            madeAt: at,
          },
          select: { version: true },
        });
        await beforeCommit();
        return version;
      }),
  };
}
