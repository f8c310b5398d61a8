import { randomUUID } from 'node:crypto';
import { defaultRetention, defaultRetentionPolicy } from '@akashi/policy';
import type { Prisma } from '../generated/client.ts';
import { momentOf } from '../moment-of.ts';
import { everythingArea } from './everything-area.ts';
import type { RunPrisma } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

/** `suspended`: nothing comes in, reading stays. `closed`: nobody signs in either, and what is kept stays kept. */
export type TenantStatus = 'active' | 'suspended' | 'closed';

export interface Tenant {
  id: TenantId;
  slug: string;
  /** The one of kind `platform` is the home of the installation's own people. */
  kind: string;
  nameJa: string;
  nameEn: string;
  timeZone: string;
  language: string;
  status: string;
}

export interface NewTenant {
  id?: string;
  slug: string;
  kind?: 'customer' | 'platform';
  nameJa: string;
  nameEn: string;
  timeZone: string;
  language: string;
}

export interface Tenants {
  /** Makes the tenant, the head of its log, its first retention policy and its first area, or answers the one that has this slug already. */
  createTenant(tenant: NewTenant): Promise<Tenant>;
  getTenant(id: TenantId): Promise<Tenant | null>;
  listTenants(): Promise<Tenant[]>;
  /**
   * Answers the status before. Closing ends every session and revokes every key in the same commit, and there is no way
   * back from it: null for a tenant that is closed or not there.
   */
  setTenantStatus(id: TenantId, status: TenantStatus): Promise<TenantStatus | null>;
  setTenantQuotas(id: TenantId, quotas: Readonly<Record<string, number | null>>): Promise<void>;
}

async function closeTenant(client: Prisma.TransactionClient, id: TenantId, now: Date): Promise<void> {
  const ended = { where: { tenantId: id, revokedAt: null }, data: { revokedAt: now } };
  await client.session.updateMany(ended);
  await client.accessKey.updateMany(ended);
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
        await client.retentionPolicy.createMany({
          data: [{ tenantId: row.id, name: defaultRetentionPolicy, ...defaultRetention }],
          skipDuplicates: true,
        });
        // Somebody is told of incidents from the first moment on.
        await client.$executeRaw`
          INSERT INTO notification_channel (id, tenant_id, kind, name, target, kinds, created_at)
          VALUES (${row.id}::uuid, ${row.id}::uuid, 'contacts', 'contacts', '', '{}', akashi_now())
          ON CONFLICT DO NOTHING`;
        // So is its first day reviewed; the installation's own people review nothing.
        if (row.kind === 'customer') {
          const area = everythingArea(row, await momentOf(client));
          await client.reviewArea.createMany({ data: [area], skipDuplicates: true });
        }
        return { ...row, id: tenantId(row.id) };
      }),
    getTenant: (id) =>
      run(async (client) => {
        const row = await client.tenant.findUnique({ where: { id } });
        return row === null ? null : { ...row, id };
      }),
    listTenants: () =>
      run(async (client) => {
        const rows = await client.tenant.findMany({ orderBy: { slug: 'asc' } });
        return rows.map((row) => ({ ...row, id: tenantId(row.id) }));
      }),
    setTenantStatus: (id, status) =>
      run(async (client) => {
        await client.$queryRaw`SELECT FROM tenant WHERE id = ${id}::uuid FOR UPDATE`;
        const row = await client.tenant.findFirst({ where: { id, status: { not: 'closed' } } });
        if (row === null) return null;
        const now = await momentOf(client);
        await client.tenant.update({
          where: { id },
          data: {
            status,
            ...(status === 'active' ? { suspendedAt: null } : {}),
            ...(status === 'suspended' ? { suspendedAt: row.suspendedAt ?? now } : {}),
            ...(status === 'closed' ? { closedAt: now } : {}),
          },
        });
        if (status === 'closed') await closeTenant(client, id, now);
        return row.status as TenantStatus;
      }),
    setTenantQuotas: (id, quotas) =>
      run(async (client) => {
        await client.tenant.update({ where: { id }, data: { quotas } });
      }),
  };
}
