import {
  cutSegment,
  decodeStoredBlock,
  readBlockOrigins,
  readBlockRecords,
  splitBlockObject,
  type BlockRecord,
} from '@akashi/integrity';
import {
  createNormalizer,
  KeptNormalizers,
  decodeBatchOrigin,
  encodeBulkLines,
  eventIdOf,
  expandDocument,
  type BatchOrigin,
  type Derivation,
} from '@akashi/log-event';
import { createAccessScope, visibleDocument, withinScope, type AccessScope, type ScopePart } from '@akashi/policy';
import { matches, type QueryTree } from '@akashi/query';
import type { StoredDocument } from '@akashi/search';

/** What is looked for, as it goes to a thread: the scope's parts, and the selection's groups by name. */
export interface BlockQuestion {
  readonly tenantId: string;
  readonly tree: QueryTree;
  readonly parts: readonly ScopePart[];
  readonly logGroups: readonly string[];
  /** Epoch milliseconds; `from` included, `to` not. */
  readonly from: number;
  readonly to: number;
  readonly timeField: '@timestamp' | 'received_at';
}

export interface BlockToSearch {
  readonly number: number;
  readonly object: Uint8Array;
  readonly dataKey: Uint8Array;
  /** With what each segment's documents are derived; today's for those of which nothing was noted. */
  readonly derivations: ReadonlyMap<string, Derivation>;
  readonly today: Derivation;
}

/** The object is not the one that was sealed. */
export class BlockFault extends Error {
  override readonly name = 'BlockFault';
  readonly code = 'evidence-altered';
}

const normalizers = new KeptNormalizers(({ settings }) => createNormalizer(settings), 100);

/**
 * Hits of one block of the archive as their reader sees them, newest first: the same documents as the pipeline gives to the
 * index, held against the same tree and the same scope in memory. Batches end with each segment.
 */
export function* searchBlock(block: BlockToSearch, question: BlockQuestion): Generator<StoredDocument[]> {
  const { payload, segments } = openBlock(block, question.tenantId);
  const scope = createAccessScope(question.parts);
  const tree = withinScope(scope, question.tree);
  const wanted = new Set(question.logGroups);
  for (const { segmentId, firstLeaf, records } of segments.toReversed()) {
    const derivation = block.derivations.get(segmentId) ?? block.today;
    const cut = cutSegment(payload, { firstLeaf, records });
    const segment = { tenantId: question.tenantId, segmentId, payload: cut, derivation };
    const found = documentsOf(
      segment,
      (record, { logGroup }) => wanted.has(logGroup) && isPossible(record, question),
    ).filter(({ document }) => isInTime(document, question) && matches(tree, document));
    const shown = found.toReversed().flatMap(({ id, document }) => {
      const visible = visibleDocument(scope, document);
      return visible === null ? [] : [{ id, document: visible }];
    });
    if (shown.length > 0) yield shown;
  }
}

/** Documents of one block that their reader sees, in the order of the log. Batches end with each segment. */
export function* readBlock(
  block: BlockToSearch,
  question: Omit<BlockQuestion, 'tree' | 'timeField'>,
): Generator<StoredDocument[]> {
  const newestFirst = searchBlock(block, { ...question, tree: { kind: 'all' }, timeField: 'received_at' });
  for (const found of [...newestFirst].toReversed()) yield found.toReversed();
}

/** A block's payload, and where the records of each segment stand in it. */
function openBlock({ number, object, dataKey }: BlockToSearch, tenantId: string) {
  const split = splitBlockObject(Buffer.from(object.buffer, object.byteOffset, object.length));
  if (!split.ok) throw new BlockFault(split.code);
  const { header } = split;
  const opened = decodeStoredBlock(split, { tenantId, blockNumber: number, key: dataKey });
  if (!opened.ok) throw new BlockFault(opened.code);
  const former = header.version === 1 ? header.segmentId : null;
  const shares = opened.segments ?? (former === null ? [] : [{ segmentId: former, records: header.records }]);
  let firstLeaf = 0;
  const segments = shares.map(({ segmentId, records }) => {
    const place = { segmentId, firstLeaf, records };
    firstLeaf += records;
    return place;
  });
  return { payload: opened.payload, segments };
}

/** The records of one segment of a block, and with what their documents are derived. */
interface SealedSegment {
  readonly tenantId: string;
  readonly segmentId: string;
  readonly payload: Buffer;
  readonly derivation: Derivation;
}

/**
 * Documents of the chosen records, oldest first, as the pipeline derives them. What a record means depends on no record of
 * another segment.
 */
function documentsOf(
  { tenantId, segmentId, payload, derivation }: SealedSegment,
  isChosen: (record: BlockRecord, origin: BatchOrigin) => boolean,
): StoredDocument[] {
  const origins = readBlockOrigins(payload).map((json) => decodeBatchOrigin(json));
  const all = [...readBlockRecords(payload)];
  const records = all.filter((record) => {
    const origin = origins[record.originIndex];
    return origin !== undefined && isChosen(record, origin);
  });
  if (records.length === 0) return [];
  const normalizer = normalizers.of(derivation);
  const joins = normalizer.join({ origins, records: all }).byLeaf;
  const segment = { tenantId, segmentId, documentIdPrefix: '', origins, joins, normalizer };
  const body = Buffer.concat([...encodeBulkLines({ ...segment, records })]);
  const written = body.toString('utf8').split('\n');
  return records.map(({ leaf }, index) => ({
    id: eventIdOf({ segmentId, position: leaf }),
    document: expandDocument(JSON.parse(written[index * 2 + 1] ?? '{}') as Record<string, unknown>),
  }));
}

/** One event of a block as its reader sees it; null where there is none, or none for this reader. */
export function findInBlock(
  block: BlockToSearch,
  event: { readonly tenantId: string; readonly segmentId: string; readonly position: number },
  scope: AccessScope,
): StoredDocument | null {
  const { tenantId, segmentId, position } = event;
  const { payload, segments } = openBlock(block, tenantId);
  const place = segments.find((each) => each.segmentId === segmentId);
  if (place === undefined) return null;
  const derivation = block.derivations.get(segmentId) ?? block.today;
  const segment = { tenantId, segmentId, payload: cutSegment(payload, place), derivation };
  const [found] = documentsOf(segment, ({ leaf }) => leaf === position);
  const document = found === undefined ? null : visibleDocument(scope, found.document);
  return found === undefined || document === null ? null : { id: found.id, document };
}

/** By its time of receipt, which needs no reading; when an event happened is known once it is read. */
function isPossible({ receivedAtUs }: BlockRecord, { from, to, timeField }: BlockQuestion): boolean {
  if (timeField === '@timestamp') return true;
  const ms = Math.floor(receivedAtUs / 1_000);
  return ms >= from && ms < to;
}

/** As the index compares times: in whole milliseconds. */
function isInTime(document: StoredDocument['document'], { from, to, timeField }: BlockQuestion): boolean {
  const value = document[timeField];
  const ms = typeof value === 'number' ? Math.floor(value) : Date.parse(String(value));
  return ms >= from && ms < to;
}
