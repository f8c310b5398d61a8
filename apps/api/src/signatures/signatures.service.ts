import { randomBytes, sign as signWith } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { LogReviewAnswer, ReviewSigning, SigningOptions } from '@akashi/contracts';
import { newUnmaskedId, type ReviewSignatureRow, type SessionUser, type SigningCredentialRow } from '@akashi/database';
import { challengeOf, checkSigningAssertion, signingRequestOptions } from '@akashi/identity';
import { canonicalBytes, parseCanonicalJson } from '@akashi/integrity';
import {
  productSignedBytes,
  recordSha256,
  signatureDomain,
  signingChallenge,
  type SignatureEnvelope,
  type SigningAction,
  type SigningStatement,
} from '@akashi/report/record';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { linesOf, type ReviewDocument } from './review-lines.ts';
import { SealedLines } from './sealed-lines.ts';
import { personOf, signingChallengeMs, SigningCredentialsService, stepUpOf } from './signing-credentials.service.ts';
import { signingSiteOf } from './signing-site.ts';

/** What is to be signed. The same again at `sign` as at `prepare`, or the person signs anew. */
export interface SigningRequest {
  readonly day: string;
  readonly revision: number;
  readonly action: SigningAction;
  /** Canonical bytes of the record; of the addendum where that is signed. */
  readonly record: Uint8Array;
  readonly comment?: string | undefined;
  readonly separationReason?: string | undefined;
}

/** A signature that holds, before it is kept. */
export interface SignedReview {
  readonly envelope: SignatureEnvelope;
  /** Hexadecimal. */
  readonly recordSha256: string;
  /** To be written in the transaction that makes true what was signed (`HeldReview.intend`). */
  readonly row: ReviewSignatureRow;
  /** Record and signature as they are to be sealed; the row's `lineId` is their idempotency key. */
  readonly lines: readonly string[];
}

type ShownSignature = LogReviewAnswer['signatures'][number];
type PasskeyAnswer = NonNullable<ReviewSigning['passkey']>;

const sealedActionOf = {
  reviewed: 'review.submitted',
  approved: 'review.approved',
  returned: 'review.returned',
  addendum: 'review.addendum',
} as const;

/** Signatures on log review records: by the person's own signing credential, or by the product's key after a step-up. */
@Injectable()
export class SignaturesService {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;
  readonly #credentials: SigningCredentialsService;
  readonly #lines: SealedLines;

  constructor(
    @Inject(apiParts) parts: ApiParts,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(SigningCredentialsService) credentials: SigningCredentialsService,
    @Inject(SealedLines) lines: SealedLines,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#credentials = credentials;
    this.#lines = lines;
  }

  /** What will be signed, and what a signing credential is to be asked; `passkey` is null where the person has none that signs. */
  async prepare(context: RequestContext, asked: SigningRequest): Promise<SigningOptions> {
    const credentials = await this.#credentials.usable(context);
    const statement = this.#statementOf(context, asked);
    if (credentials.length === 0) return { recordSha256: statement.recordSha256, passkey: null };
    const challenge = signingChallenge(statement);
    const now = this.#parts.clock.now();
    await this.#parts.database.forTenant(context.tenantId).signingCredentials.ask(
      {
        challenge,
        userId: context.actor.id,
        kind: 'signature',
        statement: canonicalBytes(statement),
        madeAt: now,
      },
      new Date(now.getTime() - signingChallengeMs),
    );
    const options = signingRequestOptions(signingSiteOf(this.#parts), challenge, credentials);
    return { recordSha256: statement.recordSha256, passkey: { ...options } };
  }

  /**
   * Throws `signature-refused` for an answer that does not hold, `conflict` (`review-changed`) where something else is to be
   * signed by now than the person was asked for. Nothing is kept or sealed yet.
   */
  async sign(
    context: RequestContext,
    session: SessionUser,
    asked: SigningRequest & { readonly passkey?: PasskeyAnswer | undefined },
  ): Promise<SignedReview> {
    const { envelope, isSynced, credentialId } =
      asked.passkey === undefined
        ? { envelope: this.#byCode(context, session, asked), isSynced: null, credentialId: null }
        : await this.#byPasskey(context, asked, asked.passkey);
    const { statement, method } = envelope;
    const lineId = newUnmaskedId();
    const bytes = canonicalBytes(envelope);
    const signature: ReviewDocument = { kind: 'signature', bytes, lineId };
    const kind = asked.action === 'addendum' ? 'addendum' : 'record';
    const isNew = asked.action === 'reviewed' || asked.action === 'addendum';
    const record: ReviewDocument[] = isNew ? [{ kind, bytes: asked.record, lineId: newUnmaskedId() }] : [];
    const lines = linesOf(context, {
      action: sealedActionOf[asked.action],
      at: new Date(statement.at),
      about: asked.day,
      facts: {
        day: asked.day,
        revision: asked.revision,
        action: asked.action,
        record_sha256: statement.recordSha256,
        ...(credentialId === null ? {} : { credential: credentialId }),
      },
      documents: [...record, signature],
    });
    return {
      envelope,
      recordSha256: statement.recordSha256,
      row: {
        id: newUnmaskedId(),
        day: asked.day,
        revision: asked.revision,
        action: asked.action,
        signerId: context.actor.id,
        signedAt: new Date(statement.at),
        method,
        isSynced,
        recordSha256: Buffer.from(statement.recordSha256, 'hex'),
        envelope: bytes,
        lineId,
      },
      lines,
    };
  }

  /** The signatures of a day, the oldest first. */
  async list(context: RequestContext, day: string): Promise<ShownSignature[]> {
    const rows = await this.#parts.database.forTenant(context.tenantId).reviewSignatures.list(day);
    const [first] = rows;
    if (first === undefined) return [];
    const events = await this.#lines.eventsOf(
      context,
      rows.map(({ lineId }) => lineId),
      first.signedAt,
    );
    return rows.map((row) => ({
      action: row.action,
      signer: envelopeOf(row).statement.signer.name,
      at: row.signedAt.toISOString(),
      method: row.method,
      isSynced: row.isSynced,
      recordSha256: Buffer.from(row.recordSha256).toString('hex'),
      sealedAs: events.get(row.lineId) ?? null,
    }));
  }

  #statementOf(context: RequestContext, asked: SigningRequest): SigningStatement {
    return {
      domain: signatureDomain,
      tenant: context.tenantId,
      day: asked.day,
      revision: asked.revision,
      recordSha256: recordSha256(asked.record),
      action: asked.action,
      signer: personOf(context),
      at: this.#parts.clock.now().toISOString(),
      comment: asked.comment?.toWellFormed() ?? null,
      separationReason: asked.separationReason?.toWellFormed() ?? null,
      random: randomBytes(32).toString('base64url'),
    };
  }

  #byCode(context: RequestContext, session: SessionUser, asked: SigningRequest): SignatureEnvelope {
    const keys = this.#parts.keyring.forTenant(context.tenantId);
    const unsigned = {
      format: signatureDomain,
      statement: this.#statementOf(context, asked),
      method: 'code',
      stepUp: stepUpOf(session),
      key: keys.verifierKey().split('+').slice(0, 2).join('+'),
    } as const;
    const signature = signWith(null, productSignedBytes(unsigned), keys.signingKey()).toString('base64url');
    return { ...unsigned, signature };
  }

  async #byPasskey(context: RequestContext, asked: SigningRequest, passkey: PasskeyAnswer) {
    const statement = await this.#takeStatement(context, passkey);
    if (statement === null) return this.#refuse(context, asked, 'answer');
    const wanted = { ...this.#statementOf(context, asked), at: statement.at, random: statement.random };
    if (!Buffer.from(canonicalBytes(wanted)).equals(canonicalBytes(statement))) {
      throw new AppError('conflict', { reason: 'review-changed' });
    }
    const credential = (await this.#credentials.usable(context)).find((each) => idOf(each) === passkey.id);
    const challenge = signingChallenge(statement);
    const site = signingSiteOf(this.#parts);
    const checked = credential && (await checkSigningAssertion(site, passkey, { challenge, credential }));
    if (credential === undefined || checked === null || checked === undefined) {
      return this.#refuse(context, asked, 'answer');
    }
    const use = { signCount: checked.signCount, at: this.#parts.clock.now() };
    await this.#parts.database.forTenant(context.tenantId).signingCredentials.noteUse(credential.id, use);
    const envelope: SignatureEnvelope = {
      format: signatureDomain,
      statement,
      method: 'passkey',
      credentialId: idOf(credential),
      enrolmentSha256: Buffer.from(credential.enrolmentSha256).toString('hex'),
      clientDataJSON: checked.clientDataJSON,
      authenticatorData: checked.authenticatorData,
      signature: checked.signature,
    };
    return { envelope, isSynced: checked.isBackupEligible, credentialId: credential.id };
  }

  async #takeStatement(context: RequestContext, passkey: PasskeyAnswer): Promise<SigningStatement | null> {
    const { database, clock } = this.#parts;
    const challenge = challengeOf(passkey);
    if (challenge === null) return null;
    const asked = await database.forTenant(context.tenantId).signingCredentials.take(context.actor.id, challenge);
    if (asked?.kind !== 'signature' || clock.nowMs() - asked.madeAt.getTime() > signingChallengeMs) return null;
    return parseCanonicalJson(asked.statement) as SigningStatement;
  }

  async #refuse(context: RequestContext, { day }: SigningRequest, reason: string): Promise<never> {
    const target = { kind: 'log-review', id: day };
    await this.#trail.record(context, { action: 'credential.signature', outcome: 'failure', reason, target });
    throw new AppError('signature-refused', { reason });
  }
}

/** A signature as it was sealed. */
export function envelopeOf({ envelope }: Pick<ReviewSignatureRow, 'envelope'>): SignatureEnvelope {
  return parseCanonicalJson(envelope) as SignatureEnvelope;
}

function idOf({ credentialId }: Pick<SigningCredentialRow, 'credentialId'>): string {
  return Buffer.from(credentialId).toString('base64url');
}
