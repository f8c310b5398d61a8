import type { Database, TenantDatabase } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';
import type { Clock } from '@akashi/server-kit';
import type { AuditTrail } from '../audit-trail/audit-trail.ts';
import { newInvitationLink } from '../sign-in/invitation-link.ts';
import { ensurePlatformTenant } from '../audit-trail/platform-tenant.ts';

interface InviteParts {
  readonly database: Pick<Database, 'platform' | 'forTenant'>;
  readonly keyring: Pick<Keyring, 'createTenantKeys'>;
  readonly auditTrail: Pick<AuditTrail, 'record'>;
  readonly webUrl: string;
  readonly clock: Pick<Clock, 'nowMs'>;
}

export interface WantedOperator {
  readonly email: string;
  readonly language: 'ja' | 'en';
  /** Only while the installation has no operator who can sign in. */
  readonly onlyFirst: boolean;
}

export type OperatorInvitation =
  | { readonly kind: 'invited'; readonly purpose: 'invite' | 'reset'; readonly url: string; readonly expiresAt: Date }
  /** Somebody of an organisation has the address: one address is one person of the whole installation. */
  | { readonly kind: 'address-taken' }
  | { readonly kind: 'has-operator' };

/**
 * The way in for whoever runs the machine: a link, for one use within three days, by which an operator of the installation
 * sets password and second factor. For an operator who is there already the link resets both. An earlier link is worth
 * nothing afterwards. On record in the platform's trail before it exists.
 */
export async function inviteOperator(parts: InviteParts, wanted: WantedOperator): Promise<OperatorInvitation> {
  const email = wanted.email.trim().toLowerCase();
  const platform = await ensurePlatformTenant(parts);
  const tenant = parts.database.forTenant(platform.id);
  const users = await tenant.users.list();
  if (wanted.onlyFirst && users.some(({ disabledAt }) => disabledAt === null)) return { kind: 'has-operator' };
  const known = users.find((user) => user.email === email && user.disabledAt === null);
  if (known === undefined && (await parts.database.platform.findUserByEmail(email)) !== null) {
    return { kind: 'address-taken' };
  }
  const purpose = known === undefined ? 'invite' : 'reset';
  await parts.auditTrail.record(
    {
      tenantId: platform.id,
      actor: { kind: 'system', id: null, name: 'operator:invite' },
      address: 'terminal',
    },
    {
      action: purpose === 'invite' ? 'member.invite' : 'member.factor-reset',
      outcome: 'success',
      target: { kind: 'user', id: known?.id, name: email },
      details: { role: 'platform-operator' },
    },
  );
  const { token, tokenSha256, expiresAt } = newInvitationLink(parts.clock);
  await withdrawOthers(tenant, email);
  await tenant.invitations.create({
    purpose,
    email,
    displayName: known?.displayName ?? email,
    role: 'platform-operator',
    language: known?.language ?? wanted.language,
    groupIds: [],
    accessUntil: null,
    tokenSha256,
    createdBy: null,
    expiresAt,
  });
  if (known !== undefined) await tenant.userSessions.revokeOthers(known.id, null);
  return { kind: 'invited', purpose, url: `${parts.webUrl}/invitation#${token}`, expiresAt };
}

/** Links of this command to other addresses that nobody took up: only the newest one opens the installation. */
async function withdrawOthers({ invitations, users }: TenantDatabase, email: string): Promise<void> {
  if ((await users.list()).length > 0) return;
  for (const each of await invitations.list()) {
    if (each.email !== email && each.acceptedAt === null && each.revokedAt === null) await invitations.revoke(each.id);
  }
}
