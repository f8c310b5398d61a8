import { Inject, Injectable } from '@nestjs/common';
import type { MailDomainAnswer, MailDomainsAnswer, NewMailDomain, ReasonRequest } from '@akashi/contracts';
import { tenantId, type MailDomain, type MailDomains } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { PlatformTrail } from '../audit-trail/platform-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/** What the platform confirms, of which organisation. */
export interface ConfirmedPlace {
  readonly tenant: string;
  readonly id: string;
}

/**
 * Mail domains: an organisation says which are its own, the platform confirms. Without that, whoever runs an organisation's
 * identity provider could vouch for anybody's address.
 */
@Injectable()
export class MailDomainsService {
  readonly #database: ApiParts['database'];
  readonly #clock: ApiParts['clock'];
  readonly #trail: AuditTrail;
  readonly #platformTrail: Pick<PlatformTrail, 'recordBoth'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(PlatformTrail) platformTrail: Pick<PlatformTrail, 'recordBoth'>,
  ) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#trail = trail;
    this.#platformTrail = platformTrail;
  }

  async list(context: RequestContext): Promise<MailDomainsAnswer> {
    return { items: (await this.#own(context).list()).map(describeDomain) };
  }

  async request(context: RequestContext, { domain }: NewMailDomain): Promise<MailDomainAnswer> {
    await this.#trail.record(context, {
      action: 'mail-domain.request',
      outcome: 'success',
      target: { kind: 'mail-domain', name: domain },
    });
    const requested = await this.#own(context).request(domain, context.actor.kind === 'user' ? context.actor.id : null);
    if (requested === null) throw new AppError('name-taken');
    return describeDomain(requested);
  }

  async remove(context: RequestContext, id: string): Promise<void> {
    const found = (await this.#own(context).list()).find((domain) => domain.id === id);
    if (found === undefined) throw new AppError('not-found');
    await this.#trail.record(context, {
      action: 'mail-domain.remove',
      outcome: 'success',
      target: { kind: 'mail-domain', id, name: found.domain },
    });
    await this.#own(context).remove(id);
  }

  async listOf(tenant: string): Promise<MailDomainsAnswer> {
    return { items: (await this.#domainsOf(tenant)).map(describeDomain) };
  }

  /** In the trails of both sides before it holds. */
  async confirm(context: RequestContext, place: ConfirmedPlace, { reason }: ReasonRequest): Promise<MailDomainAnswer> {
    const found = (await this.#domainsOf(place.tenant)).find(({ id }) => id === place.id);
    if (found === undefined) throw new AppError('not-found');
    if (found.confirmedAt !== null) throw new AppError('conflict');
    const owner = tenantId(place.tenant);
    await this.#platformTrail.recordBoth(context, owner, {
      action: 'mail-domain.confirm',
      outcome: 'success',
      target: { kind: 'mail-domain', id: found.id, name: found.domain },
      details: { why: reason },
    });
    const { mailDomains } = this.#database.platform;
    if (!(await mailDomains.confirm({ tenantId: owner, id: found.id, by: context.actor.id, reason }))) {
      throw new AppError('conflict');
    }
    return describeDomain({ ...found, confirmedAt: this.#clock.now() });
  }

  #own(context: RequestContext): MailDomains {
    return this.#database.forTenant(context.tenantId).mailDomains;
  }

  async #domainsOf(tenant: string): Promise<MailDomain[]> {
    const owner = tenantId(tenant);
    const [found] = await this.#database.platform.tenantOverviews(owner);
    if (found === undefined) throw new AppError('not-found');
    return this.#database.platform.mailDomains.list(owner);
  }
}

function describeDomain({ id, domain, requestedAt, confirmedAt }: MailDomain): MailDomainAnswer {
  return {
    id,
    domain,
    state: confirmedAt === null ? 'requested' : 'confirmed',
    requestedAt: requestedAt.toISOString(),
    confirmedAt: confirmedAt?.toISOString() ?? null,
  };
}
