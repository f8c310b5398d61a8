import type { VerificationFinding } from '@akashi/database';
import { differingFields, eventIdOf, parseEventId } from '@akashi/log-event';
import type { StoredDocument } from '@akashi/search';
import type { SegmentIdentity } from '../pipeline/normalize-records.ts';

/** Reads `_bulk` create bodies of one segment back into documents by the ids of their events. */
export function documentsOfBulk(
  chunks: readonly Uint8Array[],
  { segmentId, documentIdPrefix }: Pick<SegmentIdentity, 'segmentId' | 'documentIdPrefix'>,
): Map<string, Record<string, unknown>> {
  const documents = new Map<string, Record<string, unknown>>();
  for (const chunk of chunks) {
    const lines = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('utf8').split('\n');
    for (let index = 0; index + 1 < lines.length; index += 2) {
      const action = JSON.parse(lines[index] ?? '') as { create: { _id: string } };
      const position = Number(action.create._id.slice(documentIdPrefix.length));
      documents.set(eventIdOf({ segmentId, position }), JSON.parse(lines[index + 1] ?? '') as Record<string, unknown>);
    }
  }
  return documents;
}

/** Where the compared records stand in the log. */
export interface ComparedPlace {
  readonly segmentId: string;
  readonly block: number;
  readonly firstLeaf: number;
}

/**
 * Compares what the index holds of one segment with what its sealed records give. Names the event and the fields, never
 * their values.
 */
export function compareIndex(
  expected: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  stored: readonly StoredDocument[],
  place: ComparedPlace,
): VerificationFinding[] {
  const findings: VerificationFinding[] = [];
  const missing = new Set(expected.keys());
  for (const { id, document } of stored) {
    const sealed = expected.get(id);
    if (sealed === undefined) {
      findings.push({ code: 'index-document-added', ...placeOf(id, place) });
      continue;
    }
    if (!missing.delete(id)) findings.push({ code: 'index-document-doubled', ...placeOf(id, place) });
    const fields = differingFields(sealed, document);
    if (fields.length === 0) continue;
    const at = placeOf(id, place);
    findings.push({ code: 'index-document-altered', ...at, where: `${at.where} ${fields.join(', ')}`, fields });
  }
  for (const id of missing) findings.push({ code: 'index-document-missing', ...placeOf(id, place) });
  return findings;
}

/** An event's id says its place; a document whose id is none of the segment's stands for itself. */
function placeOf(id: string, { segmentId, block, firstLeaf }: ComparedPlace): Omit<VerificationFinding, 'code'> {
  const where = `event ${id}`;
  const at = parseEventId(id);
  return at?.segmentId === segmentId ? { where, event: id, block, leaf: firstLeaf + at.position } : { where, block };
}
