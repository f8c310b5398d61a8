import { Inject, Injectable } from '@nestjs/common';
import type { InvitationAcceptance, InvitationView } from '@akashi/contracts';
import type { OpenInvitation, SessionUser } from '@akashi/database';
import { effectiveSecuritySettings } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { sha256 } from '../request-context/authentication.guard.ts';
import { auditContextOf, originOf } from '../audit-trail/audit-context.ts';
import { PasswordRules } from './password-rules.service.ts';
import type { RequestFacts } from '../request-context/request-facts.ts';
import { SessionSteps, type OpenedSession } from './session-steps.ts';
import { SignInAttempts } from './sign-in-attempts.ts';

/** Passwords that are due: the first one by a link, and the one that has to be changed at first use (PCI DSS 8.3.5). */
@Injectable()
export class FirstPasswordService {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;
  readonly #rules: PasswordRules;
  readonly #attempts: SignInAttempts;
  readonly #steps: SessionSteps;

  constructor(
    @Inject(apiParts) parts: ApiParts,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(PasswordRules) rules: PasswordRules,
    @Inject(SignInAttempts) attempts: SignInAttempts,
    @Inject(SessionSteps) steps: SessionSteps,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#rules = rules;
    this.#attempts = attempts;
    this.#steps = steps;
  }

  async change(found: SessionUser, newPassword: string, facts: RequestFacts): Promise<void> {
    const hash = await this.#rules.accept(found, newPassword);
    await this.#trail.record(auditContextOf(found, facts), {
      action: 'credential.password-change',
      outcome: 'success',
      target: { kind: 'user', id: found.userId, name: found.email },
    });
    const { users } = this.#parts.database.forTenant(found.tenantId);
    await users.setPassword(found.userId, { hash, mustChange: false });
  }

  /** What stands behind a link; throws `invitation-gone` for every token that opens nothing. */
  async look(token: string, facts: RequestFacts): Promise<InvitationView> {
    const invitation = await this.#find(token, facts);
    const context = { tenantId: invitation.tenantId, actor: anonymous(invitation), ...originOf(facts) };
    await this.#trail.record(context, {
      action: 'member.invitation-view',
      outcome: 'success',
      target: { kind: 'invitation', id: invitation.id, name: invitation.email },
    });
    return {
      purpose: invitation.purpose,
      email: invitation.email,
      name: invitation.displayName,
      language: invitation.language,
      tenantNameJa: invitation.tenantNameJa,
      tenantNameEn: invitation.tenantNameEn,
      passwordMinLength: effectiveSecuritySettings(invitation.security).passwordMinLength,
      expiresAt: invitation.expiresAt.toISOString(),
    };
  }

  /** Takes the link up once: the password is set, and the session is at the enrolment of the second factor. */
  async accept({ token, password }: InvitationAcceptance, facts: RequestFacts): Promise<OpenedSession> {
    const invitation = await this.#find(token, facts);
    const { tenantId, email, displayName, security } = invitation;
    const user = invitation.purpose === 'reset' ? await this.#parts.database.platform.findUserByEmail(email) : null;
    const owner = { tenantId, userId: user?.id, email, displayName, security };
    const hash = await this.#rules.accept(owner, password);
    const { invitations } = this.#parts.database.forTenant(tenantId);
    const context = { tenantId, actor: anonymous(invitation), ...originOf(facts) };
    const target = { kind: 'invitation', id: invitation.id, name: email };
    await this.#trail.record(context, {
      action: invitation.purpose === 'reset' ? 'credential.password-reset' : 'member.invitation-accept',
      outcome: 'success',
      target,
      details: { role: invitation.role },
    });
    const acceptance = await invitations.accept(sha256(token), hash);
    if (acceptance.kind === 'accepted') {
      await this.#attempts.forget(email);
      return this.#steps.begin({ id: acceptance.userId, tenantId }, 'invitation', facts);
    }
    await this.#trail.record(context, {
      action: 'member.invitation-accept',
      outcome: 'failure',
      reason: acceptance.kind,
      target,
    });
    throw acceptance.kind === 'gone'
      ? new AppError('invitation-gone')
      : new AppError('conflict', { reason: 'address-taken' });
  }

  async #find(token: string, facts: RequestFacts): Promise<OpenInvitation> {
    await this.#attempts.countAddress(facts.address);
    const invitation = await this.#parts.database.platform.findInvitation(sha256(token));
    if (invitation === null) throw new AppError('invitation-gone');
    await this.#attempts.takeBackAddress(facts.address);
    return invitation;
  }
}

/** Whoever holds the link; that it is the invited person is what the mail server vouches for. */
function anonymous(invitation: OpenInvitation) {
  return { kind: 'anonymous', id: null, name: invitation.displayName, email: invitation.email } as const;
}
