import type { BatchOrigin } from './batch-origin.ts';
import { BulkBody } from './bulk-body.ts';
import { documentHead, documentTail } from './encode-index-document.ts';
import type { IndexableRecord } from './index-document.ts';
import { jsonInside } from './json-text.ts';
import { isJoined, type RecordJoin } from './joins/record-joins.ts';
import type { EventReading, Normalizer } from './log-event.ts';
import { eventIdOf } from './event-id.ts';
import { decodeRecordText } from './record-text.ts';

/** Bulk bodies of about 5 MB are what the index server takes best; a larger single document stands alone. */
const defaultChunkBytes = 5 * 1024 * 1024;
/**
 * Documents are gathered to this many characters before they are written out as bytes: fewer calls into the runtime,
 * and still small enough to stay in the processor's cache between the two.
 */
const gatheredChars = 16 * 1024;

export interface BulkLinesInput {
  tenantId: string;
  /** The landing segment that all of the records came in. */
  segmentId: string;
  /** What ids of the segment's documents begin with; the position follows. */
  documentIdPrefix: string;
  /** The leaf of the segment's first record; 0 when left out. */
  firstLeaf?: number;
  /** The block's origins, by `originIndex`. */
  origins: readonly BatchOrigin[];
  records: Iterable<IndexableRecord>;
  /** Records that are one event with others, by leaf (`Normalizer.join`). */
  joins?: ReadonlyMap<number, RecordJoin>;
  normalizer: Normalizer;
  /** Told of every event, in order, before its chunk is given out (counts, streams, quarantine). */
  onEvent?: (event: EventReading, record: IndexableRecord, origin: BatchOrigin) => void;
  chunkBytes?: number;
  /** Memory of an earlier body, which no one reads any more: it becomes a part of what is given out. */
  memory?: Buffer;
}

/**
 * `_bulk` bodies (`create` action line and document line per record) in the order of positions, each of about 5 MB. The same
 * records, origins and settings give the same bytes.
 */
export function* encodeBulkLines(input: BulkLinesInput): Generator<Buffer, void, undefined> {
  const { tenantId, segmentId, firstLeaf = 0, origins, normalizer, onEvent, joins } = input;
  const limit = input.chunkBytes ?? defaultChunkBytes;
  const body = new BulkBody(limit, input.memory);
  const gatherChars = Math.min(gatheredChars, limit);
  const action = `{"create":{"_id":"${input.documentIdPrefix}`;
  let gathered = '';
  let full: Buffer | undefined;
  for (const sealed of input.records) {
    const origin = origins[sealed.originIndex];
    if (origin === undefined) throw new RangeError('record names an origin that its block does not hold');
    const { record, receivedAtUs, flags, leaf, notes } = sealed;
    const text = decodeRecordText(record);
    const join = joins?.get(leaf);
    const event =
      join === undefined
        ? normalizer.read({ record, text, origin, receivedAtUs, flags })
        : normalizer.read({
            record,
            text,
            origin,
            receivedAtUs,
            flags,
            joined: join.kind === 'head' ? join.texts : 'part',
          });
    onEvent?.(event, sealed, origin);
    const position = leaf - firstLeaf;
    const place = { tenantId, segmentId, position, record: text, origin, receivedAtUs, notes };
    const head = action + String(position) + '"}}\n' + documentHead(event, place);
    const tail =
      documentTail(event, place, isJoined(join, event.parse.format) ? joinMembers(join, segmentId, firstLeaf) : '') +
      '\n';
    if (record.length !== text.length && !text.includes('\ufffd')) {
      // Japanese text would make everything gathered with it twice as wide, and slow to write: its bytes are at hand.
      if (gathered !== '' && (full = body.add(gathered)) !== undefined) yield full;
      gathered = '';
      if ((full = body.addAround(head, record, tail)) !== undefined) yield full;
      continue;
    }
    const lines = head + jsonInside(text) + tail;
    if (gathered !== '' && gathered.length + lines.length > gatherChars) {
      if ((full = body.add(gathered)) !== undefined) yield full;
      gathered = '';
    }
    gathered += lines;
  }
  if (gathered !== '' && (full = body.add(gathered)) !== undefined) yield full;
  if ((full = body.take()) !== undefined) yield full;
}

/** Where the other records of the event are: its positions, or the id of its head. */
function joinMembers(join: RecordJoin, segmentId: string, firstLeaf: number): string {
  if (join.kind === 'part') return `,"akashi.part_of":"${eventIdOf({ segmentId, position: join.head - firstLeaf })}"`;
  return `,"akashi.parts":[${join.parts.map((leaf) => leaf - firstLeaf).join(',')}]`;
}
