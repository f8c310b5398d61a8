import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { AuditEvent } from '@akashi/audit-trail';
import type { SignInRequest } from '@akashi/contracts';
import type { SessionUser, SignInUser } from '@akashi/database';
import { hashPassword, isPassword, needsRehash } from '@akashi/identity';
import { effectiveSecuritySettings, isDormant } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { PlatformTrail } from '../audit-trail/platform-trail.ts';
import { sha256 } from '../request-context/authentication.guard.ts';
import type { RequestFacts } from '../request-context/request-facts.ts';
import { actorOf, auditContextOf, originOf } from '../audit-trail/audit-context.ts';
import { SessionSteps, type OpenedSession } from './session-steps.ts';
import { SignInAttempts } from './sign-in-attempts.ts';

/** Why a sign-in failed. The trail knows, the answer never tells. */
export type SignInRefusal =
  'unknown' | 'wrong-password' | 'no-password' | 'locked' | 'disabled' | 'expired' | 'dormant';

@Injectable()
export class SignInService {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;
  readonly #platformTrail: Pick<PlatformTrail, 'recordHere'>;
  readonly #attempts: SignInAttempts;
  readonly #steps: SessionSteps;
  /** Compared with when there is no password to compare with, so that all cases take the same time. */
  #decoyHash: Promise<string> | undefined;

  constructor(
    @Inject(apiParts) parts: ApiParts,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(PlatformTrail) platformTrail: Pick<PlatformTrail, 'recordHere'>,
    @Inject(SignInAttempts) attempts: SignInAttempts,
    @Inject(SessionSteps) steps: SessionSteps,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#platformTrail = platformTrail;
    this.#attempts = attempts;
    this.#steps = steps;
  }

  /**
   * A session at the step after the password. Unknown address, wrong password, locked, disabled and unused accounts are
   * one answer after one amount of work.
   */
  async signIn(request: SignInRequest, facts: RequestFacts): Promise<OpenedSession> {
    const account = request.email.trim().toLowerCase();
    const user = await this.#parts.database.platform.findUserByEmail(account);
    const settings = effectiveSecuritySettings(user?.security);
    const attempt = { account, address: facts.address, settings };
    const counted = await this.#attempts.count(attempt);
    const isRight = await this.#isPassword(counted.isLocked ? null : user, request.password);
    const refusal = counted.isLocked ? 'locked' : await this.refusalOf(user, isRight);
    if (user === null || refusal !== null) {
      await this.#recordFailure({ user, account, refusal: refusal ?? 'unknown', isLast: counted.isLast }, facts);
      throw new AppError('sign-in-failed');
    }
    await this.#attempts.takeBack(attempt);
    await this.#trail.record(
      { tenantId: user.tenantId, actor: actorOf(user), ...originOf(facts) },
      { action: 'sign-in.password', outcome: 'success' },
    );
    await this.#renewHash(user, request.password);
    return this.#steps.begin(user, 'password', facts);
  }

  async signOut(found: SessionUser, token: string, facts: RequestFacts): Promise<void> {
    await this.#trail.record(auditContextOf(found, facts), {
      action: 'session.end',
      outcome: 'success',
      target: { kind: 'session', id: found.sessionId },
    });
    await this.#parts.database.platform.sessions.revoke(sha256(token));
  }

  /** Why this account may not come in, or null. A dormant one is disabled on the spot (PCI DSS 8.2.6). */
  async refusalOf(user: SignInUser | null, isProven: boolean): Promise<SignInRefusal | null> {
    if (user === null) return 'unknown';
    if (!isProven) return user.passwordHash === null ? 'no-password' : 'wrong-password';
    if (user.disabledAt !== null) return 'disabled';
    const nowMs = this.#parts.clock.nowMs();
    if (user.accessUntil !== null && user.accessUntil.getTime() <= nowMs) return 'expired';
    if (!isDormant(user, effectiveSecuritySettings(user.security), nowMs)) return null;
    await this.#parts.database.forTenant(user.tenantId).users.disable(user.id, 'dormant');
    return 'dormant';
  }

  async #isPassword(user: SignInUser | null, password: string): Promise<boolean> {
    this.#decoyHash ??= hashPassword(randomBytes(24).toString('base64url'));
    const encoded = user?.passwordHash ?? null;
    const isRight = await isPassword(encoded ?? (await this.#decoyHash), password);
    return isRight && encoded !== null;
  }

  async #renewHash(user: SignInUser, password: string): Promise<void> {
    if (user.passwordHash === null || !needsRehash(user.passwordHash)) return;
    const hashes = { from: user.passwordHash, to: await hashPassword(password) };
    await this.#parts.database.forTenant(user.tenantId).users.rehashPassword(user.id, hashes);
  }

  /**
   * A failure for an address that is nobody's stands in the trail of the installation's own tenant: each on its own, so
   * that it takes as long as one for an account that is there.
   */
  async #recordFailure(
    failure: { user: SignInUser | null; account: string; refusal: SignInRefusal; isLast: boolean },
    facts: RequestFacts,
  ): Promise<void> {
    const { user, account, refusal, isLast } = failure;
    const actor = user === null ? ({ kind: 'anonymous', id: null, name: account } as const) : actorOf(user);
    const context = { actor, ...originOf(facts) };
    const record = (event: AuditEvent): Promise<void> =>
      user === null
        ? this.#platformTrail.recordHere(context, event)
        : this.#trail.record({ ...context, tenantId: user.tenantId }, event);
    await record({ action: 'sign-in.password', outcome: 'failure', reason: refusal });
    if (isLast) await record({ action: 'sign-in.locked', outcome: 'failure', reason: 'locked' });
  }
}
