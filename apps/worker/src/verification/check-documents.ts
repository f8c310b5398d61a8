import type { DocumentsToCheck, TenantId, VerificationFinding } from '@akashi/database';
import { createDocumentHasher, type DocumentHasher } from '@akashi/integrity';
import { documentGeneration } from '@akashi/log-event';
import type { DocumentsWanted, StoredBytes } from '@akashi/search';
import type { PipelineParts } from '../pipeline/process-segment.ts';
import { SealingError } from '../sealing/sealing-error.ts';
import { DocumentsComparison } from './compare-documents.ts';
import { nameFields } from './name-fields.ts';
import { SealedRecords, SealedRecordsError } from './sealed-records.ts';

export interface CheckedDocuments {
  readonly findings: readonly VerificationFinding[];
  readonly documents: number;
}

/** Documents of segments that nobody knows are named up to this number. */
const mostForeign = 1_000;

/** Holds documents of one organisation in the index against ledger and archive, a window of segments at a time. */
export class DocumentsCheck {
  readonly #parts: PipelineParts & { readonly now: () => Date };
  readonly #tenantId: TenantId;
  readonly #hasher: DocumentHasher;
  readonly #sealed: SealedRecords;

  constructor(parts: PipelineParts & { readonly now: () => Date }, tenantId: TenantId) {
    this.#parts = parts;
    this.#tenantId = tenantId;
    this.#hasher = createDocumentHasher(parts.keyring.forTenant(tenantId).documentsKey());
    this.#sealed = new SealedRecords(parts, tenantId);
  }

  /**
   * `segments`: what the ledger says, in the order of ids, read before the documents. Documents of segments that are not
   * among them are looked up again: they may have come in between, and are findings when the ledger knows nothing of them.
   */
  async run(segments: readonly DocumentsToCheck[], wanted: DocumentsWanted): Promise<CheckedDocuments> {
    const findings: VerificationFinding[] = [];
    const foreign: StoredBytes[] = [];
    const known = segments[Symbol.iterator]();
    let current: { segment: DocumentsToCheck; comparison: DocumentsComparison | null } | undefined;
    let documents = 0;
    const close = async (): Promise<void> => {
      if (current?.comparison === null || current === undefined) return;
      const compared = current.comparison.finish();
      await nameFields(this.#parts, { tenantId: this.#tenantId, segment: current.segment }, compared.altered);
      findings.push(...compared.findings);
      documents += compared.documents;
    };
    const advance = async (): Promise<void> => {
      await close();
      const { value, done } = known.next();
      current = done === true ? undefined : { segment: value, comparison: await this.#begin(value, findings) };
    };
    await advance();
    for await (const page of this.#parts.search.forTenant(this.#tenantId).readBack(wanted)) {
      for (const stored of page) {
        while (current !== undefined && current.segment.segmentId < stored.segmentId) await advance();
        if (current?.segment.segmentId === stored.segmentId) current.comparison?.add(stored);
        else if (foreign.length < mostForeign) foreign.push({ ...stored, source: noBytes });
      }
    }
    while (current !== undefined) await advance();
    const standing = await this.#stillSo(segments, findings);
    return { findings: [...standing, ...(await this.#checkForeign(foreign))], documents };
  }

  /** Documents that were being made again meanwhile are left to the next look. */
  async #stillSo(
    segments: readonly DocumentsToCheck[],
    findings: readonly VerificationFinding[],
  ): Promise<readonly VerificationFinding[]> {
    if (findings.length === 0) return findings;
    const ids = [...new Set(findings.flatMap(({ segmentId }) => segmentId ?? []))];
    const { documentsToCheck } = this.#parts.database.forTenant(this.#tenantId);
    const now = new Map((await documentsToCheck.find(ids, this.#parts.now())).map((each) => [each.segmentId, each]));
    const changed = segments.filter((before) => {
      const after = now.get(before.segmentId);
      if (after === undefined) return false;
      const isSameNote = (before.documents?.sha256 ?? noBytes).equals(after.documents?.sha256 ?? noBytes);
      return before.indexedGeneration !== after.indexedGeneration || !isSameNote;
    });
    const skipped = new Set(changed.map(({ segmentId }) => segmentId));
    return findings.filter(({ segmentId }) => segmentId === undefined || !skipped.has(segmentId));
  }

  /** Null for a segment whose documents are still on their way in or out, or of a shape that is being replaced. */
  async #begin(segment: DocumentsToCheck, findings: VerificationFinding[]): Promise<DocumentsComparison | null> {
    if (segment.isDisposed || segment.indexedAt === null || segment.indexedGeneration !== documentGeneration)
      return null;
    const { segmentId, block, firstLeaf, records, documents, mayBeGone } = segment;
    const expected = { segmentId, block, firstLeaf, records, noted: documents, mayBeGone };
    try {
      const sealed = block === null ? null : await this.#sealed.from({ block, firstLeaf });
      return new DocumentsComparison(expected, { hasher: this.#hasher, records: sealed });
    } catch (error) {
      // What a store that is away holds is not known; what was altered in it is.
      if (!(error instanceof SealingError || error instanceof SealedRecordsError)) throw error;
      const place = block === null ? {} : { block };
      findings.push({ code: 'block-unreadable', where: `block ${block}`, segmentId, ...place });
      return new DocumentsComparison(expected, { hasher: this.#hasher, records: null });
    }
  }

  async #checkForeign(foreign: readonly StoredBytes[]): Promise<VerificationFinding[]> {
    if (foreign.length === 0) return [];
    const ids = [...new Set(foreign.map(({ segmentId }) => segmentId))];
    const { documentsToCheck } = this.#parts.database.forTenant(this.#tenantId);
    const later = new Set((await documentsToCheck.find(ids, this.#parts.now())).map(({ segmentId }) => segmentId));
    return foreign
      .filter(({ segmentId }) => !later.has(segmentId))
      .map(({ id, segmentId }) => ({ code: 'index-document-added', where: `event ${id}`, segmentId }));
  }
}

const noBytes = Buffer.alloc(0);
