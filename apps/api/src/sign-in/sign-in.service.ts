import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import type { Session, SignInRequest } from '@akashi/contracts';
import type { SessionUser, SignInUser } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { sessionIdleMs, sha256 } from '../request-context/authentication.guard.ts';
import { SignInThrottle } from './sign-in-throttle.ts';

const sessionHours = 12;
const tokenBytes = 32;

@Injectable()
export class SignInService {
  readonly #parts: ApiParts;
  readonly #throttle = new SignInThrottle();
  /** Compared with when there is no such account, so that both cases take the same time. */
  #decoyHash: Promise<string> | undefined;

  constructor(@Inject(apiParts) parts: ApiParts) {
    this.#parts = parts;
  }

  /** A new session and its token, which exists nowhere else. An unknown address and a wrong password are one answer. */
  async signIn(request: SignInRequest, language: 'ja' | 'en'): Promise<{ token: string; session: Session }> {
    const account = request.email.trim().toLowerCase();
    const waitMs = this.#throttle.waitMs(account, Date.now());
    if (waitMs > 0) throw new AppError('too-many-requests', { retryAfterSeconds: waitMs / 1000 });
    const user = await this.#checkPassword(account, request.password);
    if (user === null) {
      this.#throttle.countFailure(account, Date.now());
      throw new AppError('sign-in-failed');
    }
    this.#throttle.forget(account);
    const token = randomBytes(tokenBytes).toString('base64url');
    const { sessions } = this.#parts.database.platform;
    const tokenSha256 = sha256(token);
    const expiresAt = new Date(Date.now() + sessionHours * 3_600_000);
    await sessions.create({ tenantId: user.tenantId, userId: user.id, tokenSha256, expiresAt });
    const found = await sessions.find({ tokenSha256, idleMs: sessionIdleMs, active: true });
    if (found === null) throw new AppError('sign-in-failed');
    return { token, session: describeSession(found, language) };
  }

  async signOut(token: string): Promise<void> {
    await this.#parts.database.platform.sessions.revoke(sha256(token));
  }

  async #checkPassword(email: string, password: string): Promise<SignInUser | null> {
    const user = await this.#parts.database.platform.findUserByEmail(email);
    this.#decoyHash ??= hash(randomBytes(tokenBytes).toString('base64url'));
    const isRight = await verify(user?.passwordHash ?? (await this.#decoyHash), password);
    return isRight ? user : null;
  }
}

export function describeSession(found: SessionUser, language: 'ja' | 'en'): Session {
  return {
    user: {
      id: found.userId,
      email: found.email,
      name: found.displayName,
      role: found.role,
      groups: found.groups,
      language: found.language,
    },
    tenant: {
      id: found.tenantId,
      slug: found.tenantSlug,
      name: language === 'ja' ? found.tenantNameJa : found.tenantNameEn,
      nameJa: found.tenantNameJa,
      nameEn: found.tenantNameEn,
      timeZone: found.timeZone,
    },
    idleEndsAt: new Date(found.lastActiveAt.getTime() + sessionIdleMs).toISOString(),
    endsAt: found.expiresAt.toISOString(),
  };
}
