import { readBlockOrigins, readBlockRecords, type BlockRecord } from '@akashi/integrity';
import {
  createNormalizer,
  decodeBatchOrigin,
  decodeRecordText,
  encodeBulkLines,
  encodeIndexDocument,
  type BatchOrigin,
  type LogEvent,
  type Normalizer,
} from '@akashi/log-event';
import type { QuarantinedRecord, StreamCounts } from '@akashi/database';

export interface NormalizeInput {
  readonly payload: Uint8Array;
  readonly block: number;
  /** The tenant's zone, for lines and sources that name none. */
  readonly timeZone: string;
}

export interface NormalizedBlock {
  /** `_bulk` bodies in leaf order. */
  readonly chunks: Uint8Array[];
  readonly streams: StreamCounts[];
  readonly quarantined: QuarantinedRecord[];
}

type MutableCounts = { -readonly [K in keyof StreamCounts]: StreamCounts[K] };

const normalizers = new Map<string, Normalizer>();

function normalizerFor(timeZone: string): Normalizer {
  const known = normalizers.get(timeZone) ?? createNormalizer({ timeZone });
  normalizers.set(timeZone, known);
  return known;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Counts per log stream and source of one block. */
class StreamTally {
  readonly #byOrigin = new Map<BatchOrigin, Map<string, MutableCounts>>();
  readonly quarantined: QuarantinedRecord[] = [];

  count(event: LogEvent, record: { leaf: number; receivedAtUs: number; notes: Uint8Array }, origin: BatchOrigin): void {
    const counts = this.#countsOf(event, origin);
    counts.records += 1;
    if (event.parse.status !== 'parsed' && event.parse.status !== 'partial') counts.unparsed += 1;
    if (record.notes.length > 0) counts.masked += 1;
    if (event.timestampUs > counts.lastEventUs) counts.lastEventUs = event.timestampUs;
    if (record.receivedAtUs >= counts.lastReceivedUs) {
      counts.lastReceivedUs = record.receivedAtUs;
      counts.lagMs = Math.round((record.receivedAtUs - event.timestampUs) / 1000);
    }
    if (event.parse.status === 'quarantined') {
      this.quarantined.push({ leaf: record.leaf, step: 'normalized', reason: event.parse.reason ?? 'unknown' });
    }
  }

  /** One entry per group, stream and source, however many batches they came in. */
  list(): StreamCounts[] {
    const merged = new Map<string, MutableCounts>();
    for (const streams of this.#byOrigin.values()) {
      for (const counts of streams.values()) {
        const key = JSON.stringify([counts.logGroup, counts.logStream, counts.sourceId]);
        const known = merged.get(key);
        if (known === undefined) {
          merged.set(key, { ...counts });
          continue;
        }
        known.records += counts.records;
        known.unparsed += counts.unparsed;
        known.masked += counts.masked;
        known.lastEventUs = Math.max(known.lastEventUs, counts.lastEventUs);
        if (counts.lastReceivedUs >= known.lastReceivedUs) {
          known.lastReceivedUs = counts.lastReceivedUs;
          known.lagMs = counts.lagMs;
        }
      }
    }
    return [...merged.values()];
  }

  #countsOf(event: LogEvent, origin: BatchOrigin): MutableCounts {
    let streams = this.#byOrigin.get(origin);
    if (streams === undefined) this.#byOrigin.set(origin, (streams = new Map()));
    let counts = streams.get(event.logStream);
    if (counts === undefined) {
      counts = {
        logGroup: origin.logGroup,
        logStream: event.logStream,
        sourceId: origin.source.id,
        kind: origin.source.kind,
        records: 0,
        unparsed: 0,
        masked: 0,
        lastEventUs: event.timestampUs,
        lastReceivedUs: 0,
        lagMs: 0,
      };
      streams.set(event.logStream, counts);
    }
    return counts;
  }
}

/** sealed → normalized: derives the events of a block's payload. Running it again gives the same bytes. */
export function normalizeRecords(input: NormalizeInput): NormalizedBlock {
  const payload = asBuffer(input.payload);
  const origins = readBlockOrigins(payload).map((json) => decodeBatchOrigin(json));
  const tally = new StreamTally();
  const chunks = [
    ...encodeBulkLines({
      block: input.block,
      origins,
      records: readBlockRecords(payload),
      normalizer: normalizerFor(input.timeZone),
      onEvent: (event, record, origin) => tally.count(event, record, origin),
    }),
  ];
  return { chunks, streams: tally.list(), quarantined: tally.quarantined };
}

export interface PlainTextInput extends NormalizeInput {
  /** The leaves whose documents the index refused. */
  readonly leaves: readonly number[];
}

/** The document of a record whose derived fields the index refused: its text, its place and the reason. */
function plainDocument(record: BlockRecord, origin: BatchOrigin, block: number): string {
  const text = decodeRecordText(record.record);
  const event: LogEvent = {
    timestampUs: record.receivedAtUs,
    logStream: origin.logStream ?? origin.source.address,
    message: text,
    messageOffset: 0,
    fields: {},
    labels: {},
    parse: { format: 'text', status: 'quarantined', reason: 'index-refused' },
  };
  const { leaf, receivedAtUs, notes } = record;
  return encodeIndexDocument(event, { block, leaf, record: text, origin, receivedAtUs, notes });
}

/** `_bulk` body that stores refused records as plain text, so that they are found although their fields are not. */
export function plainTextLines(input: PlainTextInput): Uint8Array {
  const payload = asBuffer(input.payload);
  const origins = readBlockOrigins(payload).map((json) => decodeBatchOrigin(json));
  const wanted = new Set(input.leaves);
  let lines = '';
  for (const record of readBlockRecords(payload)) {
    const origin = origins[record.originIndex];
    if (!wanted.has(record.leaf) || origin === undefined) continue;
    lines += `{"create":{"_id":"${input.block}-${record.leaf}"}}\n${plainDocument(record, origin, input.block)}\n`;
  }
  return Buffer.from(lines, 'utf8');
}
