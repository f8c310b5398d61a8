import { readBlockOrigins, readBlockRecords } from '@akashi/integrity';
import {
  createNormalizer,
  decodeBatchOrigin,
  differingFields,
  encodeBulkLines,
  parseEventId,
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

/**
 * The fields in which an indexed document is not what its sealed record gives, read anew from the block's payload; null
 * when the block has no such record. `timeZone` is that of lines and sources that name none.
 */
export function compareDocument(
  payload: Uint8Array,
  { tenantId, id, leaf, document }: IndexedDocument,
  timeZone: string,
): string[] | null {
  const place = parseEventId(id);
  if (place === undefined) return null;
  const { segmentId, position } = place;
  for (const record of readBlockRecords(payload)) {
    if (record.leaf !== leaf) continue;
    const origins = readBlockOrigins(payload).map((origin) => decodeBatchOrigin(origin));
    const normalizer = normalizers.get(timeZone) ?? createNormalizer({ timeZone });
    normalizers.set(timeZone, normalizer);
    const segment = { tenantId, segmentId, documentIdPrefix: '', firstLeaf: leaf - position };
    const body = Buffer.concat([...encodeBulkLines({ ...segment, origins, records: [record], normalizer })]);
    const [, line = '{}'] = body.toString('utf8').split('\n');
    return differingFields(JSON.parse(line) as Record<string, unknown>, document);
  }
  return null;
}
