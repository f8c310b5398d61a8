import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction } from '@akashi/audit-trail';
import type { SecondFactorRequest } from '@akashi/contracts';
import type { SessionUser } from '@akashi/database';
import { hashRecoveryCode, totpStepOf } from '@akashi/identity';
import { effectiveSecuritySettings } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { auditContextOf } from '../audit-trail/audit-context.ts';
import { PasskeyCeremony } from './passkey-ceremony.ts';
import type { RequestFacts } from '../request-context/request-facts.ts';
import { SignInAttempts } from './sign-in-attempts.ts';

export type SecondFactorMethod = 'totp' | 'passkey' | 'recovery-code';

const actionOf: Readonly<Record<SecondFactorMethod, AuditAction>> = {
  totp: 'sign-in.second-factor',
  passkey: 'sign-in.passkey',
  'recovery-code': 'sign-in.recovery-code',
};

@Injectable()
export class SecondFactorService {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;
  readonly #attempts: SignInAttempts;
  readonly #passkeys: PasskeyCeremony;

  constructor(
    @Inject(apiParts) parts: ApiParts,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(SignInAttempts) attempts: SignInAttempts,
    @Inject(PasskeyCeremony) passkeys: PasskeyCeremony,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#attempts = attempts;
    this.#passkeys = passkeys;
  }

  /**
   * Proves the second factor, for the sign-in or again for a step-up, or throws `second-factor-failed`. Failures count
   * with those of the password (PCI DSS 8.3.4); the one that locks the account ends the session.
   */
  async prove(found: SessionUser, request: SecondFactorRequest, facts: RequestFacts): Promise<SecondFactorMethod> {
    const method = methodOf(request);
    const attempt = {
      account: found.email,
      address: facts.address,
      settings: effectiveSecuritySettings(found.security),
    };
    const counted = await this.#attempts.count(attempt);
    const isProven = !counted.isLocked && (await this.#isProven(found, request));
    const context = auditContextOf(found, facts);
    const action = found.stage === 'full' ? 'session.step-up' : actionOf[method];
    if (!isProven) {
      if (counted.isLocked || counted.isLast) await this.#parts.database.platform.sessions.revoke(found.tokenSha256);
      const reason = 'second-factor-failed';
      if (counted.isLast) await this.#trail.record(context, { action: 'sign-in.locked', outcome: 'failure', reason });
      throw new AppError('second-factor-failed');
    }
    await this.#attempts.takeBack(attempt);
    await this.#trail.record(context, { action, outcome: 'success', details: { method } });
    return method;
  }

  async stepUp(found: SessionUser, request: SecondFactorRequest, facts: RequestFacts): Promise<void> {
    await this.prove(found, request, facts);
    await this.#attempts.forget(found.email);
    await this.#parts.database.platform.sessions.noteStepUp(found.sessionId);
  }

  async #isProven(found: SessionUser, request: SecondFactorRequest): Promise<boolean> {
    if ('passkey' in request) return this.#passkeys.prove(found, request.passkey);
    const { factors } = this.#parts.database.forTenant(found.tenantId);
    if ('recoveryCode' in request) {
      return factors.useRecoveryCode(found.userId, hashRecoveryCode(found.userId, request.recoveryCode));
    }
    return this.#isCode(found, request.code);
  }

  async #isCode(found: SessionUser, code: string): Promise<boolean> {
    const { factors } = this.#parts.database.forTenant(found.tenantId);
    const { secrets } = this.#parts.keyring.forTenant(found.tenantId);
    for (const { id, sealedSecret } of await factors.listConfirmed(found.userId)) {
      if (sealedSecret === null) continue;
      const step = totpStepOf(
        secrets.open({ purpose: 'totp', id }, sealedSecret),
        code,
        this.#parts.clock.codeNow().getTime(),
      );
      if (step !== null) return factors.useStep(found.userId, id, step);
    }
    return false;
  }
}

function methodOf(request: SecondFactorRequest): SecondFactorMethod {
  if ('passkey' in request) return 'passkey';
  return 'code' in request ? 'totp' : 'recovery-code';
}
