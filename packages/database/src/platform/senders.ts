import { canSignIn } from '../tenant/can-sign-in.ts';
import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';
import { listTenantStorage, type TenantStorage } from './tenant-storage.ts';

/** A key that may send records: found by the SHA-256 of what the sender shows, never by the key itself. */
export interface IngestKey {
  id: string;
  tenantId: TenantId;
  sha256: Buffer;
  /** Log group patterns, `*` standing for any run of characters. */
  logGroups: string[];
  /** CIDR ranges the sender must come from; empty means anywhere. */
  addressRanges: string[];
  expiresAt: Date | null;
  /** Of text that does not say its own, where it is not UTF-8. */
  encoding: string | null;
}

/** A sender without a key, known by its address or its client certificate. */
export interface SyslogSource {
  id: string;
  tenantId: TenantId;
  kind: 'syslog';
  name: string;
  addressRange: string | null;
  /** Lower-case hexadecimal SHA-256 of the client certificate's DER bytes. */
  certificateFingerprint: string | null;
  logGroup: string;
  timeZone: string | null;
  format: string | null;
  /** Of its messages, where it is not UTF-8. */
  encoding: string | null;
}

/** What intake has to know of an organisation. */
export type SendingTenant = Omit<TenantStorage, 'slug' | 'told'>;

/** A log group whose records are kept as another policy than `default` says. */
export interface LogGroupPolicy {
  tenantId: TenantId;
  logGroup: string;
  policy: string;
}

export interface Senders {
  keys: IngestKey[];
  sources: SyslogSource[];
  tenants: SendingTenant[];
  /** Those of all others are `default`. */
  logGroupPolicies: LogGroupPolicy[];
}

/**
 * Twice for a key that was rotated: its former secret is accepted until its overlap ends. A secret ends with the account of
 * whoever is responsible for it; one that nobody is known to answer for goes on, because lines that are lost do not come back.
 */
const keysQuery = `
  SELECT k.id, k.tenant_id AS "tenantId", s.sha256, k.log_groups AS "logGroups",
         k.address_ranges AS "addressRanges", least(k.expires_at, s.ends_at) AS "expiresAt", k.encoding
  FROM access_key k JOIN tenant t ON t.id = k.tenant_id
  CROSS JOIN LATERAL (
    SELECT k.sha256, NULL::timestamptz AS ends_at, k.responsible_id
    UNION ALL SELECT k.former_sha256, k.former_ends_at, k.former_responsible_id WHERE k.former_ends_at > akashi_now()
  ) s
  LEFT JOIN app_user u ON u.id = s.responsible_id AND u.tenant_id = k.tenant_id
  WHERE (u.id IS NULL OR ${canSignIn('u')}) AND k.kind = 'ingest' AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > akashi_now())
    AND t.status <> 'closed'`;

const sourcesQuery = `
  SELECT s.id, s.tenant_id AS "tenantId", s.kind, s.name, s.address_range AS "addressRange",
         s.certificate_fingerprint AS "certificateFingerprint", s.log_group AS "logGroup",
         s.time_zone AS "timeZone", s.format, s.encoding
  FROM source s JOIN tenant t ON t.id = s.tenant_id
  WHERE s.kind = 'syslog' AND s.disabled_at IS NULL AND s.confirmed_at IS NOT NULL AND t.status <> 'closed'
  ORDER BY s.created_at, s.id`;

const policiesQuery = `
  SELECT tenant_id AS "tenantId", name AS "logGroup", retention_policy AS policy
  FROM log_group WHERE retention_policy <> 'default'
  ORDER BY tenant_id, name`;

/** Everyone who is known as a sender now, of every tenant that is not closed; the tenant's status says who may send. */
export function loadSenders(run: RunSql): Promise<Senders> {
  return run(async (client) => {
    const keys = await client.query<IngestKey>(keysQuery);
    const sources = await client.query<SyslogSource>(sourcesQuery);
    const policies = await client.query<LogGroupPolicy>(policiesQuery);
    return {
      keys: keys.rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) })),
      sources: sources.rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) })),
      tenants: await listTenantStorage(client),
      logGroupPolicies: policies.rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) })),
    };
  });
}
