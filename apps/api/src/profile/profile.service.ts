import { Inject, Injectable } from '@nestjs/common';
import type { AuditEvent } from '@akashi/audit-trail';
import type {
  FactorAnswer,
  FactorsAnswer,
  OwnPasswordChange,
  OwnSessionsAnswer,
  Profile,
  ProfileChange,
} from '@akashi/contracts';
import type { SessionUser, TenantDatabase, User } from '@akashi/database';
import { isPassword } from '@akashi/identity';
import { effectiveSecuritySettings } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { FactorEnrolmentService } from '../sign-in/factor-enrolment.service.ts';
import { PasswordRules } from '../sign-in/password-rules.service.ts';
import { SignInAttempts } from '../sign-in/sign-in-attempts.ts';

/** What people see and change of themselves. */
@Injectable()
export class ProfileService {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;
  readonly #rules: PasswordRules;
  readonly #attempts: SignInAttempts;
  readonly #enrolment: FactorEnrolmentService;

  constructor(
    @Inject(apiParts) parts: ApiParts,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(PasswordRules) rules: PasswordRules,
    @Inject(SignInAttempts) attempts: SignInAttempts,
    @Inject(FactorEnrolmentService) enrolment: FactorEnrolmentService,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#rules = rules;
    this.#attempts = attempts;
    this.#enrolment = enrolment;
  }

  async get(context: RequestContext): Promise<Profile> {
    const user = await this.#find(context);
    return {
      email: user.email,
      name: user.displayName,
      language: user.language,
      role: user.role,
      groups: user.groups,
      accessUntil: user.accessUntil?.toISOString() ?? null,
      passwordChangedAt: user.passwordChangedAt?.toISOString() ?? null,
      hasPassword: user.hasPassword,
      recoveryCodesLeft: await this.#own(context).factors.countRecoveryCodes(user.id),
    };
  }

  async change(context: RequestContext, { name, language }: ProfileChange): Promise<Profile> {
    const user = await this.#find(context);
    const before = { name: user.displayName, language: user.language };
    await this.#record(context, {
      action: 'profile.change',
      before,
      after: { name: name ?? before.name, language: language ?? before.language },
    });
    await this.#own(context).users.change(user.id, { displayName: name, language });
    return this.get(context);
  }

  /** With the old password, whose failures count as those of a sign-in do. Every other session ends. */
  async changePassword(context: RequestContext, found: SessionUser, change: OwnPasswordChange): Promise<void> {
    const settings = effectiveSecuritySettings(found.security);
    const attempt = { account: found.email, address: context.address, settings };
    const user = await this.#parts.database.platform.findUserById(found.userId);
    const counted = await this.#attempts.count(attempt);
    const encoded = user?.passwordHash ?? null;
    const isRight = !counted.isLocked && encoded !== null && (await isPassword(encoded, change.oldPassword));
    if (!isRight) {
      if (counted.isLocked || counted.isLast) await this.#parts.database.platform.sessions.revoke(found.tokenSha256);
      throw new AppError('sign-in-failed');
    }
    await this.#attempts.takeBack(attempt);
    const hash = await this.#rules.accept(found, change.newPassword);
    await this.#record(context, { action: 'credential.password-change' });
    const own = this.#own(context);
    await own.users.setPassword(found.userId, { hash, mustChange: false });
    await own.userSessions.revokeOthers(found.userId, found.sessionId);
  }

  async factors(context: RequestContext): Promise<FactorsAnswer> {
    const { factors } = this.#own(context);
    const confirmed = await factors.listConfirmed(context.actor.id);
    return {
      items: confirmed.map(({ id, kind, name, confirmedAt, lastUsedAt }) => ({
        id,
        kind,
        name,
        createdAt: confirmedAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      })),
      recoveryCodesLeft: await factors.countRecoveryCodes(context.actor.id),
    };
  }

  /** A name helps the person to tell factors apart and proves nothing. */
  async renameFactor(context: RequestContext, id: string, name: string): Promise<FactorAnswer> {
    const { items } = await this.factors(context);
    const factor = items.find((each) => each.id === id);
    if (factor === undefined) throw new AppError('not-found');
    await this.#record(context, {
      action: 'credential.factor-change',
      target: { kind: 'factor', id, name: factor.kind },
      before: { name: factor.name },
      after: { name },
    });
    if (!(await this.#own(context).factors.rename(context.actor.id, id, name))) throw new AppError('not-found');
    return { ...factor, name };
  }

  async removeFactor(context: RequestContext, id: string): Promise<void> {
    const listed = await this.#own(context).factors.list(context.actor.id);
    const factor = listed.find((each) => each.id === id);
    const confirmed = listed.filter(({ confirmedAt }) => confirmedAt !== null);
    if (factor === undefined) throw new AppError('not-found');
    if (factor.confirmedAt !== null && confirmed.length === 1) throw new AppError('factor-last');
    await this.#record(context, {
      action: 'credential.factor-remove',
      target: { kind: 'factor', id, name: factor.kind },
    });
    const outcome = await this.#own(context).factors.remove(context.actor.id, id);
    if (outcome === 'last') throw new AppError('factor-last');
    if (outcome === 'missing') throw new AppError('not-found');
  }

  async renewRecoveryCodes(context: RequestContext, found: SessionUser): Promise<string[]> {
    await this.#record(context, { action: 'credential.recovery-codes' });
    return this.#enrolment.renewRecoveryCodes(found);
  }

  async sessions(context: RequestContext, found: SessionUser): Promise<OwnSessionsAnswer> {
    const idleMs = effectiveSecuritySettings(found.security).idleMinutes * 60_000;
    const listed = await this.#own(context).userSessions.list(found.userId, idleMs);
    return {
      items: listed.map(({ createdAt, lastActiveAt, expiresAt, ...shown }) => ({
        ...shown,
        current: shown.id === found.sessionId,
        createdAt: createdAt.toISOString(),
        lastActiveAt: lastActiveAt.toISOString(),
        endsAt: expiresAt.toISOString(),
      })),
    };
  }

  async revokeSession(context: RequestContext, id: string): Promise<void> {
    await this.#record(context, { action: 'session.revoke', target: { kind: 'session', id } });
    if (!(await this.#own(context).userSessions.revoke(context.actor.id, id))) throw new AppError('not-found');
  }

  async revokeOtherSessions(context: RequestContext, found: SessionUser): Promise<number> {
    await this.#record(context, { action: 'session.revoke', target: { kind: 'session', name: 'all others' } });
    return this.#own(context).userSessions.revokeOthers(found.userId, found.sessionId);
  }

  #own(context: RequestContext): TenantDatabase {
    return this.#parts.database.forTenant(context.tenantId);
  }

  async #find(context: RequestContext): Promise<User> {
    const user = await this.#own(context).users.find(context.actor.id);
    if (user === null) throw new AppError('not-found');
    return user;
  }

  async #record(context: RequestContext, event: Omit<AuditEvent, 'outcome'>): Promise<void> {
    const target = { kind: 'user', id: context.actor.id, name: context.actor.email ?? context.actor.name };
    await this.#trail.record(context, { target, ...event, outcome: 'success' });
  }
}
