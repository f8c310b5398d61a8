import type { VerificationFinding } from '@akashi/database';
import type { StoredDocument } from '@akashi/search';

function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

function differingFields(
  expected: Readonly<Record<string, unknown>>,
  stored: Readonly<Record<string, unknown>>,
): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(stored)]);
  return [...names].filter((name) => canonical(expected[name]) !== canonical(stored[name])).sort();
}

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
      findings.push({ code: 'index-document-added', where: `event ${id}` });
      continue;
    }
    if (!missing.delete(id)) findings.push({ code: 'index-document-doubled', where: `event ${id}` });
    // A document whose derived fields the index refused stands there as plain text, by its own quarantine.
    const plain = document['parse.reason'] === 'index-refused';
    const fields = differingFields(sealed, document).filter(
      (field) => !plain || field === 'record' || field === 'received_at',
    );
    if (fields.length > 0) findings.push({ code: 'index-document-altered', where: `event ${id} ${fields.join(', ')}` });
  }
  for (const id of missing) findings.push({ code: 'index-document-missing', where: `event ${id}` });
  return findings;
}
