import { Inject, Injectable } from '@nestjs/common';
import type { ProviderButtons, ProviderStartRequest } from '@akashi/contracts';
import type { IdentityProvider, SignInUser, TenantDatabase, TenantId } from '@akashi/database';
import type { OpenIdAttempt, OpenIdClient, OpenIdPerson } from '@akashi/identity';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { isLastAdministrator } from './member-rules.ts';
import { maskedText } from '../kept-text/keep-texts.ts';
import { actorOf, originOf } from '../audit-trail/audit-context.ts';
import { readMapping } from './provider-mapping.ts';
import type { RequestFacts } from '../request-context/request-facts.ts';
import { SessionSteps, type OpenedSession } from './session-steps.ts';
import { SignInAttempts } from './sign-in-attempts.ts';
import { SignInService } from './sign-in.service.ts';

/** Of a name that a provider says, in UTF-16 units. */
const longestName = 100;

/** The browser has this long to come back from the provider. */
export const attemptMs = 10 * 60_000;

interface KeptAttempt extends OpenIdAttempt {
  readonly providerId: string;
  readonly startedAtMs: number;
  readonly returnPath?: string | undefined;
}

/** An attempt of this installation, however old: it tells where its sign-in was begun. */
export interface ReopenedAttempt extends KeptAttempt {
  readonly tenantId: TenantId;
  readonly slug: string;
  readonly provider: IdentityProvider;
}

/**
 * Signing in through an organisation's identity provider, in place of the password: the second factor is proven here all
 * the same. Role and groups are what the provider's groups say at each sign-in, but the last administrator stays one.
 */
@Injectable()
export class ProviderSignInService {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;
  readonly #attempts: SignInAttempts;
  readonly #steps: SessionSteps;
  readonly #signIn: SignInService;
  readonly #client: OpenIdClient;

  constructor(
    @Inject(apiParts) parts: ApiParts,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(SignInAttempts) attempts: SignInAttempts,
    @Inject(SessionSteps) steps: SessionSteps,
    @Inject(SignInService) signIn: SignInService,
  ) {
    this.#parts = parts;
    this.#client = parts.openId;
    this.#trail = trail;
    this.#attempts = attempts;
    this.#steps = steps;
    this.#signIn = signIn;
  }

  async buttons(slug: string): Promise<ProviderButtons> {
    return { items: await this.#parts.database.platform.listProviders(slug) };
  }

  /** Where to send the browser, and the sealed attempt that it keeps meanwhile. */
  async start(
    { providerId, returnPath }: ProviderStartRequest,
    facts: RequestFacts,
  ): Promise<{ url: string; kept: string }> {
    // Stays counted until somebody comes back: nobody who is not known makes us ask a provider at will.
    await this.#attempts.countAddress(facts.address);
    const found = await this.#find(providerId);
    if (found === null) throw new AppError('not-found');
    const { tenantId, provider } = found;
    const { url, attempt } = await this.#client.start(this.#settingsOf(tenantId, provider));
    const kept: KeptAttempt = { ...attempt, providerId, startedAtMs: this.#parts.clock.nowMs(), returnPath };
    const place = { purpose: 'provider-attempt', id: providerId };
    const sealed = this.#parts.keyring.forTenant(tenantId).secrets.seal(place, JSON.stringify(kept));
    return { url, kept: `${providerId}.${sealed.toString('base64url')}` };
  }

  /** What the browser kept, unless it is nothing that was sealed here for a provider that there still is. */
  async reopen(kept: string | undefined): Promise<ReopenedAttempt | null> {
    const [providerId = '', sealed = ''] = (kept ?? '').split('.');
    const found = sealed === '' ? null : await this.#find(providerId);
    if (found === null) return null;
    const { secrets } = this.#parts.keyring.forTenant(found.tenantId);
    try {
      const place = { purpose: 'provider-attempt', id: providerId };
      return { ...(JSON.parse(secrets.open(place, Buffer.from(sealed, 'base64url'))) as KeptAttempt), ...found };
    } catch {
      return null;
    }
  }

  /** The browser is back: a session at the second factor, or `provider-refused`. */
  async finish(answer: URL, attempt: ReopenedAttempt | null, facts: RequestFacts): Promise<OpenedSession> {
    await this.#attempts.countAddress(facts.address);
    if (attempt === null || this.#parts.clock.nowMs() - attempt.startedAtMs > attemptMs)
      throw new AppError('provider-refused');
    const { tenantId, provider } = attempt;
    const person = await this.#client.finish(this.#settingsOf(tenantId, provider), answer, attempt);
    const user = person === null || !isKeepable(person) ? null : await this.#userOf(tenantId, provider, person);
    const refusal =
      user === null || user === 'mail-domain-unconfirmed'
        ? (user ?? 'provider-refused')
        : await this.#signIn.refusalOf(user, true);
    const actor = user === null || typeof user === 'string' ? anonymous(person) : actorOf(user);
    await this.#trail.record(
      { tenantId, actor, ...originOf(facts) },
      {
        action: 'sign-in.provider',
        outcome: refusal === null ? 'success' : 'failure',
        ...(refusal === null ? {} : { reason: refusal }),
        target: { kind: 'identity-provider', id: provider.id, name: provider.name },
      },
    );
    if (user === null || typeof user === 'string' || refusal !== null) throw new AppError('provider-refused');
    // This try, and the beginning.
    await this.#attempts.takeBackAddress(facts.address);
    await this.#attempts.takeBackAddress(facts.address);
    return this.#steps.begin(user, 'provider', facts);
  }

  /**
   * Who this is here: by the provider's subject, else by an address that the provider has verified, else new. The provider
   * vouches for nobody whose address is of a domain that is not confirmed as the organisation's.
   */
  async #userOf(
    tenantId: TenantId,
    provider: IdentityProvider,
    person: OpenIdPerson,
  ): Promise<SignInUser | 'mail-domain-unconfirmed' | null> {
    const own = this.#parts.database.forTenant(tenantId);
    const mapped = readMapping(provider.groupMapping, person.groups);
    if (mapped === null) return null;
    const linkedId = await own.identityProviders.findPerson(provider.id, person.subject);
    if (!(await this.#vouchesFor(own, { linkedId, person }))) return 'mail-domain-unconfirmed';
    const userId = linkedId ?? (await this.#link(own, { provider, person, role: mapped.role }));
    const user = userId === null ? null : await this.#parts.database.platform.findUserById(userId);
    if (user === null || user.tenantId !== tenantId) return null;
    // Whoever is not let in keeps what they have: nothing is given to an account that has ended.
    if ((await this.#signIn.refusalOf(user, true)) !== null) return user;
    if (user.role !== mapped.role && !isLastAdministrator(await own.users.list(), user.id, this.#parts.clock.now())) {
      const target = { kind: 'user', id: user.id, name: user.email };
      await this.#trail.record(
        { tenantId, actor: { kind: 'system', id: provider.id, name: provider.name }, address: provider.issuer },
        {
          action: 'member.change',
          outcome: 'success',
          target,
          before: { role: user.role },
          after: { role: mapped.role },
        },
      );
      await own.users.change(user.id, { role: mapped.role });
    }
    await own.users.setGroups(user.id, { enter: mapped.enter, leave: mapped.leave, by: null });
    return this.#parts.database.platform.findUserById(user.id);
  }

  async #vouchesFor(
    own: TenantDatabase,
    { linkedId, person }: { linkedId: string | null; person: OpenIdPerson },
  ): Promise<boolean> {
    const linked = linkedId === null ? null : await this.#parts.database.platform.findUserById(linkedId);
    const email = linked?.email ?? person.email;
    return email === null || (await own.mailDomains.isConfirmed(domainOf(email)));
  }

  async #link(
    own: TenantDatabase,
    { provider, person, role }: { provider: IdentityProvider; person: OpenIdPerson; role: string },
  ): Promise<string | null> {
    if (person.email === null) return null;
    const existing = await this.#parts.database.platform.findUserByEmail(person.email);
    if (existing !== null && existing.tenantId !== own.tenantId) return null;
    const userId =
      existing?.id ??
      (await own.users.create({
        email: person.email,
        // Masked before it is cut: half a card number is found by nobody any more.
        displayName: maskedText(person.name ?? person.email)
          .slice(0, longestName)
          .toWellFormed(),
        role,
        language: (await own.organisation.get()).language,
        passwordHash: null,
      }));
    if (userId === null) return null;
    return (await own.identityProviders.linkPerson(provider.id, person.subject, userId)) ? userId : null;
  }

  async #find(providerId: string) {
    const isId = /^[0-9a-f-]{36}$/.test(providerId);
    const tenant = isId ? await this.#parts.database.platform.findProviderTenant(providerId) : null;
    if (tenant === null) return null;
    const provider = await this.#parts.database.forTenant(tenant.tenantId).identityProviders.find(providerId);
    return provider === null ? null : { ...tenant, provider };
  }

  #settingsOf(tenantId: TenantId, provider: IdentityProvider) {
    const { secrets } = this.#parts.keyring.forTenant(tenantId);
    const clientSecret = secrets.open({ purpose: 'oidc', id: provider.id }, provider.sealedClientSecret);
    const { issuer, clientId, groupsClaim } = provider;
    return { issuer, clientId, clientSecret, groupsClaim };
  }
}

/** Masked, two people's subjects or addresses could become one: who is called by a card number does not come in. */
function isKeepable({ subject, email }: OpenIdPerson): boolean {
  return maskedText(subject) === subject && (email === null || maskedText(email) === email);
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

function anonymous(person: OpenIdPerson | null) {
  return { kind: 'anonymous', id: null, name: person?.email ?? person?.subject ?? 'unknown' } as const;
}
