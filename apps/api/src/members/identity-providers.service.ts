import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type {
  IdentityProviderAnswer,
  IdentityProviderChange,
  IdentityProvidersAnswer,
  NewIdentityProvider,
} from '@akashi/contracts';
import { identityProvider } from '@akashi/contracts';
import type { GroupRule, IdentityProvider, IdentityProviders, ProviderValues } from '@akashi/database';
import { OpenIdProviderError, type OpenIdClient } from '@akashi/identity';
import { AppError } from '@akashi/server-kit';
import { ApprovalsService } from '../access/approvals.service.ts';
import { reachesFurther } from '../access/group-reach.ts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { callbackUrlOf } from '../sign-in/callback-url.ts';

type Mapped = Pick<ProviderValues, 'name' | 'groupsClaim' | 'groupMapping'>;

/** The identity providers of the caller's own organisation. A client secret goes in and never comes out. */
@Injectable()
export class IdentityProvidersService {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;
  readonly #client: Pick<OpenIdClient, 'check'>;
  readonly #approvals: Pick<ApprovalsService, 'ask' | 'checkApprover' | 'waitingFor' | 'withdraw'>;

  constructor(
    @Inject(apiParts) parts: ApiParts,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(ApprovalsService) approvals: Pick<ApprovalsService, 'ask' | 'checkApprover' | 'waitingFor' | 'withdraw'>,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#client = parts.openId;
    this.#approvals = approvals;
  }

  async list(context: RequestContext): Promise<IdentityProvidersAnswer> {
    const [providers, waiting] = await Promise.all([this.#own(context).list(), this.#approvals.waitingFor(context)]);
    const items = providers.map((each) => describeProvider(each, waiting.has(each.id)));
    return { items, callbackUrl: callbackUrlOf(this.#parts.webUrl) };
  }

  async create(
    context: RequestContext,
    { clientSecret, approvedBy, ...values }: NewIdentityProvider,
  ): Promise<IdentityProviderAnswer> {
    const now = await this.#openNow(context, { values, approvedBy });
    await this.#checkIssuer({ ...values, clientSecret });
    const id = randomUUID();
    await this.#trail.record(context, {
      action: 'identity-provider.create',
      outcome: 'success',
      target: { kind: 'identity-provider', id, name: values.name },
      after: shown({ ...values, groupMapping: now }),
    });
    const sealedClientSecret = this.#seal(context, id, clientSecret);
    await this.#own(context).put({ id, ...values, groupMapping: now, sealedClientSecret });
    return this.#askForRest(context, { id, wanted: values, now, approvedBy });
  }

  async change(
    context: RequestContext,
    id: string,
    { clientSecret, approvedBy, ...values }: IdentityProviderChange,
  ): Promise<IdentityProviderAnswer> {
    const stored = await this.#find(context, id);
    // Its people are linked by what the issuer calls them: the same name from another issuer is somebody else.
    if (values.issuer !== stored.issuer) {
      throw new AppError('request-invalid', { detail: 'issuer: another issuer is another provider; add it anew' });
    }
    const now = await this.#openNow(context, { values, approvedBy, stored });
    // What was asked for before would bring back a mapping that somebody has replaced.
    const isReplaced = JSON.stringify(mappingOf(values)) !== JSON.stringify(mappingOf(stored));
    const waiting = (await this.#approvals.waitingFor(context)).get(id) ?? [];
    if (isReplaced) for (const asked of waiting) await this.#approvals.withdraw(context, asked);
    await this.#trail.record(context, {
      action: 'identity-provider.change',
      outcome: 'success',
      target: { kind: 'identity-provider', id, name: values.name },
      before: shown(stored),
      after: shown({ ...values, groupMapping: now }),
      details: { secretChanged: clientSecret !== undefined },
    });
    const sealedClientSecret =
      clientSecret === undefined ? stored.sealedClientSecret : this.#seal(context, id, clientSecret);
    await this.#own(context).put({ id, ...values, groupMapping: now, sealedClientSecret });
    const answer = await this.#askForRest(context, { id, wanted: values, now, approvedBy });
    return isReplaced || waiting.length === 0 ? answer : { ...answer, awaitsApproval: true };
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
  async #checkIssuer(wanted: Parameters<OpenIdClient['check']>[0]): Promise<void> {
    try {
      await this.#client.check(wanted);
    } catch (cause) {
      if (!(cause instanceof OpenIdProviderError)) throw cause;
      throw new AppError('issuer-unusable', { cause, params: { reason: cause.reason } });
    }
  }

  /**
   * The mapping that is in force at once: what was there before, whoever set it, and groups that open no more than the
   * caller sees. Throws where more is wanted and nobody is named whose word it needs.
   */
  async #openNow(
    context: RequestContext,
    { values, approvedBy, stored }: { values: Mapped; approvedBy: string | undefined; stored?: IdentityProvider },
  ): Promise<GroupRule[]> {
    const { groupsClaim, groupMapping } = values;
    const before = stored?.groupsClaim === groupsClaim ? stored.groupMapping : [];
    const isThere = (rule: GroupRule, groupId: string): boolean =>
      rule.values.every((value) =>
        before.some((each) => each.values.includes(value) && each.groupIds.includes(groupId)),
      );
    const beyond = await this.#beyondReach(
      context,
      groupMapping.flatMap((rule) => rule.groupIds.filter((id) => !isThere(rule, id))),
    );
    if (beyond.size > 0) {
      if (approvedBy === undefined) throw new AppError('approval-required');
      await this.#approvals.checkApprover(context, approvedBy);
    }
    return groupMapping.map((rule) => ({
      ...rule,
      groupIds: rule.groupIds.filter((id) => !beyond.has(id) || isThere(rule, id)),
    }));
  }

  async #beyondReach(context: RequestContext, ids: Iterable<string>): Promise<Set<string>> {
    const { accessGrants } = this.#parts.database.forTenant(context.tenantId);
    const grants = { accessGrants, now: this.#parts.clock.now() };
    const beyond = new Set<string>();
    for (const id of new Set(ids)) if (await reachesFurther(grants, context, id)) beyond.add(id);
    return beyond;
  }

  /** Asks for the word for the whole mapping where a part of it is not in force yet. */
  async #askForRest(
    context: RequestContext,
    { id, wanted, now, approvedBy }: { id: string; wanted: Mapped; now: GroupRule[]; approvedBy: string | undefined },
  ): Promise<IdentityProviderAnswer> {
    const { name, groupMapping } = wanted;
    const isWhole = groupMapping.every(({ groupIds }, at) => groupIds.length === now[at]?.groupIds.length);
    if (isWhole || approvedBy === undefined) return describeProvider(await this.#find(context, id), false);
    const asked = await this.#approvals.ask(context, {
      subject: { kind: 'identity-provider', groupId: null, subjectId: id, content: { name, groupMapping } },
      approverId: approvedBy,
      target: { kind: 'identity-provider', id, name },
      action: 'identity-provider.change',
    });
    return describeProvider(await this.#find(context, id), asked.decision === null);
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

function mappingOf({ groupsClaim, groupMapping }: Mapped) {
  return { groupsClaim, rules: groupMapping.map(({ values, role, groupIds }) => [values, role, groupIds]) };
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

function describeProvider(provider: IdentityProvider, awaitsApproval: boolean): IdentityProviderAnswer {
  return identityProvider.parse({ ...provider, awaitsApproval, createdAt: provider.createdAt.toISOString() });
}
