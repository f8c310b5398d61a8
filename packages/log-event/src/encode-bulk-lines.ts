import type { BatchOrigin } from './batch-origin.ts';
import { encodeIndexDocument } from './encode-index-document.ts';
import type { IndexableRecord } from './index-document.ts';
import type { LogEvent, Normalizer } from './log-event.ts';
import { decodeRecordText } from './record-text.ts';

/** Bulk bodies of about 5 MB are what the index server takes best; a larger single document stands alone. */
const defaultChunkChars = 5 * 1024 * 1024;

export interface BulkLinesInput {
  block: number;
  /** The block's origins, by `originIndex`. */
  origins: readonly BatchOrigin[];
  records: Iterable<IndexableRecord>;
  normalizer: Normalizer;
  /** Told of every event, in order, before its chunk is given out (counts, streams, quarantine). */
  onEvent?: (event: LogEvent, record: IndexableRecord, origin: BatchOrigin) => void;
  chunkBytes?: number;
}

/**
 * `_bulk` bodies (`create` action line and document line per record) in leaf order, each of about 5 MB. The same
 * records, origins and settings give the same bytes.
 */
export function* encodeBulkLines(input: BulkLinesInput): Generator<Buffer, void, undefined> {
  const { block, origins, normalizer, onEvent } = input;
  const limit = input.chunkBytes ?? defaultChunkChars;
  let lines = '';
  for (const sealed of input.records) {
    const origin = origins[sealed.originIndex];
    if (origin === undefined) throw new RangeError('record names an origin that its block does not hold');
    const { receivedAtUs, flags, leaf, notes } = sealed;
    const text = decodeRecordText(sealed.record);
    const event = normalizer.normalize({ record: sealed.record, text, origin, receivedAtUs, flags });
    onEvent?.(event, sealed, origin);
    const document = encodeIndexDocument(event, { block, leaf, record: text, origin, receivedAtUs, notes });
    if (lines !== '' && lines.length + document.length > limit) {
      yield Buffer.from(lines, 'utf8');
      lines = '';
    }
    lines += `{"create":{"_id":"${block}-${leaf}"}}\n${document}\n`;
  }
  if (lines !== '') yield Buffer.from(lines, 'utf8');
}
