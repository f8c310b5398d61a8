import { mayApprove } from '../access/approver.ts';
import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { AuditEvent } from '@akashi/audit-trail';
import type { Session } from '@akashi/contracts';
import type { SessionStage, SessionUser, SignInUser } from '@akashi/database';
import { effectiveSecuritySettings, isPermitted } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { sessionIdleMs, sha256 } from '../request-context/authentication.guard.ts';
import { auditContextOf } from '../audit-trail/audit-context.ts';
import { reviewsWaiting } from '../log-reviews/reviews-waiting.ts';
import { describeSession } from './describe-session.ts';
import type { RequestFacts } from '../request-context/request-facts.ts';
import { SignInAttempts } from './sign-in-attempts.ts';

const tokenBytes = 32;
/** A session that has not proven everything yet lives this long. */
const pendingMs = 30 * 60_000;

/** A session and the token that opens it, which exists nowhere else. */
export interface OpenedSession {
  readonly token: string;
  readonly session: Session;
}

/** Begins sessions and moves them on. Every rise is under a new token, so that none from before it is worth more after. */
@Injectable()
export class SessionSteps {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;
  readonly #attempts: SignInAttempts;

  constructor(
    @Inject(apiParts) parts: ApiParts,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(SignInAttempts) attempts: SignInAttempts,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#attempts = attempts;
  }

  /** The first factor was proven: a session at the step that comes next. */
  async begin(
    user: Pick<SignInUser, 'id' | 'tenantId'>,
    method: 'password' | 'provider' | 'invitation',
    facts: RequestFacts,
  ): Promise<OpenedSession> {
    const confirmed = await this.#parts.database.forTenant(user.tenantId).factors.listConfirmed(user.id);
    const token = newToken();
    await this.#parts.database.platform.sessions.create({
      tenantId: user.tenantId,
      userId: user.id,
      tokenSha256: sha256(token),
      expiresAt: new Date(this.#parts.clock.nowMs() + pendingMs),
      stage: confirmed.length > 0 ? 'second-factor' : 'enrolment',
      methods: [method],
      address: facts.address,
      userAgent: facts.userAgent,
    });
    return this.#open(token, facts.language);
  }

  /** The second factor was proven, or the first one enrolled: on to the new password if one is due, else in. */
  async passSecondFactor(found: SessionUser, method: string, facts: RequestFacts): Promise<OpenedSession> {
    return this.#advance(found, { stage: found.mustChangePassword ? 'password-change' : 'full', method }, facts);
  }

  async passPasswordChange(found: SessionUser, facts: RequestFacts): Promise<OpenedSession> {
    return this.#advance(found, { stage: 'full' }, facts);
  }

  async describe(found: SessionUser, language: 'ja' | 'en'): Promise<Session> {
    const described = describeSession(found, language, await this.#secondFactors(found));
    const { accessReviews, approvals, incidents } = this.#parts.database.forTenant(found.tenantId);
    const isFull = found.stage === 'full';
    const seesIncidents = isFull && isPermitted(found.role, 'incidents.read');
    const [supportAccess, reviews, ownsReviewItems, waitingApprovals, openIncidents] = await Promise.all([
      this.#currentSupport(found),
      reviewsWaiting(this.#parts.database.forTenant(found.tenantId), found),
      isFull && accessReviews.asks(found.userId),
      isFull ? approvals.waiting({ personId: found.userId, mayApprove: mayApprove(found.role) }) : 0,
      seesIncidents ? incidents.countUnfinished() : 0,
    ]);
    return { ...described, ...reviews, supportAccess, ownsReviewItems, waitingApprovals, openIncidents };
  }

  /** Seen by all of the organisation's people while it lasts. */
  async #currentSupport({ stage, tenantId }: SessionUser): Promise<Session['supportAccess']> {
    if (stage !== 'full') return [];
    const current = await this.#parts.database.forTenant(tenantId).supportAccess.current();
    return current.map(({ id, operator, purpose, endsAt }) => ({
      id,
      operator,
      purpose,
      endsAt: endsAt.toISOString(),
    }));
  }

  async #advance(
    found: SessionUser,
    to: { stage: SessionStage; method?: string },
    facts: RequestFacts,
  ): Promise<OpenedSession> {
    const isFull = to.stage === 'full';
    if (isFull) await this.#recordStart(found, to.method, facts);
    const token = newToken();
    const { absoluteHours } = effectiveSecuritySettings(found.security);
    const taken = await this.#parts.database.platform.sessions.advance({
      sessionId: found.sessionId,
      from: { tokenSha256: found.tokenSha256, stage: found.stage },
      to: {
        tokenSha256: sha256(token),
        stage: to.stage,
        expiresAt: new Date(this.#parts.clock.nowMs() + (isFull ? absoluteHours * 3_600_000 : pendingMs)),
      },
      method: to.method,
    });
    if (!taken) throw new AppError('unauthenticated');
    if (isFull) {
      await this.#parts.database.forTenant(found.tenantId).users.noteSignIn(found.userId);
      await this.#attempts.forget(found.email);
    }
    return this.#open(token, facts.language);
  }

  async #recordStart(found: SessionUser, method: string | undefined, facts: RequestFacts): Promise<void> {
    const event: AuditEvent = {
      action: 'session.start',
      outcome: 'success',
      target: { kind: 'session', id: found.sessionId },
      details: { methods: [...found.methods, ...(method === undefined ? [] : [method])] },
    };
    await this.#trail.record(auditContextOf(found, facts), event);
  }

  async #open(token: string, language: 'ja' | 'en'): Promise<OpenedSession> {
    const lookup = { tokenSha256: sha256(token), idleMs: sessionIdleMs, active: true };
    const found = await this.#parts.database.platform.sessions.find(lookup);
    if (found === null) throw new AppError('sign-in-failed');
    return { token, session: await this.describe(found, language) };
  }

  async #secondFactors(found: SessionUser): Promise<Session['secondFactors']> {
    const { factors } = this.#parts.database.forTenant(found.tenantId);
    const confirmed = await factors.listConfirmed(found.userId);
    const kinds: Session['secondFactors'] = [...new Set(confirmed.map(({ kind }) => kind))];
    const codes = confirmed.length === 0 ? 0 : await factors.countRecoveryCodes(found.userId);
    return codes > 0 ? [...kinds, 'recovery-code'] : kinds;
  }
}

export function newToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}
