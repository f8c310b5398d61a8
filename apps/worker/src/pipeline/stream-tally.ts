import type { QuarantinedRecord, StreamCounts } from '@akashi/database';
import type { BatchOrigin, LogEvent } from '@akashi/log-event';

type MutableCounts = { -readonly [K in keyof StreamCounts]: StreamCounts[K] };

/** One entry per group, stream and source, however many batches and parts of a block they came in. */
export function mergeStreamCounts(parts: Iterable<StreamCounts>): StreamCounts[] {
  const merged = new Map<string, MutableCounts>();
  for (const counts of parts) {
    const key = JSON.stringify([counts.logGroup, counts.logStream, counts.sourceId]);
    const known = merged.get(key);
    if (known === undefined) {
      merged.set(key, { ...counts });
      continue;
    }
    known.records += counts.records;
    known.unparsed += counts.unparsed;
    known.masked += counts.masked;
    known.firstEventUs = Math.min(known.firstEventUs, counts.firstEventUs);
    known.lastEventUs = Math.max(known.lastEventUs, counts.lastEventUs);
    if (counts.lastReceivedUs >= known.lastReceivedUs) {
      known.lastReceivedUs = counts.lastReceivedUs;
      known.lagMs = counts.lagMs;
    }
  }
  return [...merged.values()];
}

/** Counts per log stream and source. */
export class StreamTally {
  readonly #byOrigin = new Map<BatchOrigin, Map<string, MutableCounts>>();
  readonly quarantined: QuarantinedRecord[] = [];
  readonly #firstLeaf: number;

  constructor(firstLeaf = 0) {
    this.#firstLeaf = firstLeaf;
  }

  count(event: LogEvent, record: { leaf: number; receivedAtUs: number; notes: Uint8Array }, origin: BatchOrigin): void {
    const counts = this.#countsOf(event, origin);
    counts.records += 1;
    if (event.parse.status !== 'parsed' && event.parse.status !== 'partial') counts.unparsed += 1;
    if (record.notes.length > 0) counts.masked += 1;
    if (event.timestampUs < counts.firstEventUs) counts.firstEventUs = event.timestampUs;
    if (event.timestampUs > counts.lastEventUs) counts.lastEventUs = event.timestampUs;
    if (record.receivedAtUs >= counts.lastReceivedUs) {
      counts.lastReceivedUs = record.receivedAtUs;
      counts.lagMs = Math.round((record.receivedAtUs - event.timestampUs) / 1000);
    }
    if (event.parse.status === 'quarantined') {
      const position = record.leaf - this.#firstLeaf;
      this.quarantined.push({ position, step: 'normalized', reason: event.parse.reason ?? 'unknown' });
    }
  }

  list(): StreamCounts[] {
    return mergeStreamCounts([...this.#byOrigin.values()].flatMap((streams) => [...streams.values()]));
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
        firstEventUs: event.timestampUs,
        lastEventUs: event.timestampUs,
        lastReceivedUs: 0,
        lagMs: 0,
      };
      streams.set(event.logStream, counts);
    }
    return counts;
  }
}
