import type { RunSql } from '../scoped-transaction.ts';
import { lockSenders } from '../tenant/source-settings.ts';
import { tenantId, type TenantId } from '@akashi/policy';

/** What an organisation says names a sender of its own: an address range, a client certificate, or both together. */
export interface SenderClaim {
  sourceId: string;
  tenantId: TenantId;
  tenantSlug: string;
  tenantNameJa: string;
  tenantNameEn: string;
  addressRange: string | null;
  certificateFingerprint: string | null;
  createdAt: Date;
  /** Nothing comes in by it before. */
  confirmedAt: Date | null;
  confirmedBy: string | null;
}

export interface SenderClaims {
  /**
   * Of every organisation that is not closed: those that wait first. One that is disabled keeps its confirmation, and with it
   * its addresses, until that is taken back.
   */
  listSenderClaims(): Promise<SenderClaim[]>;
  /**
   * Confirms a claim, or with null takes the confirmation back. `beforeCommit` runs while nobody makes or changes a sender,
   * and gets the claim and those of others that are confirmed; what it throws leaves everything as it was.
   */
  confirmSenderClaim(
    wanted: { sourceId: string; confirmedBy: string | null },
    beforeCommit: (claim: SenderClaim, confirmed: readonly SenderClaim[]) => Promise<void>,
  ): Promise<boolean>;
}

const select = `
  SELECT s.id AS "sourceId", s.tenant_id AS "tenantId", t.slug AS "tenantSlug", t.name_ja AS "tenantNameJa",
         t.name_en AS "tenantNameEn", s.address_range AS "addressRange",
         s.certificate_fingerprint AS "certificateFingerprint", s.created_at AS "createdAt",
         s.confirmed_at AS "confirmedAt", s.confirmed_by AS "confirmedBy"
  FROM source s JOIN tenant t ON t.id = s.tenant_id
  WHERE s.kind = 'syslog' AND (s.disabled_at IS NULL OR s.confirmed_at IS NOT NULL) AND t.status <> 'closed'
  ORDER BY s.confirmed_at IS NOT NULL, s.created_at, s.id`;

export function senderClaims(run: RunSql): SenderClaims {
  const list = (client: Parameters<Parameters<RunSql>[0]>[0]): Promise<SenderClaim[]> =>
    client
      .query<SenderClaim>(select)
      .then(({ rows }) => rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) })));
  return {
    listSenderClaims: () => run(list),
    confirmSenderClaim: ({ sourceId, confirmedBy }, beforeCommit) =>
      run(async (client) => {
        await client.query(lockSenders);
        const claims = await list(client);
        const claim = claims.find((each) => each.sourceId === sourceId);
        if (claim === undefined) return false;
        await beforeCommit(
          claim,
          claims.filter((each) => each.confirmedAt !== null && each.sourceId !== sourceId),
        );
        await client.query(
          `UPDATE source SET confirmed_at = CASE WHEN $2::text IS NULL THEN NULL ELSE akashi_now() END, confirmed_by = $2 WHERE id = $1`,
          [sourceId, confirmedBy],
        );
        return true;
      }),
  };
}
