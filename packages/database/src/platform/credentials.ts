import { canSignIn } from '../tenant/can-sign-in.ts';
import { currentGroups } from '../tenant/current-groups.ts';
import type { RunSql } from '../scoped-transaction.ts';
import { tenantId, type TenantId } from '@akashi/policy';

export interface ApiKey {
  id: string;
  tenantId: TenantId;
  /** The tenant's IANA zone. */
  timeZone: string;
  name: string;
  /** Log group patterns this key may read, `*` standing for any run of characters: of what its person sees. */
  logGroups: string[];
  addressRanges: string[];
  /** Who answers for this secret; null when there is nobody, or the account has ended: the key gives nothing. */
  responsible: { id: string; displayName: string; role: string } | null;
}

export interface SignInUser {
  id: string;
  tenantId: TenantId;
  tenantSlug: string;
  /** The organisation's stricter sign-in limits as stored. */
  security: unknown;
  email: string;
  /** Null before the invitation is taken up, and for people of an identity provider. */
  passwordHash: string | null;
  mustChangePassword: boolean;
  displayName: string;
  role: string;
  groups: string[];
  language: string;
  disabledAt: Date | null;
  accessUntil: Date | null;
  activeSince: Date;
  lastSignInAt: Date | null;
}

/** An invitation or reset that can still be taken up. */
export interface OpenInvitation {
  id: string;
  tenantId: TenantId;
  tenantNameJa: string;
  tenantNameEn: string;
  security: unknown;
  purpose: 'invite' | 'reset';
  email: string;
  displayName: string;
  role: string;
  language: string;
  groupIds: string[];
  accessUntil: Date | null;
  expiresAt: Date;
}

/** A contact's link that can still be answered. */
export interface OpenRecovery {
  id: string;
  tenantId: TenantId;
  tenantNameJa: string;
  tenantNameEn: string;
  timeZone: string;
  tenantLanguage: string;
  email: string;
  displayName: string;
  reason: string;
  requestedBy: string;
  requestedAt: Date;
  expiresAt: Date;
  contactName: string;
  contactEmail: string;
}

export interface ProviderButton {
  id: string;
  name: string;
}

export interface ProviderTenant {
  tenantId: TenantId;
  slug: string;
}

/** The look-ups that come before anybody's tenant is known. */
export interface Credentials {
  /** The live API key with this hash, or with this former hash while its overlap lasts; its last use is noted to the minute. */
  findApiKey(sha256: Buffer, from?: string): Promise<ApiKey | null>;
  /** The user of an open tenant, disabled or not; the address is compared without case. */
  findUserByEmail(email: string): Promise<SignInUser | null>;
  findUserById(id: string): Promise<SignInUser | null>;
  /** The invitation with this token's hash, unless it was used, withdrawn or is too old. */
  findInvitation(tokenSha256: Buffer): Promise<OpenInvitation | null>;
  /** The recovery that this token's hash answers, unless it was answered or is over. */
  findRecovery(tokenSha256: Buffer): Promise<OpenRecovery | null>;
  /** The identity providers of an open tenant, for its sign-in page; none for a slug that is nobody's. */
  listProviders(slug: string): Promise<ProviderButton[]>;
  /** The open tenant that an enabled provider belongs to. */
  findProviderTenant(providerId: string): Promise<ProviderTenant | null>;
}

const findKey = `
  SELECT k.id, k.tenant_id AS "tenantId", t.time_zone AS "timeZone", k.name, k.log_groups AS "logGroups",
         k.address_ranges AS "addressRanges",
         CASE WHEN u.id IS NULL THEN NULL ELSE
           jsonb_build_object('id', u.id, 'displayName', u.display_name, 'role', u.role) END AS responsible,
         coalesce(k.last_used_at < akashi_now() - interval '1 minute', true) AS "noteUse"
  FROM access_key k JOIN tenant t ON t.id = k.tenant_id
  LEFT JOIN app_user u ON u.tenant_id = k.tenant_id AND ${canSignIn('u')}
    AND u.id = CASE WHEN k.sha256 = $1 THEN k.responsible_id ELSE k.former_responsible_id END
  WHERE (k.sha256 = $1 OR (k.former_sha256 = $1 AND k.former_ends_at > akashi_now()))
    AND k.kind = 'api' AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > akashi_now())
    AND t.status <> 'closed'`;

const selectUser = `
  SELECT u.id, u.tenant_id AS "tenantId", t.slug AS "tenantSlug", t.security, u.email, u.password_hash AS "passwordHash",
         u.must_change_password AS "mustChangePassword", u.display_name AS "displayName", u.role,
         ${currentGroups} AS groups, u.language, u.disabled_at AS "disabledAt", u.access_until AS "accessUntil",
         u.active_since AS "activeSince", u.last_sign_in_at AS "lastSignInAt"
  FROM app_user u JOIN tenant t ON t.id = u.tenant_id
  WHERE t.status <> 'closed'`;

const selectInvitation = `
  SELECT i.id, i.tenant_id AS "tenantId", t.name_ja AS "tenantNameJa", t.name_en AS "tenantNameEn", t.security,
         i.purpose, i.email, i.display_name AS "displayName", i.role, i.language, i.group_ids AS "groupIds",
         i.access_until AS "accessUntil", i.expires_at AS "expiresAt"
  FROM invitation i JOIN tenant t ON t.id = i.tenant_id
  WHERE i.token_sha256 = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > akashi_now()
    AND t.status <> 'closed'`;

const selectRecovery = `
  SELECT r.id, r.tenant_id AS "tenantId", t.name_ja AS "tenantNameJa", t.name_en AS "tenantNameEn",
         t.time_zone AS "timeZone", t.language AS "tenantLanguage", r.email, r.display_name AS "displayName", r.reason,
         r.requested_by AS "requestedBy", r.requested_at AS "requestedAt", r.expires_at AS "expiresAt",
         v.name AS "contactName", v.email AS "contactEmail"
  FROM recovery_voice v JOIN recovery r ON r.id = v.recovery_id JOIN tenant t ON t.id = r.tenant_id
  WHERE v.token_sha256 = $1 AND v.decision IS NULL AND r.outcome IS NULL AND r.expires_at > akashi_now()
    AND t.status = 'active'`;

export function credentials(run: RunSql): Credentials {
  const findUser = (condition: string, value: string): Promise<SignInUser | null> =>
    run(async (client) => {
      const { rows } = await client.query<SignInUser>(`${selectUser} AND ${condition}`, [value]);
      const row = rows[0];
      return row === undefined ? null : { ...row, tenantId: tenantId(row.tenantId) };
    });
  return {
    findApiKey: (sha256, from) =>
      run(async (client) => {
        const { rows } = await client.query<ApiKey & { noteUse: boolean }>(findKey, [sha256]);
        const row = rows[0];
        if (row === undefined) return null;
        const { noteUse, ...key } = row;
        if (noteUse) {
          const use =
            'UPDATE access_key SET last_used_at = akashi_now(), last_used_from = coalesce($2, last_used_from) WHERE id = $1';
          await client.query(use, [key.id, from ?? null]);
        }
        return { ...key, tenantId: tenantId(key.tenantId) };
      }),
    findUserByEmail: (email) => findUser('u.email = $1', email.trim().toLowerCase()),
    findUserById: (id) => findUser('u.id = $1', id),
    findInvitation: (tokenSha256) =>
      run(async (client) => {
        const { rows } = await client.query<OpenInvitation>(selectInvitation, [tokenSha256]);
        const row = rows[0];
        return row === undefined ? null : { ...row, tenantId: tenantId(row.tenantId) };
      }),
    findRecovery: (tokenSha256) =>
      run(async (client) => {
        const { rows } = await client.query<OpenRecovery>(selectRecovery, [tokenSha256]);
        const row = rows[0];
        return row === undefined ? null : { ...row, tenantId: tenantId(row.tenantId) };
      }),
    listProviders: (slug) =>
      run(async (client) => {
        const { rows } = await client.query<ProviderButton>(
          `SELECT p.id, p.name FROM identity_provider p JOIN tenant t ON t.id = p.tenant_id
           WHERE t.slug = $1 AND t.status <> 'closed' AND p.disabled_at IS NULL ORDER BY p.name, p.id`,
          [slug],
        );
        return rows;
      }),
    findProviderTenant: (providerId) =>
      run(async (client) => {
        const { rows } = await client.query<{ tenantId: string; slug: string }>(
          `SELECT p.tenant_id AS "tenantId", t.slug FROM identity_provider p JOIN tenant t ON t.id = p.tenant_id
           WHERE p.id = $1 AND p.disabled_at IS NULL AND t.status <> 'closed'`,
          [providerId],
        );
        return rows[0] === undefined ? null : { tenantId: tenantId(rows[0].tenantId), slug: rows[0].slug };
      }),
  };
}
