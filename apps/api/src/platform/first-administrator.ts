import { Inject, Injectable } from '@nestjs/common';
import type { TenantAdministrator } from '@akashi/contracts';
import type { TenantId } from '@akashi/database';
import { MailError } from '@akashi/notify';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { mailInvitationLink, newInvitationLink } from '../sign-in/invitation-link.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { PlatformTrail } from '../audit-trail/platform-trail.ts';

interface Inviting {
  readonly id: TenantId;
  readonly slug: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly timeZone: string;
  readonly language: string;
}

/** The one invitation that comes from outside of an organisation: that of its first administrator. */
@Injectable()
export class FirstAdministrator {
  readonly #parts: Pick<ApiParts, 'database' | 'mailer' | 'webUrl' | 'clock'>;
  readonly #trail: Pick<PlatformTrail, 'recordBoth'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'mailer' | 'webUrl' | 'clock'>,
    @Inject(PlatformTrail) trail: Pick<PlatformTrail, 'recordBoth'>,
  ) {
    this.#parts = parts;
    this.#trail = trail;
  }

  /** One address is one person of the whole installation. */
  async check(admin: TenantAdministrator): Promise<void> {
    const known = await this.#parts.database.platform.findUserByEmail(admin.email);
    if (known !== null) throw new AppError('conflict', { reason: 'address-taken' });
  }

  /** Whether the mail went out; the invitation stands in any case, and another one takes its place. */
  async invite(context: RequestContext, tenant: Inviting, admin: TenantAdministrator): Promise<boolean> {
    const { database } = this.#parts;
    const person = { purpose: 'invite', displayName: admin.displayName, language: tenant.language } as const;
    await this.#trail.recordBoth(context, tenant.id, {
      action: 'member.invite',
      outcome: 'success',
      target: { kind: 'member', name: admin.email },
      details: { role: 'tenant-admin', organisation: tenant.slug },
    });
    const link = newInvitationLink(this.#parts.clock);
    const { tokenSha256, expiresAt } = link;
    await database.forTenant(tenant.id).invitations.create({
      ...person,
      email: admin.email.toLowerCase(),
      role: 'tenant-admin',
      groupIds: [],
      accessUntil: null,
      tokenSha256,
      createdBy: null,
      expiresAt,
    });
    try {
      await mailInvitationLink(this.#parts, { to: { ...person, email: admin.email }, organisation: tenant, link });
      return true;
    } catch (cause) {
      if (!(cause instanceof MailError)) throw cause;
      await this.#trail.recordBoth(context, tenant.id, {
        action: 'mail.failed',
        outcome: 'failure',
        target: { kind: 'member', name: admin.email },
      });
      return false;
    }
  }
}
