import { randomUUID } from 'node:crypto';
import type { RunPrisma } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '../tenant-id.ts';

export interface Tenant {
  id: TenantId;
  slug: string;
  nameJa: string;
  nameEn: string;
  timeZone: string;
  language: string;
  status: string;
}

export interface NewTenant {
  id?: string;
  slug: string;
  nameJa: string;
  nameEn: string;
  timeZone: string;
  language: string;
}

export interface Tenants {
  /** Makes the tenant and the head of its log, or answers the one that has this slug already. */
  createTenant(tenant: NewTenant): Promise<Tenant>;
  listTenants(): Promise<Tenant[]>;
}

export function tenants(run: RunPrisma): Tenants {
  return {
    createTenant: (wanted) =>
      run(async (client) => {
        await client.tenant.createMany({
          data: [{ ...wanted, id: tenantId(wanted.id ?? randomUUID()) }],
          skipDuplicates: true,
        });
        const row = await client.tenant.findUniqueOrThrow({ where: { slug: wanted.slug } });
        await client.tenantLog.createMany({
          data: [{ tenantId: row.id, origin: `akashi.log/${row.id}` }],
          skipDuplicates: true,
        });
        return { ...row, id: tenantId(row.id) };
      }),
    listTenants: () =>
      run(async (client) => {
        const rows = await client.tenant.findMany({ orderBy: { slug: 'asc' } });
        return rows.map((row) => ({ ...row, id: tenantId(row.id) }));
      }),
  };
}
