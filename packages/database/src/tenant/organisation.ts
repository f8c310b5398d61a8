import type { Prisma } from '../generated/client.ts';
import type { RunPrisma } from '../scoped-transaction.ts';

/** The organisation's own settings. JSON columns are as their contracts say. */
export interface OrganisationSettings {
  slug: string;
  kind: string;
  nameJa: string;
  nameEn: string;
  timeZone: string;
  language: string;
  status: string;
  contacts: unknown;
  /** Stricter sign-in limits than the installation's. */
  security: unknown;
  quotas: unknown;
  /** How long records may wait for the seal of their block. */
  sealIntervalSeconds: number;
  createdAt: Date;
  /** Bytes of the sealed blocks. */
  storedBytes: number;
}

export interface OrganisationChange {
  nameJa?: string | undefined;
  nameEn?: string | undefined;
  timeZone?: string | undefined;
  language?: string | undefined;
  contacts?: readonly object[] | undefined;
  security?: object | undefined;
  sealIntervalSeconds?: number | undefined;
}

export interface Organisation {
  get(): Promise<OrganisationSettings>;
  /** What is undefined stays. */
  change(change: OrganisationChange): Promise<void>;
}

export function organisation(run: RunPrisma, tenantId: string): Organisation {
  return {
    get: () =>
      run(async (client) => {
        const row = await client.tenant.findUniqueOrThrow({ where: { id: tenantId } });
        const log = await client.tenantLog.findUnique({ where: { tenantId }, select: { storedBytes: true } });
        return { ...row, storedBytes: Number(log?.storedBytes ?? 0) };
      }),
    change: (change) =>
      run(async (client) => {
        const given = Object.entries(change).filter(([, value]) => value !== undefined);
        await client.tenant.updateMany({
          where: { id: tenantId },
          data: Object.fromEntries(given) as Prisma.TenantUpdateManyMutationInput,
        });
      }),
  };
}
