import { Inject, Injectable } from '@nestjs/common';
import type { PasskeyOptions } from '@akashi/contracts';
import type { Factor, SessionUser } from '@akashi/database';
import {
  checkNewPasskey,
  checkPasskey,
  passkeyCreationOptions,
  passkeyRequestOptions,
  type PasskeyAnswer,
  type StoredPasskey,
} from '@akashi/identity';
import { apiParts, type ApiParts } from '../api-parts.ts';

type Ceremony = 'registration' | 'proof';

/** A challenge is answered within this time, once, for what it was made for, in its own session. */
const challengeMs = 5 * 60_000;

/** Passkey ceremonies of a session: options out, the browser's answer in. */
@Injectable()
export class PasskeyCeremony {
  readonly #parts: ApiParts;

  constructor(@Inject(apiParts) parts: ApiParts) {
    this.#parts = parts;
  }

  async registrationOptions(found: SessionUser): Promise<PasskeyOptions> {
    const { signingCredentials } = this.#parts.database.forTenant(found.tenantId);
    const options = await passkeyCreationOptions(this.#site, {
      id: found.userId,
      email: found.email,
      displayName: found.displayName,
      // Those that sign as well: no authenticator makes one credential both.
      existing: [...(await this.#passkeys(found)), ...(await signingCredentials.list(found.userId))],
    });
    await this.#keepChallenge(found, 'registration', options.challenge);
    return { ...options };
  }

  /** Null when the answer is not one to this session's last options. */
  async register(found: SessionUser, answer: PasskeyAnswer): Promise<StoredPasskey | null> {
    const challenge = await this.#takeChallenge(found, 'registration');
    return challenge === null ? null : checkNewPasskey(this.#site, answer, challenge);
  }

  async proofOptions(found: SessionUser): Promise<PasskeyOptions> {
    const options = await passkeyRequestOptions(this.#site, await this.#passkeys(found));
    await this.#keepChallenge(found, 'proof', options.challenge);
    return { ...options };
  }

  /** Whether one of the person's passkeys answered; its sign count is used with that. */
  async prove(found: SessionUser, answer: PasskeyAnswer): Promise<boolean> {
    const challenge = await this.#takeChallenge(found, 'proof');
    const used = (await this.#passkeys(found)).find(({ credentialId }) => toBase64url(credentialId) === answer.id);
    if (challenge === null || used === undefined) return false;
    const signCount = await checkPasskey(this.#site, answer, { challenge, passkey: used });
    if (signCount === null) return false;
    return this.#parts.database.forTenant(found.tenantId).factors.usePasskey(found.userId, used.id, signCount);
  }

  get #site(): { origin: string } {
    return { origin: new URL(this.#parts.webUrl).origin };
  }

  async #passkeys(found: SessionUser): Promise<(StoredPasskey & { id: string })[]> {
    const factors = await this.#parts.database.forTenant(found.tenantId).factors.list(found.userId);
    return factors.flatMap((factor) => toPasskey(factor) ?? []);
  }

  async #keepChallenge(found: SessionUser, ceremony: Ceremony, challenge: string): Promise<void> {
    const { secrets } = this.#parts.keyring.forTenant(found.tenantId);
    const kept = JSON.stringify({ ceremony, challenge, madeAtMs: this.#parts.clock.nowMs() });
    const sealed = secrets.seal({ purpose: 'challenge', id: found.sessionId }, kept);
    await this.#parts.database.platform.sessions.putChallenge(found.sessionId, sealed);
  }

  async #takeChallenge(found: SessionUser, ceremony: Ceremony): Promise<string | null> {
    const sealed = await this.#parts.database.platform.sessions.takeChallenge(found.sessionId);
    if (sealed === null) return null;
    const { secrets } = this.#parts.keyring.forTenant(found.tenantId);
    const kept = JSON.parse(secrets.open({ purpose: 'challenge', id: found.sessionId }, sealed)) as {
      ceremony: Ceremony;
      challenge: string;
      madeAtMs: number;
    };
    return kept.ceremony === ceremony && this.#parts.clock.nowMs() - kept.madeAtMs < challengeMs
      ? kept.challenge
      : null;
  }
}

function toPasskey(factor: Factor): (StoredPasskey & { id: string }) | undefined {
  const { id, credentialId, publicKey, signCount, transports } = factor;
  if (credentialId === null || publicKey === null) return undefined;
  return { id, credentialId, publicKey, signCount: signCount ?? 0, transports };
}

function toBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
