import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { PasskeyEnrolment, TotpConfirmation, TotpEnrolment } from '@akashi/contracts';
import type { SessionUser } from '@akashi/database';
import { hashRecoveryCode, newRecoveryCodes, newTotpSecret, totpEnrolmentUri, totpStepOf } from '@akashi/identity';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { auditContextOf } from '../audit-trail/audit-context.ts';
import { PasskeyCeremony } from './passkey-ceremony.ts';
import type { RequestFacts } from '../request-context/request-facts.ts';
import { SignInAttempts } from './sign-in-attempts.ts';

const issuer = 'Akashi';

/** Adds second factors: the first at the sign-in, further ones in the profile. */
@Injectable()
export class FactorEnrolmentService {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;
  readonly #passkeys: PasskeyCeremony;
  readonly #attempts: SignInAttempts;

  constructor(
    @Inject(apiParts) parts: ApiParts,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(PasskeyCeremony) passkeys: PasskeyCeremony,
    @Inject(SignInAttempts) attempts: SignInAttempts,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#passkeys = passkeys;
    this.#attempts = attempts;
  }

  /** The secret, shown this once; it counts after its first right code. */
  async beginTotp(found: SessionUser, name: string | undefined, facts: RequestFacts): Promise<TotpEnrolment> {
    const id = randomUUID();
    const secret = newTotpSecret();
    const sealedSecret = this.#parts.keyring.forTenant(found.tenantId).secrets.seal({ purpose: 'totp', id }, secret);
    await this.#trail.record(auditContextOf(found, facts), {
      action: 'credential.factor-enrol',
      outcome: 'success',
      target: { kind: 'factor', id, name: 'totp' },
    });
    const { factors } = this.#parts.database.forTenant(found.tenantId);
    await factors.begin(found.userId, { id, name: name ?? 'Authenticator', sealedSecret });
    return { id, secret, uri: totpEnrolmentUri({ secret, issuer, account: found.email }) };
  }

  /** Answers the recovery codes with the first factor, and none with others. */
  async confirmTotp(found: SessionUser, { id, code }: TotpConfirmation, facts: RequestFacts): Promise<string[]> {
    await this.#attempts.countAddress(facts.address);
    const { factors } = this.#parts.database.forTenant(found.tenantId);
    const begun = (await factors.list(found.userId)).find((factor) => factor.id === id && factor.confirmedAt === null);
    const sealed = begun?.sealedSecret ?? null;
    if (sealed === null) throw new AppError('not-found');
    const { secrets } = this.#parts.keyring.forTenant(found.tenantId);
    const step = totpStepOf(secrets.open({ purpose: 'totp', id }, sealed), code, this.#parts.clock.codeNow().getTime());
    if (step === null) throw new AppError('second-factor-failed');
    await this.#recordAdded(found, { id, kind: 'totp' }, facts);
    if (!(await factors.confirm(found.userId, id, step))) throw new AppError('not-found');
    await this.#attempts.takeBackAddress(facts.address);
    return this.#firstRecoveryCodes(found);
  }

  async addPasskey(found: SessionUser, { name, passkey }: PasskeyEnrolment, facts: RequestFacts): Promise<string[]> {
    const registered = await this.#passkeys.register(found, passkey);
    if (registered === null) throw new AppError('second-factor-failed');
    await this.#recordAdded(found, { kind: 'passkey' }, facts);
    const { factors } = this.#parts.database.forTenant(found.tenantId);
    const id = await factors.addPasskey(found.userId, { ...registered, name: name ?? 'Passkey' });
    if (id === null) throw new AppError('conflict', { reason: 'passkey-registered' });
    return this.#firstRecoveryCodes(found);
  }

  /** Ten new codes in place of all others. */
  async renewRecoveryCodes(found: SessionUser): Promise<string[]> {
    const codes = newRecoveryCodes();
    const hashes = codes.map((code) => hashRecoveryCode(found.userId, code));
    await this.#parts.database.forTenant(found.tenantId).factors.replaceRecoveryCodes(found.userId, hashes);
    return codes;
  }

  async #firstRecoveryCodes(found: SessionUser): Promise<string[]> {
    const confirmed = await this.#parts.database.forTenant(found.tenantId).factors.listConfirmed(found.userId);
    return confirmed.length === 1 ? this.renewRecoveryCodes(found) : [];
  }

  async #recordAdded(
    found: SessionUser,
    factor: { id?: string; kind: 'totp' | 'passkey' },
    facts: RequestFacts,
  ): Promise<void> {
    await this.#trail.record(auditContextOf(found, facts), {
      action: 'credential.factor-add',
      outcome: 'success',
      target: { kind: 'factor', ...(factor.id === undefined ? {} : { id: factor.id }), name: factor.kind },
    });
  }
}
