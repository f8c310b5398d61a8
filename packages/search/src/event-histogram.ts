import type { AccessScope } from '@akashi/policy';
import { valuesOfTheirOwn } from './event-facets.ts';
import { compileFieldScope, selectionQuery, type EventSelection } from './event-selection.ts';
import { chooseInterval, type HistogramInterval } from './histogram-interval.ts';
import { readList, readNumber, readObject } from './search-client.ts';
import { searchStream, type TenantStream } from './tenant-stream.ts';

export interface HistogramRequest extends EventSelection {
  from: number;
  to: number;
  /** Buckets begin at round times of this zone (IANA). */
  timeZone: string;
  stackBy?: 'event.outcome' | 'log.level';
}

export interface HistogramBucket {
  /** Epoch milliseconds; the first bucket may begin before the range. */
  start: number;
  count: number;
  /** Counts by value of the stacked field; events without a value that the caller sees are the rest. */
  stacks: Readonly<Record<string, number>>;
}

export interface Histogram {
  interval: HistogramInterval;
  buckets: readonly HistogramBucket[];
  total: number;
}

const maxStacks = 10;

/** Counts over time, also for empty buckets: at most 120 of them over the whole range. */
export async function eventHistogram(stream: TenantStream, request: HistogramRequest): Promise<Histogram> {
  const { from, to, timeField, timeZone, stackBy } = request;
  const interval = chooseInterval(from, to);
  const field = timeField ?? '@timestamp';
  const answer = await searchStream(
    stream,
    {
      size: 0,
      track_total_hits: true,
      query: selectionQuery(request),
      aggs: {
        times: {
          date_histogram: {
            field,
            time_zone: timeZone,
            min_doc_count: 0,
            extended_bounds: { min: from, max: Math.max(from, to - 1) },
            ...(interval.unit === undefined
              ? { fixed_interval: `${interval.ms}ms` }
              : { calendar_interval: interval.unit }),
          },
          ...(stackBy === undefined ? {} : { aggs: { shown: stackAggregation(request.scope, stackBy) } }),
        },
      },
    },
    request.signal,
  );
  const buckets = readList(readObject(readObject(answer['aggregations'])['times'])['buckets']).map(readBucket);
  const total = readNumber(readObject(readObject(answer['hits'])['total'])['value']);
  return { interval, buckets, total };
}

function stackAggregation(scope: AccessScope, field: string): Record<string, unknown> {
  return {
    filter: compileFieldScope(scope, field),
    aggs: { stacks: { terms: { field, size: maxStacks, ...valuesOfTheirOwn(field) } } },
  };
}

function readBucket(value: unknown): HistogramBucket {
  const bucket = readObject(value);
  const stacks: Record<string, number> = {};
  for (const entry of readList(readObject(readObject(bucket['shown'])['stacks'])['buckets'])) {
    const stack = readObject(entry);
    stacks[String(stack['key'])] = readNumber(stack['doc_count']);
  }
  return { start: readNumber(bucket['key']), count: readNumber(bucket['doc_count']), stacks };
}
