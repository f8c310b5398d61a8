import type { RunSql } from '../scoped-transaction.ts';

/** Whoever has one of `values` in the groups claim gets the role and the groups; the first rule that fits names the role. */
export interface GroupRule {
  values: string[];
  role: string | null;
  groupIds: string[];
}

export interface IdentityProvider {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  sealedClientSecret: Buffer;
  groupsClaim: string;
  groupMapping: GroupRule[];
  createdAt: Date;
  disabledAt: Date | null;
}

export type ProviderValues = Omit<IdentityProvider, 'createdAt' | 'disabledAt'>;

/** Identity providers of this tenant, and who of its people comes through them. */
export interface IdentityProviders {
  list(): Promise<IdentityProvider[]>;
  find(id: string): Promise<IdentityProvider | null>;
  /** Makes the provider, or changes the one with this id. */
  put(provider: ProviderValues): Promise<void>;
  disable(id: string): Promise<boolean>;
  findPerson(providerId: string, subject: string): Promise<string | null>;
  /** False when the subject is linked to somebody already. */
  linkPerson(providerId: string, subject: string, userId: string): Promise<boolean>;
}

const columns = `id, name, issuer, client_id AS "clientId", sealed_client_secret AS "sealedClientSecret",
  groups_claim AS "groupsClaim", group_mapping AS "groupMapping", created_at AS "createdAt", disabled_at AS "disabledAt"`;

export function identityProviders(run: RunSql, tenantId: string): IdentityProviders {
  return {
    list: () =>
      run(async (client) => {
        const { rows } = await client.query<IdentityProvider>(
          `SELECT ${columns} FROM identity_provider WHERE disabled_at IS NULL ORDER BY name, id`,
        );
        return rows;
      }),
    find: (id) =>
      run(async (client) => {
        const { rows } = await client.query<IdentityProvider>(
          `SELECT ${columns} FROM identity_provider WHERE id = $1 AND disabled_at IS NULL`,
          [id],
        );
        return rows[0] ?? null;
      }),
    put: (provider) =>
      run(async (client) => {
        await client.query(
          `INSERT INTO identity_provider (id, tenant_id, name, issuer, client_id, sealed_client_secret, groups_claim, group_mapping)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (id) DO UPDATE SET name = $3, issuer = $4, client_id = $5, sealed_client_secret = $6,
             groups_claim = $7, group_mapping = $8`,
          [
            provider.id,
            tenantId,
            provider.name,
            provider.issuer,
            provider.clientId,
            provider.sealedClientSecret,
            provider.groupsClaim,
            JSON.stringify(provider.groupMapping),
          ],
        );
      }),
    disable: (id) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          'UPDATE identity_provider SET disabled_at = akashi_now() WHERE id = $1 AND disabled_at IS NULL',
          [id],
        );
        return rowCount === 1;
      }),
    findPerson: (providerId, subject) =>
      run(async (client) => {
        const { rows } = await client.query<{ userId: string }>(
          'SELECT user_id AS "userId" FROM provider_identity WHERE provider_id = $1 AND subject = $2',
          [providerId, subject],
        );
        return rows[0]?.userId ?? null;
      }),
    linkPerson: (providerId, subject, userId) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `INSERT INTO provider_identity (provider_id, subject, tenant_id, user_id) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING`,
          [providerId, subject, tenantId, userId],
        );
        return rowCount === 1;
      }),
  };
}
