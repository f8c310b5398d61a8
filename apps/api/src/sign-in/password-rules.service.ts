import { Inject, Injectable } from '@nestjs/common';
import type { TenantId } from '@akashi/database';
import { hashPassword, isBreachedPassword, isPassword } from '@akashi/identity';
import { effectiveSecuritySettings, refusePassword } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';

export interface PasswordOwner {
  readonly tenantId: TenantId;
  /** Undefined for somebody who has no account yet. */
  readonly userId: string | undefined;
  readonly email: string;
  readonly displayName: string;
  readonly security: unknown;
}

/** Takes a new password by PCI DSS 8.3.6 and 8.3.7, the breached list, and the person's own name and address. */
@Injectable()
export class PasswordRules {
  readonly #parts: ApiParts;

  constructor(@Inject(apiParts) parts: ApiParts) {
    this.#parts = parts;
  }

  /** Its hash; throws `password-refused` with the reason. */
  async accept(owner: PasswordOwner, password: string): Promise<string> {
    const settings = effectiveSecuritySettings(owner.security);
    const candidate = { password, personal: [owner.email, owner.displayName], settings };
    const isBreached = isBreachedPassword(password);
    const refusal =
      refusePassword({ ...candidate, isBreached, wasUsed: false }) ??
      ((await this.#wasUsed(owner, password, settings.passwordHistory)) ? 'used-before' : null);
    if (refusal !== null) {
      const params = { minLength: settings.passwordMinLength, history: settings.passwordHistory };
      throw new AppError('password-refused', { reason: refusal, params });
    }
    return hashPassword(password);
  }

  async #wasUsed(owner: PasswordOwner, password: string, count: number): Promise<boolean> {
    if (owner.userId === undefined) return false;
    const hashes = await this.#parts.database.forTenant(owner.tenantId).users.lastPasswordHashes(owner.userId, count);
    for (const encoded of hashes) if (await isPassword(encoded, password)) return true;
    return false;
  }
}
