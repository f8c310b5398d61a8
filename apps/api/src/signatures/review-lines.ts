import { newUnmaskedId } from '@akashi/database';
import { deflateRawSync } from 'node:zlib';
import { formatSealedLine, SealedLineMaskedError, type SealedAction, type SealedValue } from '@akashi/audit-trail';
import { reviewsGroup } from '@akashi/policy';
import { OwnLogError, type OwnLogSender } from '@akashi/client';
import { sha256 } from '@akashi/integrity';
import { AppError } from '@akashi/server-kit';
import type { RequestContext } from '../request-context/request-context.ts';

export type ReviewDocumentKind = 'record' | 'addendum' | 'signature' | 'credential' | 'credential-end';

/** A document as it is sealed: its canonical bytes, and what of it people search by. */
export interface ReviewDocument {
  readonly kind: ReviewDocumentKind;
  readonly bytes: Uint8Array;
  /** `event.id` of its line, or of its last line. */
  readonly lineId: string;
}

export interface SealedDocuments {
  readonly action: SealedAction;
  readonly at: Date;
  readonly about: string;
  readonly facts: Readonly<Record<string, SealedValue>>;
  readonly documents: readonly ReviewDocument[];
}

const retryAfterSeconds = 2;
/** A line has at most 200 KiB with all that stands beside the body. */
const pieceCharacters = 150_000;
/** From the densest on: another one is another text, should masking see a card number in the first. */
const levels = [9, 8, 7, 6, 5, 4, 3, 2, 1];

/**
 * Lines of `akashi/reviews`. A document is packed (raw deflate, base64url), so that no id, hash or word of it can look like
 * card data to the masking that every line goes through; a long one stands on several lines.
 */
export function linesOf(context: RequestContext, sealed: SealedDocuments): string[] {
  return sealed.documents.flatMap((document) => documentLines(context, sealed, document));
}

function documentLines(context: RequestContext, sealed: SealedDocuments, document: ReviewDocument): string[] {
  for (const level of levels) {
    const body = deflateRawSync(document.bytes, { level }).toString('base64url');
    try {
      return packedLines(context, sealed, { ...document, body });
    } catch (error) {
      if (!(error instanceof SealedLineMaskedError) || level === levels.at(-1)) throw error;
    }
  }
  return [];
}

function packedLines(
  { actor, address, requestId }: RequestContext,
  { action, at, about, facts }: SealedDocuments,
  { kind, bytes, lineId, body }: ReviewDocument & { body: string },
): string[] {
  const pieces = Math.max(1, Math.ceil(body.length / pieceCharacters));
  const digest = sha256(bytes).toString('hex');
  return Array.from({ length: pieces }, (_, index) =>
    formatSealedLine({
      id: index === pieces - 1 ? lineId : newUnmaskedId(),
      at,
      service: 'api',
      actor,
      origin: { address, requestId },
      action,
      about,
      part: {
        review: {
          ...facts,
          document: kind,
          sha256: digest,
          piece: index + 1,
          pieces,
          body: body.slice(index * pieceCharacters, (index + 1) * pieceCharacters),
        },
      },
    }),
  );
}

/** Where signed documents are sealed. */
export const signaturesPlace = { logGroup: reviewsGroup, logStream: 'signatures' } as const;

/** Resolves after the receipt. The same documents again under the last one's line id are sealed once. */
export async function sealDocuments(
  sender: OwnLogSender,
  { tenantId }: Pick<RequestContext, 'tenantId'>,
  { lines, idempotencyKey }: { lines: readonly string[]; idempotencyKey: string },
): Promise<void> {
  try {
    await sender.appendAll({ tenantId, ...signaturesPlace, records: lines, idempotencyKey });
  } catch (cause) {
    if (!(cause instanceof OwnLogError)) throw cause;
    throw new AppError('audit-trail-unavailable', { cause, retryAfterSeconds });
  }
}
