import { randomUUID } from 'node:crypto';
import type { RunSql } from '../scoped-transaction.ts';

/** A domain of mail addresses that an organisation says is its own. */
export interface MailDomain {
  id: string;
  /** In lower case, as DNS has it. */
  domain: string;
  requestedBy: string | null;
  requestedAt: Date;
  /** Null until the platform has confirmed it. */
  confirmedAt: Date | null;
}

/** What the organisation does about its domains: the database lets it confirm none. */
export interface MailDomains {
  list(): Promise<MailDomain[]>;
  /** Null when it is asked for already. */
  request(domain: string, by: string | null): Promise<MailDomain | null>;
  remove(id: string): Promise<boolean>;
  isConfirmed(domain: string): Promise<boolean>;
}

export const mailDomainColumns = `id, domain, requested_by AS "requestedBy", requested_at AS "requestedAt",
  confirmed_at AS "confirmedAt"`;

export function mailDomains(run: RunSql, tenantId: string): MailDomains {
  return {
    list: () =>
      run(async (client) => {
        const { rows } = await client.query<MailDomain>(
          `SELECT ${mailDomainColumns} FROM mail_domain WHERE removed_at IS NULL ORDER BY domain`,
        );
        return rows;
      }),
    request: (domain, by) =>
      run(async (client) => {
        const { rows } = await client.query<MailDomain>(
          `INSERT INTO mail_domain (id, tenant_id, domain, requested_by) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING RETURNING ${mailDomainColumns}`,
          [randomUUID(), tenantId, domain, by],
        );
        return rows[0] ?? null;
      }),
    remove: (id) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          'UPDATE mail_domain SET removed_at = akashi_now() WHERE id = $1 AND removed_at IS NULL',
          [id],
        );
        return rowCount === 1;
      }),
    isConfirmed: (domain) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `SELECT FROM mail_domain WHERE domain = $1 AND confirmed_at IS NOT NULL AND removed_at IS NULL`,
          [domain],
        );
        return rowCount === 1;
      }),
  };
}
