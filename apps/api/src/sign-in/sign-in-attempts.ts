import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  accountLimits,
  addressLimits,
  addressNetwork,
  countTry,
  lockedForMs,
  takeBackTry,
  type FailureLimits,
  type SecuritySettings,
} from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';

/** What was tried: the address as typed and where from. */
export interface Attempt {
  readonly account: string;
  readonly address: string;
  readonly settings: SecuritySettings;
}

export interface CountedTry {
  /** The account is locked: whatever was typed, it is wrong. */
  readonly isLocked: boolean;
  /** This try, if it fails, locks the account. */
  readonly isLast: boolean;
}

/**
 * PCI DSS 8.3.4: tries are counted in the database by a hash of what was typed, so that a lock holds for all processes,
 * outlives restarts, and tells nothing about which accounts exist. Addresses of the network are counted beside.
 */
@Injectable()
export class SignInAttempts {
  readonly #parts: ApiParts;

  constructor(@Inject(apiParts) parts: ApiParts) {
    this.#parts = parts;
  }

  /** Counts the try before it is judged. Throws `too-many-requests` when the network address has failed too often. */
  async count({ account, address, settings }: Attempt): Promise<CountedTry> {
    await this.countAddress(address);
    const counted = await this.#count(accountSubject(account), accountLimits(settings));
    return { isLocked: counted === null, isLast: counted !== null && counted >= settings.lockAfterFailures };
  }

  async countAddress(address: string): Promise<void> {
    let retryMs = 0;
    await this.#parts.database.platform.signInFailures.change(addressSubject(address), (stored, nowMs) => {
      retryMs = lockedForMs(stored, addressLimits, nowMs);
      return countTry(stored, addressLimits, nowMs) ?? 'keep';
    });
    if (retryMs > 0) throw new AppError('too-many-requests', { retryAfterSeconds: Math.ceil(retryMs / 1000) });
  }

  /** The try was right: it does not count, those before it still do. */
  async takeBack({ account, address }: Omit<Attempt, 'settings'>): Promise<void> {
    const { signInFailures } = this.#parts.database.platform;
    await signInFailures.change(accountSubject(account), takeBackTry);
    await signInFailures.change(addressSubject(address), takeBackTry);
  }

  async takeBackAddress(address: string): Promise<void> {
    await this.#parts.database.platform.signInFailures.change(addressSubject(address), takeBackTry);
  }

  /** Everything was proven: the account begins anew. */
  async forget(account: string): Promise<void> {
    await this.#parts.database.platform.signInFailures.change(accountSubject(account), () => null);
  }

  async #count(subject: Buffer, limits: FailureLimits): Promise<number | null> {
    let failures: number | null = null;
    await this.#parts.database.platform.signInFailures.change(subject, (stored, nowMs) => {
      const counted = countTry(stored, limits, nowMs);
      failures = counted?.failures ?? null;
      return counted ?? 'keep';
    });
    return failures;
  }
}

export function accountSubject(account: string): Buffer {
  return createHash('sha256').update(`account\n${account.trim().toLowerCase()}`).digest();
}

/** Of IPv6 the network counts: one caller has all addresses of a /64. */
export function addressSubject(address: string): Buffer {
  return createHash('sha256')
    .update(`address\n${addressNetwork(address)}`)
    .digest();
}
