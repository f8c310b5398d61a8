import { Inject, Injectable } from '@nestjs/common';
import {
  contact,
  type NewRecoveryRequest,
  type RecoveriesAnswer,
  type RecoveryAnswer,
  type RecoveryView,
  type RecoveryVoice,
  type RecoveryVoiceAnswer,
} from '@akashi/contracts';
import type { OpenRecovery, Recovery, TenantDatabase, TenantOverview } from '@akashi/database';
import { MailError, recoveryMessage } from '@akashi/notify';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { AuditContext } from '../audit-trail/audit-trail.ts';
import { mailInvitationLink, newInvitationLink, type InvitationLink } from '../sign-in/invitation-link.ts';
import { sha256 } from '../request-context/authentication.guard.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import type { RequestFacts } from '../request-context/request-facts.ts';
import { SignInAttempts } from '../sign-in/sign-in-attempts.ts';
import { originOf } from '../audit-trail/audit-context.ts';
import { PlatformTrail } from '../audit-trail/platform-trail.ts';

interface Contact {
  readonly name: string;
  readonly email: string;
}

/**
 * The way back for an organisation that had people and has no administrator who can sign in: an operator asks, and its own
 * contacts confirm, two of them where it has two, each by a link of their own. Everything of it stands in both trails.
 */
@Injectable()
export class RecoveryService {
  readonly #parts: Pick<ApiParts, 'database' | 'mailer' | 'webUrl' | 'clock'>;
  readonly #trail: Pick<PlatformTrail, 'recordBoth'>;
  readonly #attempts: SignInAttempts;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'mailer' | 'webUrl' | 'clock'>,
    @Inject(PlatformTrail) trail: Pick<PlatformTrail, 'recordBoth'>,
    @Inject(SignInAttempts) attempts: SignInAttempts,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#attempts = attempts;
  }

  /** Whether every mail went out; who got none is asked again by another request, which takes this one's place. */
  async request(context: RequestContext, tenant: TenantOverview, wanted: NewRecoveryRequest): Promise<boolean> {
    const own = this.#parts.database.forTenant(tenant.id);
    const email = wanted.email.toLowerCase();
    const known = await this.#parts.database.platform.findUserByEmail(email);
    if (known !== null && known.tenantId !== tenant.id) throw new AppError('conflict', { reason: 'address-taken' });
    const contacts = await contactsOf(own);
    if (contacts.length === 0) throw new AppError('conflict', { reason: 'no-contacts' });
    const asked = contacts.map((each) => ({ ...each, link: newInvitationLink(this.#parts.clock) }));
    const expiresAt = asked[0]?.link.expiresAt ?? this.#parts.clock.now();
    const { displayName, reason } = wanted;
    const operator = context.actor.email ?? context.actor.name;
    const needed = Math.min(2, contacts.length);
    const recovery = { email, displayName, reason, requestedBy: operator, expiresAt, needed };
    const voices = asked.map(({ name, email: address, link }) => ({
      name,
      email: address,
      tokenSha256: link.tokenSha256,
    }));
    await own.recoveries.open({ ...recovery, contacts: voices }, () =>
      this.#trail.recordBoth(context, tenant.id, {
        action: 'recovery.request',
        outcome: 'success',
        target: { kind: 'member', name: email },
        details: { why: reason, contacts: contacts.map((each) => each.email), needed, organisation: tenant.slug },
      }),
    );
    const sent = await Promise.all(asked.map((each) => this.#mail({ tenant, recovery, to: each, link: each.link })));
    return sent.every(Boolean);
  }

  async list(context: RequestContext): Promise<RecoveriesAnswer> {
    const now = this.#parts.clock.now();
    const found = await this.#parts.database.forTenant(context.tenantId).recoveries.list();
    return { items: found.map((each) => showRecovery(each, now)) };
  }

  /** What a contact is asked; throws `invitation-gone` for every token that answers nothing. */
  async look(token: string, facts: RequestFacts): Promise<RecoveryView> {
    const found = await this.#find(token, facts);
    await this.#trail.recordBoth(contextOf(found, facts), found.tenantId, {
      action: 'recovery.view',
      outcome: 'success',
      target: { kind: 'member', name: found.email },
    });
    const { tenantNameJa, tenantNameEn, email, displayName, reason, requestedBy } = found;
    return {
      tenantNameJa,
      tenantNameEn,
      email,
      name: displayName,
      reason,
      requestedBy,
      contact: found.contactName,
      requestedAt: found.requestedAt.toISOString(),
      expiresAt: found.expiresAt.toISOString(),
    };
  }

  /** One contact's answer. With the last confirmation that it takes the person gets a link, as every new member does. */
  async answer({ token, decision }: RecoveryVoice, facts: RequestFacts): Promise<RecoveryVoiceAnswer> {
    const found = await this.#find(token, facts);
    const context = contextOf(found, facts);
    const own = this.#parts.database.forTenant(found.tenantId);
    const state = await own.recoveries.answer({ tokenSha256: sha256(token), decision }, () =>
      this.#trail.recordBoth(context, found.tenantId, {
        action: decision === 'confirm' ? 'recovery.confirm' : 'recovery.decline',
        outcome: 'success',
        target: { kind: 'member', name: found.email },
        details: { requested_by: found.requestedBy },
      }),
    );
    if (state === 'gone') throw new AppError('invitation-gone');
    if (state === 'confirmed') await this.#letIn(context, found);
    return { state };
  }

  async #letIn(context: AuditContext, found: OpenRecovery): Promise<void> {
    const own = this.#parts.database.forTenant(found.tenantId);
    const member = (await own.users.list()).find(({ email }) => email === found.email);
    const purpose = member === undefined ? 'invite' : 'reset';
    await this.#trail.recordBoth(context, found.tenantId, {
      action: member === undefined ? 'member.invite' : 'member.enable',
      outcome: 'success',
      target: { kind: 'user', id: member?.id, name: found.email },
      details: { role: 'tenant-admin', because: 'recovery' },
    });
    if (member !== undefined) {
      await own.users.change(member.id, { role: 'tenant-admin', accessUntil: null });
      await own.users.enable(member.id);
    }
    const link = newInvitationLink(this.#parts.clock);
    const { tokenSha256, expiresAt } = link;
    const language = member?.language ?? found.tenantLanguage;
    const person = { purpose, email: found.email, displayName: found.displayName, language } as const;
    const invitation = { ...person, role: 'tenant-admin', groupIds: [], accessUntil: null, tokenSha256, expiresAt };
    await own.invitations.create({ ...invitation, createdBy: null });
    const organisation = { nameJa: found.tenantNameJa, nameEn: found.tenantNameEn, timeZone: found.timeZone };
    await mailInvitationLink(this.#parts, { to: person, organisation, link });
  }

  async #mail({
    tenant,
    recovery,
    to,
    link,
  }: {
    tenant: TenantOverview;
    recovery: { email: string; reason: string; requestedBy: string; expiresAt: Date };
    to: Contact;
    link: InvitationLink;
  }): Promise<boolean> {
    const language = tenant.language === 'en' ? 'en' : 'ja';
    const message = recoveryMessage({
      language,
      personName: to.name,
      organisationName: language === 'ja' ? tenant.nameJa : tenant.nameEn,
      // Behind the number sign, which browsers send to no server.
      link: `${this.#parts.webUrl}/recovery#${link.token}`,
      expiresAt: recovery.expiresAt,
      timeZone: tenant.timeZone,
      operator: recovery.requestedBy,
      administrator: recovery.email,
      reason: recovery.reason,
    });
    try {
      await this.#parts.mailer.send({ address: to.email, name: to.name }, message);
      return true;
    } catch (cause) {
      if (!(cause instanceof MailError)) throw cause;
      return false;
    }
  }

  async #find(token: string, facts: RequestFacts): Promise<OpenRecovery> {
    await this.#attempts.countAddress(facts.address);
    const found = await this.#parts.database.platform.findRecovery(sha256(token));
    if (found === null) throw new AppError('invitation-gone');
    await this.#attempts.takeBackAddress(facts.address);
    return found;
  }
}

/** Whom the organisation itself named, and its administrators whom nothing but ninety unused days has ended. */
async function contactsOf(own: TenantDatabase): Promise<Contact[]> {
  const [{ contacts }, users] = await Promise.all([own.organisation.get(), own.users.list()]);
  const named = contact.array().safeParse(contacts);
  const asleep = users.filter(({ role, disabledReason }) => role === 'tenant-admin' && disabledReason === 'dormant');
  const all = [
    ...(named.success ? named.data : []),
    ...asleep.map(({ displayName, email }) => ({ name: displayName || email, email })),
  ];
  const byAddress = new Map(all.map(({ name, email }) => [email.toLowerCase(), { name, email: email.toLowerCase() }]));
  return [...byAddress.values()];
}

function contextOf({ tenantId, contactEmail }: OpenRecovery, facts: RequestFacts): AuditContext {
  return { tenantId, actor: { kind: 'anonymous', id: null, name: contactEmail }, ...originOf(facts) };
}

function showRecovery(found: Recovery, now: Date): RecoveryAnswer {
  const { id, email, displayName, reason, requestedBy, needed, outcome, voices } = found;
  return {
    id,
    email,
    reason,
    requestedBy,
    needed,
    name: displayName,
    state: outcome ?? (found.expiresAt > now ? 'open' : 'expired'),
    requestedAt: found.requestedAt.toISOString(),
    expiresAt: found.expiresAt.toISOString(),
    endedAt: found.endedAt?.toISOString() ?? null,
    contacts: voices.map((voice) => ({
      ...voice,
      decidedAt: voice.decidedAt === null ? null : new Date(voice.decidedAt).toISOString(),
    })),
  };
}
