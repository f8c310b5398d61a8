import { currentGroups } from './current-groups.ts';
import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '../tenant-id.ts';

export interface ApiKey {
  id: string;
  tenantId: TenantId;
  /** The tenant's IANA zone. */
  timeZone: string;
  name: string;
  /** Log group patterns this key may read, `*` standing for any run of characters. */
  logGroups: string[];
  addressRanges: string[];
}

export interface SignInUser {
  id: string;
  tenantId: TenantId;
  tenantSlug: string;
  email: string;
  /** Null before the invitation is taken up, and for people of an identity provider. */
  passwordHash: string | null;
  displayName: string;
  role: string;
  groups: string[];
  language: string;
}

/** The look-ups that come before anybody's tenant is known. */
export interface Credentials {
  /** The live API key with this hash; its last use is noted to the minute. */
  findApiKey(sha256: Buffer): Promise<ApiKey | null>;
  /** The enabled user of an open tenant; the address is compared without case. */
  findUserByEmail(email: string): Promise<SignInUser | null>;
}

const findKey = `
  SELECT k.id, k.tenant_id AS "tenantId", t.time_zone AS "timeZone", k.name, k.log_groups AS "logGroups", k.address_ranges AS "addressRanges",
         coalesce(k.last_used_at < now() - interval '1 minute', true) AS "noteUse"
  FROM access_key k JOIN tenant t ON t.id = k.tenant_id
  WHERE k.sha256 = $1 AND k.kind = 'api' AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
    AND t.status <> 'closed'`;

const findUser = `
  SELECT u.id, u.tenant_id AS "tenantId", t.slug AS "tenantSlug", u.email, u.password_hash AS "passwordHash",
         u.display_name AS "displayName", u.role, ${currentGroups} AS groups, u.language
  FROM app_user u JOIN tenant t ON t.id = u.tenant_id
  WHERE u.email = $1 AND u.disabled_at IS NULL AND t.status <> 'closed'`;

export function credentials(run: RunSql): Credentials {
  return {
    findApiKey: (sha256) =>
      run(async (client) => {
        const { rows } = await client.query<ApiKey & { noteUse: boolean }>(findKey, [sha256]);
        const row = rows[0];
        if (row === undefined) return null;
        const { noteUse, ...key } = row;
        if (noteUse) await client.query('UPDATE access_key SET last_used_at = now() WHERE id = $1', [key.id]);
        return { ...key, tenantId: tenantId(key.tenantId) };
      }),
    findUserByEmail: (email) =>
      run(async (client) => {
        const { rows } = await client.query<SignInUser>(findUser, [email.trim().toLowerCase()]);
        const row = rows[0];
        return row === undefined ? null : { ...row, tenantId: tenantId(row.tenantId) };
      }),
  };
}
