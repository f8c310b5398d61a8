import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { TenantAdministrator } from '@akashi/contracts';
import type { TenantId } from '@akashi/database';
import { invitationMessage, MailError } from '@akashi/mail';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { PlatformTrail } from './platform-trail.ts';

const validDays = 3;
const tokenBytes = 32;

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
  readonly #parts: Pick<ApiParts, 'database' | 'mailer' | 'webUrl'>;
  readonly #trail: Pick<PlatformTrail, 'recordBoth'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'mailer' | 'webUrl'>,
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
    const { database, mailer, webUrl } = this.#parts;
    const language = tenant.language === 'en' ? 'en' : 'ja';
    await this.#trail.recordBoth(context, tenant.id, {
      action: 'member.invite',
      outcome: 'success',
      target: { kind: 'member', name: admin.email },
      details: { role: 'tenant-admin', organisation: tenant.slug },
    });
    const token = randomBytes(tokenBytes).toString('base64url');
    const expiresAt = new Date(Date.now() + validDays * 86_400_000);
    await database.forTenant(tenant.id).invitations.create({
      purpose: 'invite',
      email: admin.email.toLowerCase(),
      displayName: admin.displayName,
      role: 'tenant-admin',
      language,
      groupIds: [],
      accessUntil: null,
      tokenSha256: createHash('sha256').update(token).digest(),
      createdBy: null,
      expiresAt,
    });
    const message = invitationMessage({
      language,
      personName: admin.displayName,
      organisationName: language === 'ja' ? tenant.nameJa : tenant.nameEn,
      link: `${webUrl}/invitation#${token}`,
      expiresAt,
      timeZone: tenant.timeZone,
    });
    try {
      await mailer.send({ address: admin.email, name: admin.displayName }, message);
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
