import type { RunSql } from '../scoped-transaction.ts';
import { mailDomainColumns, type MailDomain } from '../tenant/mail-domains.ts';
import type { TenantId } from '@akashi/policy';

/** The platform's part: only it confirms that a domain is the organisation's. */
export interface MailDomainConfirmations {
  list(tenantId: TenantId): Promise<MailDomain[]>;
  /** False when there is no such request any more, or it is confirmed already. */
  confirm(domain: { tenantId: TenantId; id: string; by: string; reason: string }): Promise<boolean>;
}

export function mailDomainConfirmations(run: RunSql): MailDomainConfirmations {
  return {
    list: (tenantId) =>
      run(async (client) => {
        const { rows } = await client.query<MailDomain>(
          `SELECT ${mailDomainColumns} FROM mail_domain WHERE tenant_id = $1 AND removed_at IS NULL ORDER BY domain`,
          [tenantId],
        );
        return rows;
      }),
    confirm: ({ tenantId, id, by, reason }) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `UPDATE mail_domain SET confirmed_at = akashi_now(), confirmed_by = $3, reason = $4
           WHERE tenant_id = $1 AND id = $2 AND confirmed_at IS NULL AND removed_at IS NULL`,
          [tenantId, id, by, reason],
        );
        return rowCount === 1;
      }),
  };
}
