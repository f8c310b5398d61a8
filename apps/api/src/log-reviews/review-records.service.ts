import { Inject, Injectable } from '@nestjs/common';
import type { ReviewRecordAnswer } from '@akashi/contracts';
import type { ReviewSignatureRow, StoredReviewRecord } from '@akashi/database';
import { parseCanonicalJson } from '@akashi/integrity';
import { renderRecord } from '@akashi/report-render';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { envelopeOf, SignaturesService } from '../signatures/signatures.service.ts';
import { readDay } from './review-days.service.ts';

type Shown = ReviewRecordAnswer['revisions'][number]['signatures'][number];

/** The log review records of a day as they were signed, with their signatures. */
@Injectable()
export class ReviewRecordsService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #signatures: Pick<SignaturesService, 'list'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database'>,
    @Inject(SignaturesService) signatures: Pick<SignaturesService, 'list'>,
  ) {
    this.#database = parts.database;
    this.#signatures = signatures;
  }

  async get(context: RequestContext, day: string): Promise<ReviewRecordAnswer> {
    const tenant = this.#database.forTenant(context.tenantId);
    const [records, rows, shown] = await Promise.all([
      tenant.logReviews.records(readDay(day)),
      tenant.reviewSignatures.list(day),
      this.#signatures.list(context, day),
    ]);
    // A day without a submission has no record yet, as one without a review has none.
    if (records.length === 0) throw new AppError('not-found');
    const signatures = rows.map((row, at) => ({ row, shown: shown[at] }));
    const documentOf = (record: StoredReviewRecord) => ({
      recordSha256: record.sha256,
      record: parseCanonicalJson(record.canonical) as Record<string, unknown>,
      signatures: signatures.flatMap((each) => (isOf(each.row, record) ? withEnvelope(each) : [])),
    });
    return {
      day,
      revisions: records
        .filter(({ addendum }) => addendum === 0)
        .map((record) => ({
          revision: record.revision,
          submittedAt: record.at.toISOString(),
          ...documentOf(record),
        })),
      addenda: records
        .filter(({ addendum }) => addendum > 0)
        .map((record) => ({
          number: record.addendum,
          revision: record.revision,
          addedAt: record.at.toISOString(),
          ...documentOf(record),
        })),
    };
  }

  /** The record to read and to print, from nothing but what was signed. */
  async pdf(context: RequestContext, day: string, language: 'ja' | 'en'): Promise<Buffer> {
    const tenant = this.#database.forTenant(context.tenantId);
    const [records, rows, shown] = await Promise.all([
      tenant.logReviews.records(readDay(day)),
      tenant.reviewSignatures.list(day),
      this.#signatures.list(context, day),
    ]);
    const record = records.findLast(({ addendum }) => addendum === 0);
    if (record === undefined) throw new AppError('not-found');
    const chunks: Uint8Array[] = [];
    const task = {
      language,
      record,
      signatures: rows.map(({ envelope, isSynced }, at) => ({
        envelope,
        isSynced,
        sealedAs: shown[at]?.sealedAs ?? null,
      })),
      addenda: records.filter(({ addendum, revision }) => addendum > 0 && revision === record.revision),
    };
    for await (const chunk of renderRecord(task)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
}

function isOf({ recordSha256 }: ReviewSignatureRow, { sha256 }: StoredReviewRecord): boolean {
  return Buffer.from(recordSha256).toString('hex') === sha256;
}

function withEnvelope({
  row,
  shown,
}: {
  row: ReviewSignatureRow;
  shown: Omit<Shown, 'envelope'> | undefined;
}): Shown[] {
  return shown === undefined ? [] : [{ ...shown, envelope: { ...envelopeOf(row) } }];
}
