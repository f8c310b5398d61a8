import type { RunSql } from '../scoped-transaction.ts';

/** What names a sender without a key: an address range or a client certificate. */
export interface SourceBinding {
  sourceId: string;
  tenantId: string;
  addressRange: string | null;
  certificateFingerprint: string | null;
}

/** Every binding that is in force, of all tenants: a sender belongs to one. */
export function listSourceBindings(run: RunSql): Promise<SourceBinding[]> {
  return run(async (client) => {
    const { rows } = await client.query<SourceBinding>(
      `SELECT id AS "sourceId", tenant_id AS "tenantId", address_range AS "addressRange",
              certificate_fingerprint AS "certificateFingerprint"
       FROM source WHERE kind = 'syslog' AND disabled_at IS NULL`,
    );
    return rows;
  });
}
