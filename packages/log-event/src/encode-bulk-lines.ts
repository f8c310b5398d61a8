import type { BatchOrigin } from './batch-origin.ts';
import { encodeIndexDocument } from './encode-index-document.ts';
import type { IndexableRecord } from './index-document.ts';
import type { LogEvent, Normalizer } from './log-event.ts';
import { decodeRecordText } from './record-text.ts';

/** Room for a document that passes the limit by a little, so that the working chunk seldom grows. */
const slackBytes = 64 * 1024;
/** Bulk bodies of about 5 MB are what the index server takes best; a larger single document stands alone. */
const defaultChunkBytes = 5 * 1024 * 1024;

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
  const limit = input.chunkBytes ?? defaultChunkBytes;
  // Each document is written where it belongs at once: one rope of five megabytes would have to be flattened at the end.
  let chunk: Buffer = Buffer.allocUnsafeSlow(limit + slackBytes);
  let used = 0;
  for (const sealed of input.records) {
    const origin = origins[sealed.originIndex];
    if (origin === undefined) throw new RangeError('record names an origin that its block does not hold');
    const { receivedAtUs, flags, leaf, notes } = sealed;
    const text = decodeRecordText(sealed.record);
    const event = normalizer.read({ record: sealed.record, text, origin, receivedAtUs, flags });
    onEvent?.(event, sealed, origin);
    const document = encodeIndexDocument(event, { block, leaf, record: text, origin, receivedAtUs, notes });
    const lines = `{"create":{"_id":"${block}-${leaf}"}}\n${document}\n`;
    if (used + lines.length * 3 > chunk.length) {
      const bytes = Buffer.byteLength(lines, 'utf8');
      if (used > 0 && used + bytes > limit) {
        yield owned(chunk, used);
        used = 0;
      }
      if (used + bytes > chunk.length) {
        const larger = Buffer.allocUnsafeSlow(used + bytes + slackBytes);
        chunk.copy(larger, 0, 0, used);
        chunk = larger;
      }
    }
    used += chunk.write(lines, used, 'utf8');
    if (used >= limit) {
      yield owned(chunk, used);
      used = 0;
    }
  }
  if (used > 0) yield owned(chunk, used);
}

/** A copy that owns its memory, so that it can be handed to another thread; the working chunk is filled again. */
function owned(chunk: Buffer, used: number): Buffer {
  const copy = Buffer.allocUnsafeSlow(used);
  chunk.copy(copy, 0, 0, used);
  return copy;
}
