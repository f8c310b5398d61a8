import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type {
  PasskeyEnrolment,
  PasskeyOptions,
  SigningCredentialAnswer,
  SigningCredentialsAnswer,
} from '@akashi/contracts';
import { newUnmaskedId, type SessionUser, type SigningCredentialRow } from '@akashi/database';
import {
  challengeOf,
  checkNewSigningKey,
  signingCreationOptions,
  type NewSigningKey,
  type SigningSite,
} from '@akashi/identity';
import { canonicalBytes, parseCanonicalJson, sha256 } from '@akashi/integrity';
import {
  endingFormat,
  enrolmentChallenge,
  enrolmentDomain,
  type CredentialEnding,
  type Enrolment,
  type EnrolmentStatement,
  type RecordPerson,
} from '@akashi/report/record';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { linesOf, sealDocuments } from './review-lines.ts';
import { SealedLines } from './sealed-lines.ts';
import { signingSiteOf } from './signing-site.ts';

/** What was asked is answered within this time, once. */
export const signingChallengeMs = 10 * 60_000;

/** A person's authenticators for signing: enrolled with a second factor proven again, sealed before they sign, and ended. */
@Injectable()
export class SigningCredentialsService {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;
  readonly #lines: SealedLines;

  constructor(
    @Inject(apiParts) parts: ApiParts,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(SealedLines) lines: SealedLines,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#lines = lines;
  }

  async list(context: RequestContext): Promise<SigningCredentialsAnswer> {
    const { rows, mustBeDeviceBound } = await this.#found(context);
    return { items: rows.map((row) => show(row, mustBeDeviceBound)), mustBeDeviceBound };
  }

  /** Those that sign now: sealed, not ended, and of the kind that the organisation takes. */
  async usable(context: RequestContext): Promise<SigningCredentialRow[]> {
    const { rows, mustBeDeviceBound } = await this.#found(context);
    return rows.filter((row) => stateOf(row, mustBeDeviceBound) === 'usable');
  }

  async options(context: RequestContext): Promise<PasskeyOptions> {
    const { clock, database } = this.#parts;
    const now = clock.now();
    const statement: EnrolmentStatement = {
      domain: enrolmentDomain,
      tenant: context.tenantId,
      person: personOf(context),
      rpId: this.#site.rpId,
      at: now.toISOString(),
      random: randomBytes(32).toString('base64url'),
    };
    const challenge = enrolmentChallenge(statement);
    await this.#trail.record(context, { action: 'credential.signing-enrol', outcome: 'success' });
    const own = database.forTenant(context.tenantId);
    await own.signingCredentials.ask(
      {
        challenge,
        userId: context.actor.id,
        kind: 'enrolment',
        statement: canonicalBytes(statement),
        madeAt: now,
      },
      new Date(now.getTime() - signingChallengeMs),
    );
    const [signing, factors] = await Promise.all([
      own.signingCredentials.list(context.actor.id),
      own.factors.list(context.actor.id),
    ]);
    const apart = [...signing, ...factors].flatMap(({ credentialId }) => credentialId ?? []);
    const { name, email = '', id } = context.actor;
    return signingCreationOptions(this.#site, { person: { id, email, displayName: name }, challenge, apart });
  }

  /** Refused: `signature-refused`, where the answer does not hold or the organisation takes no such credential. */
  async enrol(
    context: RequestContext,
    session: SessionUser,
    asked: PasskeyEnrolment,
  ): Promise<SigningCredentialsAnswer> {
    const { database, clock, ownLogs } = this.#parts;
    const own = database.forTenant(context.tenantId);
    const statement = await this.#takeStatement(context, asked.passkey);
    const key = statement && (await checkNewSigningKey(this.#site, asked.passkey, enrolmentChallenge(statement)));
    if (statement === null || key === null) return this.#refuse(context, 'answer');
    const { mustBeDeviceBound } = await own.reviewSettings.get();
    if (mustBeDeviceBound && key.isBackupEligible) return this.#refuse(context, 'device-bound');
    const id = newUnmaskedId();
    const bytes = canonicalBytes(this.#enrolmentOf({ id, statement, key, session }));
    const lineId = newUnmaskedId();
    const createdAt = clock.now();
    const lines = linesOf(context, {
      action: 'signing-credential.enrolled',
      at: createdAt,
      about: statement.person.name,
      facts: { credential: id },
      documents: [{ kind: 'credential', bytes, lineId }],
    });
    const row = {
      id,
      userId: context.actor.id,
      name: asked.name ?? '署名用',
      credentialId: key.credentialId,
      publicKey: key.publicKey,
      transports: key.transports,
      backupEligible: key.isBackupEligible,
      enrolment: bytes,
      enrolmentSha256: sha256(bytes),
      lineId,
      signCount: key.signCount,
      createdAt,
    };
    const added = await own.signingCredentials.add(row, async () => {
      const target = { kind: 'signing-credential', id, name: row.name };
      await this.#trail.record(context, { action: 'credential.signing-add', outcome: 'success', target });
      await sealDocuments(ownLogs, context, { lines, idempotencyKey: lineId });
    });
    if (!added) throw new AppError('conflict', { reason: 'credential-taken' });
    return this.list(context);
  }

  async end(context: RequestContext, id: string): Promise<void> {
    const { database, clock, ownLogs } = this.#parts;
    const own = database.forTenant(context.tenantId);
    const row = (await own.signingCredentials.list(context.actor.id)).find((each) => each.id === id);
    if (row === undefined) throw new AppError('not-found');
    const at = clock.now();
    const ending: CredentialEnding = {
      format: endingFormat,
      tenant: context.tenantId,
      enrolmentSha256: Buffer.from(row.enrolmentSha256).toString('hex'),
      credentialId: Buffer.from(row.credentialId).toString('base64url'),
      by: personOf(context),
      at: at.toISOString(),
    };
    const lineId = newUnmaskedId();
    const lines = linesOf(context, {
      action: 'signing-credential.ended',
      at,
      about: ending.by.name,
      facts: { credential: id },
      documents: [{ kind: 'credential-end', bytes: canonicalBytes(ending), lineId }],
    });
    const ended = await own.signingCredentials.end(context.actor.id, id, {
      at,
      beforeCommit: async () => {
        const target = { kind: 'signing-credential', id, name: row.name };
        await this.#trail.record(context, { action: 'credential.signing-end', outcome: 'success', target });
        await sealDocuments(ownLogs, context, { lines, idempotencyKey: lineId });
      },
    });
    if (!ended) throw new AppError('not-found');
  }

  get #site(): SigningSite {
    return signingSiteOf(this.#parts);
  }

  async #found(context: RequestContext) {
    const own = this.#parts.database.forTenant(context.tenantId);
    const [rows, { mustBeDeviceBound }] = await Promise.all([
      own.signingCredentials.list(context.actor.id),
      own.reviewSettings.get(),
    ]);
    const known = await Promise.all(
      rows.map(async (row) => {
        if (row.sealedAs !== null || row.endedAt !== null) return row;
        const sealedAs = await this.#lines.sealedEventOf(context, row.lineId, row.createdAt);
        if (sealedAs !== null) await own.signingCredentials.noteSealed(row.id, sealedAs);
        return { ...row, sealedAs };
      }),
    );
    return { rows: known, mustBeDeviceBound };
  }

  async #takeStatement(
    context: RequestContext,
    passkey: PasskeyEnrolment['passkey'],
  ): Promise<EnrolmentStatement | null> {
    const { database, clock } = this.#parts;
    const challenge = challengeOf(passkey);
    if (challenge === null) return null;
    const asked = await database.forTenant(context.tenantId).signingCredentials.take(context.actor.id, challenge);
    if (asked?.kind !== 'enrolment' || clock.nowMs() - asked.madeAt.getTime() > signingChallengeMs) return null;
    return parseCanonicalJson(asked.statement) as EnrolmentStatement;
  }

  #enrolmentOf({
    id,
    statement,
    key,
    session,
  }: {
    id: string;
    statement: EnrolmentStatement;
    key: NewSigningKey;
    session: SessionUser;
  }): Enrolment {
    return {
      format: enrolmentDomain,
      id,
      statement,
      origin: this.#site.origin,
      credentialId: Buffer.from(key.credentialId).toString('base64url'),
      publicKey: Buffer.from(key.publicKey).toString('base64url'),
      algorithm: key.algorithm,
      aaguid: key.aaguid,
      isBackupEligible: key.isBackupEligible,
      isBackedUp: key.isBackedUp,
      clientDataJSON: key.clientDataJSON,
      attestationObject: key.attestationObject,
      vouchedBy: statement.person,
      vouchedWith: stepUpOf(session),
    };
  }

  async #refuse(context: RequestContext, reason: string): Promise<never> {
    await this.#trail.record(context, { action: 'credential.signing-add', outcome: 'failure', reason });
    throw new AppError('signature-refused', { reason });
  }
}

/** A person as documents name them. */
export function personOf({ actor }: RequestContext): RecordPerson {
  return { id: actor.id, name: actor.name.toWellFormed(), email: actor.email?.toWellFormed() ?? null };
}

/** When a second factor was last proven, and how the person had come in. */
export function stepUpOf({ steppedUpAt, methods }: SessionUser): { at: string; methods: readonly string[] } {
  if (steppedUpAt === null) throw new AppError('step-up-required');
  return { at: steppedUpAt.toISOString(), methods };
}

function stateOf(row: SigningCredentialRow, mustBeDeviceBound: boolean): SigningCredentialAnswer['state'] {
  if (row.endedAt !== null) return 'ended';
  if (mustBeDeviceBound && row.backupEligible) return 'refused';
  return row.sealedAs === null ? 'sealing' : 'usable';
}

function show(row: SigningCredentialRow, mustBeDeviceBound: boolean): SigningCredentialAnswer {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    isSynced: row.backupEligible,
    state: stateOf(row, mustBeDeviceBound),
  };
}
