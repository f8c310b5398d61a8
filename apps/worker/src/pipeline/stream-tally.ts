import type { QuarantinedRecord, StreamCounts } from '@akashi/database';
import type { BatchOrigin, EventReading } from '@akashi/log-event';
import { LagSample } from './lag-sample.ts';
import { tellsOfLoss } from './tells-of-loss.ts';

type MutableCounts = { -readonly [K in keyof StreamCounts]: StreamCounts[K] };

interface Tally {
  readonly counts: MutableCounts;
  readonly lags: LagSample;
  readonly rules: Set<string>;
}

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
    known.lost += counts.lost;
    if (counts.rules.length > 0) known.rules = [...new Set([...known.rules, ...counts.rules])];
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
  readonly #byOrigin = new Map<BatchOrigin, Map<string, Tally>>();
  readonly quarantined: QuarantinedRecord[] = [];
  readonly #firstLeaf: number;

  constructor(firstLeaf = 0) {
    this.#firstLeaf = firstLeaf;
  }

  count(
    event: EventReading,
    record: { leaf: number; receivedAtUs: number; notes: Uint8Array },
    origin: BatchOrigin,
  ): void {
    const { counts, lags, rules } = this.#tallyOf(event, origin);
    counts.records += 1;
    if (event.parse.status !== 'parsed' && event.parse.status !== 'partial') counts.unparsed += 1;
    if (record.notes.length > 0) {
      counts.masked += 1;
      for (const rule of rulesOf(record.notes)) rules.add(rule);
    }
    if (tellsOfLoss(event, origin)) counts.lost += 1;
    if (event.timestampUs < counts.firstEventUs) counts.firstEventUs = event.timestampUs;
    if (event.timestampUs > counts.lastEventUs) counts.lastEventUs = event.timestampUs;
    if (record.receivedAtUs >= counts.lastReceivedUs) counts.lastReceivedUs = record.receivedAtUs;
    lags.take(Math.round((record.receivedAtUs - event.timestampUs) / 1000));
    if (event.parse.status === 'quarantined') {
      const position = record.leaf - this.#firstLeaf;
      this.quarantined.push({ position, step: 'normalized', reason: event.parse.reason ?? 'unknown' });
    }
  }

  list(): StreamCounts[] {
    const tallies = [...this.#byOrigin.values()].flatMap((streams) => [...streams.values()]);
    return mergeStreamCounts(
      tallies.map(({ counts, lags, rules }) => ({ ...counts, lagMs: lags.median(), rules: [...rules].toSorted() })),
    );
  }

  #tallyOf(event: EventReading, origin: BatchOrigin): Tally {
    let streams = this.#byOrigin.get(origin);
    if (streams === undefined) this.#byOrigin.set(origin, (streams = new Map()));
    let tally = streams.get(event.logStream);
    if (tally === undefined) {
      const counts = {
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
        lost: 0,
        rules: [],
      };
      tally = { counts, lags: new LagSample(), rules: new Set() };
      streams.set(event.logStream, tally);
    }
    return tally;
  }
}

const textOf = new TextDecoder();

/** The rules of a record's notes: the shape of what was found, never the value. */
function rulesOf(notes: Uint8Array): string[] {
  try {
    const read: unknown = JSON.parse(textOf.decode(notes));
    return Array.isArray(read)
      ? read.flatMap((note: { rule?: unknown }) => (typeof note?.rule === 'string' ? [note.rule] : []))
      : [];
  } catch {
    return [];
  }
}
