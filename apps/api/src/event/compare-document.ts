import { cutSegment, readBlockOrigins, readBlockRecords, type SegmentShare } from '@akashi/integrity';
import {
  createNormalizer,
  KeptNormalizers,
  decodeBatchOrigin,
  derivationOf,
  differingFields,
  encodeBulkLines,
  parseEventId,
  type Derivation,
} from '@akashi/log-event';

export interface OpenedBlock {
  readonly payload: Uint8Array;
  /** How many records each segment has in it; null in a block of one segment of an earlier format. */
  readonly segments: readonly SegmentShare[] | null;
}

export interface IndexedDocument {
  readonly tenantId: string;
  readonly id: string;
  readonly leaf: number;
  /** As the index holds it, whole. */
  readonly document: Readonly<Record<string, unknown>>;
}

const normalizers = new KeptNormalizers(({ settings }) => createNormalizer(settings), 100);

/** What is the same however a record is read. */
const unreadFields = new Set(['record', 'received_at']);

/**
 * The fields in which an indexed document is not what its sealed records give, read anew from the block's payload; null
 * when the block has no such record. `derivation` is what the document was derived with. Without it, as for readers of an
 * earlier catalogue, only what no reader decides is compared.
 */
export function compareDocument(
  block: OpenedBlock,
  { tenantId, id, leaf, document }: IndexedDocument,
  derivation: Derivation | null,
): string[] | null {
  const place = parseEventId(id);
  if (place === undefined) return null;
  const { segmentId, position } = place;
  const payload = payloadOfSegment(block, segmentId, leaf - position);
  const records = payload === undefined ? [] : [...readBlockRecords(payload)];
  const record = records[position];
  if (payload === undefined || record === undefined) return null;
  const origins = readBlockOrigins(payload).map((origin) => decodeBatchOrigin(origin));
  const normalizer = normalizers.of(derivation ?? derivationOf({ timeZone: 'UTC' }));
  const joins = normalizer.join({ origins, records }).byLeaf;
  const segment = { tenantId, segmentId, documentIdPrefix: '', origins, joins, normalizer };
  const body = Buffer.concat([...encodeBulkLines({ ...segment, records: [record] })]);
  const [, line = '{}'] = body.toString('utf8').split('\n');
  const fields = differingFields(JSON.parse(line) as Record<string, unknown>, document);
  return derivation === null ? fields.filter((field) => unreadFields.has(field)) : fields;
}

/** The segment's own records: which of them are one event depends on no other's. Undefined where the block has none at this leaf. */
function payloadOfSegment(
  { payload, segments }: OpenedBlock,
  segmentId: string,
  firstLeaf: number,
): Buffer | undefined {
  if (segments === null) return Buffer.from(payload.buffer, payload.byteOffset, payload.length);
  let at = 0;
  for (const share of segments) {
    if (share.segmentId === segmentId)
      return at === firstLeaf ? cutSegment(payload, { firstLeaf, records: share.records }) : undefined;
    at += share.records;
  }
  return undefined;
}
