import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type {
  IdentityProviderAnswer,
  IdentityProviderChange,
  IdentityProvidersAnswer,
  NewIdentityProvider,
} from '@akashi/contracts';
import { identityProvider } from '@akashi/contracts';
import type { IdentityProvider, IdentityProviders, ProviderValues } from '@akashi/database';
import { OpenIdProviderError, type OpenIdClient } from '@akashi/identity';
import { AppError } from '@akashi/server-kit';
import { checkGroupsWithinReach } from '../access/group-reach.ts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { callbackUrlOf } from '../sign-in/callback-url.ts';

/** The identity providers of the caller's own organisation. A client secret goes in and never comes out. */
@Injectable()
export class IdentityProvidersService {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;
  readonly #client: Pick<OpenIdClient, 'check'>;

  constructor(@Inject(apiParts) parts: ApiParts, @Inject(AuditTrail) trail: AuditTrail) {
    this.#parts = parts;
    this.#trail = trail;
    this.#client = parts.openId;
  }

  async list(context: RequestContext): Promise<IdentityProvidersAnswer> {
    const items = (await this.#own(context).list()).map(describeProvider);
    return { items, callbackUrl: callbackUrlOf(this.#parts.webUrl) };
  }

  async create(context: RequestContext, wanted: NewIdentityProvider): Promise<IdentityProviderAnswer> {
    await this.#checkGroups(context, wanted);
    await this.#checkIssuer(wanted);
    const id = randomUUID();
    const { clientSecret, ...values } = wanted;
    await this.#trail.record(context, {
      action: 'identity-provider.create',
      outcome: 'success',
      target: { kind: 'identity-provider', id, name: wanted.name },
      after: shown(values),
    });
    return this.#put(context, { id, ...values, sealedClientSecret: this.#seal(context, id, clientSecret) });
  }

  async change(context: RequestContext, id: string, wanted: IdentityProviderChange): Promise<IdentityProviderAnswer> {
    const stored = await this.#find(context, id);
    // Its people are linked by what the issuer calls them: the same name from another issuer is somebody else.
    if (wanted.issuer !== stored.issuer) {
      throw new AppError('request-invalid', { detail: 'issuer: another issuer is another provider; add it anew' });
    }
    await this.#checkGroups(context, wanted, stored);
    const { clientSecret, ...values } = wanted;
    await this.#trail.record(context, {
      action: 'identity-provider.change',
      outcome: 'success',
      target: { kind: 'identity-provider', id, name: wanted.name },
      before: shown(stored),
      after: shown(values),
      details: { secretChanged: clientSecret !== undefined },
    });
    const sealedClientSecret =
      clientSecret === undefined ? stored.sealedClientSecret : this.#seal(context, id, clientSecret);
    return this.#put(context, { id, ...values, sealedClientSecret });
  }

  /** Nobody signs in through it any more; sessions that were begun stay as they are. */
  async remove(context: RequestContext, id: string): Promise<void> {
    const stored = await this.#find(context, id);
    await this.#trail.record(context, {
      action: 'identity-provider.remove',
      outcome: 'success',
      target: { kind: 'identity-provider', id, name: stored.name },
      before: shown(stored),
    });
    await this.#own(context).disable(id);
  }

  /**
   * A mistyped issuer is found now, and not by the first person who signs in. Later changes keep the issuer and must not
   * wait for it: they may be what takes a role away.
   */
  async #checkIssuer(wanted: NewIdentityProvider): Promise<void> {
    try {
      await this.#client.check(wanted);
    } catch (cause) {
      if (!(cause instanceof OpenIdProviderError)) throw cause;
      throw new AppError('issuer-unusable', { cause, params: { reason: cause.reason } });
    }
  }

  /** Groups that people would newly come into: what was there before stays, whoever set it. */
  async #checkGroups(
    context: RequestContext,
    { groupsClaim, groupMapping }: Pick<ProviderValues, 'groupsClaim' | 'groupMapping'>,
    stored?: IdentityProvider,
  ): Promise<void> {
    const before = stored?.groupsClaim === groupsClaim ? stored.groupMapping : [];
    const isThere = (values: readonly string[], groupId: string): boolean =>
      values.every((value) => before.some((rule) => rule.values.includes(value) && rule.groupIds.includes(groupId)));
    const added = groupMapping.flatMap(({ values, groupIds }) => groupIds.filter((id) => !isThere(values, id)));
    await checkGroupsWithinReach(this.#parts.database.forTenant(context.tenantId), context, added);
  }

  async #put(context: RequestContext, values: ProviderValues): Promise<IdentityProviderAnswer> {
    await this.#own(context).put(values);
    return describeProvider(await this.#find(context, values.id));
  }

  async #find(context: RequestContext, id: string): Promise<IdentityProvider> {
    const provider = await this.#own(context).find(id);
    if (provider === null) throw new AppError('not-found');
    return provider;
  }

  #seal(context: RequestContext, id: string, clientSecret: string): Buffer {
    return this.#parts.keyring.forTenant(context.tenantId).secrets.seal({ purpose: 'oidc', id }, clientSecret);
  }

  #own(context: RequestContext): IdentityProviders {
    return this.#parts.database.forTenant(context.tenantId).identityProviders;
  }
}

function shown({
  name,
  issuer,
  clientId,
  groupsClaim,
  groupMapping,
}: Omit<ProviderValues, 'id' | 'sealedClientSecret'>) {
  return { name, issuer, clientId, groupsClaim, groupMapping };
}

function describeProvider(provider: IdentityProvider): IdentityProviderAnswer {
  return identityProvider.parse({ ...provider, createdAt: provider.createdAt.toISOString() });
}
