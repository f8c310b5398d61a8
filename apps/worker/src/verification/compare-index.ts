import type { VerificationFinding } from '@akashi/database';
import { differingFields } from '@akashi/log-event';
import type { StoredDocument } from '@akashi/search';

/** Reads `_bulk` create bodies back into documents by id. */
export function documentsOfBulk(chunks: readonly Uint8Array[]): Map<string, Record<string, unknown>> {
  const documents = new Map<string, Record<string, unknown>>();
  for (const chunk of chunks) {
    const lines = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('utf8').split('\n');
    for (let index = 0; index + 1 < lines.length; index += 2) {
      const action = JSON.parse(lines[index] ?? '') as { create: { _id: string } };
      documents.set(action.create._id, JSON.parse(lines[index + 1] ?? '') as Record<string, unknown>);
    }
  }
  return documents;
}

/**
 * Compares what the index holds of one block with what its sealed records give. Names the event and the fields, never
 * their values.
 */
export function compareIndex(
  expected: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  stored: readonly StoredDocument[],
): VerificationFinding[] {
  const findings: VerificationFinding[] = [];
  const missing = new Set(expected.keys());
  for (const { id, document } of stored) {
    const sealed = expected.get(id);
    if (sealed === undefined) {
      findings.push({ code: 'index-document-added', ...placeOf(id) });
      continue;
    }
    if (!missing.delete(id)) findings.push({ code: 'index-document-doubled', ...placeOf(id) });
    const fields = differingFields(sealed, document);
    if (fields.length === 0) continue;
    const place = placeOf(id);
    findings.push({ code: 'index-document-altered', ...place, where: `${place.where} ${fields.join(', ')}`, fields });
  }
  for (const id of missing) findings.push({ code: 'index-document-missing', ...placeOf(id) });
  return findings;
}

/** A document's id says its place; one that says none stands for itself. */
function placeOf(id: string): Omit<VerificationFinding, 'code'> {
  const [, block, leaf] = /^(\d{1,15})-(\d{1,10})$/.exec(id) ?? [];
  const where = `event ${id}`;
  return block === undefined || leaf === undefined ? { where } : { where, block: Number(block), leaf: Number(leaf) };
}
