import type { TenantId } from '@akashi/database';
import { createDocumentHasher, documentHashBytes, readBlockRecords, type DocumentHasher } from '@akashi/integrity';
import { eventIdOf } from '@akashi/log-event';
import type { RestoredSetStream, StoredBytes } from '@akashi/search';
import { holdsRecord } from '../verification/compare-documents.ts';
import { RestoreMismatchError, type RestoreParts } from './restore-parts.ts';
import { hashAt, type WrittenSegment } from './write-window.ts';

/**
 * Reads back what was written and holds each document against its hash and its sealed record, which were held against the log's
 * root before: all of them are there, none is altered and none is too many. Throws a RestoreMismatchError otherwise.
 */
export async function proveSegments(
  parts: Pick<RestoreParts, 'keyring'>,
  tenantId: TenantId,
  { segments, stream }: { readonly segments: readonly WrittenSegment[]; readonly stream: RestoredSetStream },
): Promise<void> {
  await stream.refresh();
  const hasher = createDocumentHasher(parts.keyring.forTenant(tenantId).documentsKey());
  const inOrder = segments.toSorted((a, b) => (a.segmentId < b.segmentId ? -1 : 1));
  const expected = expectedDocuments(inOrder);
  for await (const page of stream.readBack(inOrder.map(({ segmentId }) => segmentId)))
    for (const stored of page) compare(hasher, stored, expected.next());
  const missing = expected.next();
  if (missing.done !== true) throw new RestoreMismatchError(`event ${missing.value.id} is missing`);
}

interface ExpectedDocument {
  readonly id: string;
  readonly hash: Buffer;
  readonly record: Uint8Array;
}

function* expectedDocuments(segments: readonly WrittenSegment[]): Generator<ExpectedDocument, void, undefined> {
  for (const segment of segments) {
    const { segmentId, payload, positions } = segment;
    let next = 0;
    for (const { leaf, record } of readBlockRecords(payload)) {
      if (next === positions.length) break;
      if (leaf !== positions[next]) continue;
      next += 1;
      yield { id: eventIdOf({ segmentId, position: leaf }), hash: hashAt(segment, leaf), record };
    }
  }
}

const hashed = Buffer.alloc(documentHashBytes);

function compare(
  hasher: DocumentHasher,
  { id, source }: StoredBytes,
  expected: IteratorResult<ExpectedDocument, void>,
): void {
  if (expected.done === true) throw new RestoreMismatchError(`event ${id} is too many`);
  const { value } = expected;
  if (id !== value.id) throw new RestoreMismatchError(`event ${id} stands for ${value.id}`);
  hasher.write(source, hashed, 0);
  if (!hashed.equals(value.hash) || !holdsRecord(source, value.record))
    throw new RestoreMismatchError(`event ${id} is altered`);
}
