import { readBlockOrigins, readBlockRecords } from '@akashi/integrity';
import {
  createNormalizer,
  decodeBatchOrigin,
  derivationOf,
  derivationText,
  differingFields,
  encodeBulkLines,
  parseEventId,
  type Derivation,
  type Normalizer,
} from '@akashi/log-event';

export interface IndexedDocument {
  readonly tenantId: string;
  readonly id: string;
  readonly leaf: number;
  /** As the index holds it, whole. */
  readonly document: Readonly<Record<string, unknown>>;
}

const normalizers = new Map<string, Normalizer>();
const keptNormalizers = 100;

/** What is the same however a record is read. */
const unreadFields = new Set(['record', 'received_at']);

/**
 * The fields in which an indexed document is not what its sealed record gives, read anew from the block's payload; null
 * when the block has no such record. `derivation` is what the document was derived with. Without it, as for readers of an
 * earlier catalogue, only what no reader decides is compared.
 */
export function compareDocument(
  payload: Uint8Array,
  { tenantId, id, leaf, document }: IndexedDocument,
  derivation: Derivation | null,
): string[] | null {
  const place = parseEventId(id);
  if (place === undefined) return null;
  const { segmentId, position } = place;
  for (const record of readBlockRecords(payload)) {
    if (record.leaf !== leaf) continue;
    const origins = readBlockOrigins(payload).map((origin) => decodeBatchOrigin(origin));
    const normalizer = normalizerOf(derivation ?? derivationOf({ timeZone: 'UTC' }));
    const segment = { tenantId, segmentId, documentIdPrefix: '', firstLeaf: leaf - position };
    const body = Buffer.concat([...encodeBulkLines({ ...segment, origins, records: [record], normalizer })]);
    const [, line = '{}'] = body.toString('utf8').split('\n');
    const fields = differingFields(JSON.parse(line) as Record<string, unknown>, document);
    return derivation === null ? fields.filter((field) => unreadFields.has(field)) : fields;
  }
  return null;
}

function normalizerOf(derivation: Derivation): Normalizer {
  const name = derivationText(derivation);
  const known = normalizers.get(name) ?? createNormalizer(derivation.settings);
  if (normalizers.size >= keptNormalizers) normalizers.clear();
  normalizers.set(name, known);
  return known;
}
