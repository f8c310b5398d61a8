import type { AccessScope } from '@akashi/policy';
import { valuesOfTheirOwn } from './event-facets.ts';
import { compileScope } from './event-selection.ts';
import { readList, readNumber, readObject } from './search-client.ts';
import { searchStream, type TenantStream } from './tenant-stream.ts';

export interface OldestRequest {
  scope: AccessScope;
  /** Of these log groups; undefined: of all. */
  logGroups?: readonly string[];
  signal?: AbortSignal;
}

/** The oldest event of a log group in the index. Receive times in epoch milliseconds. */
export interface OldestEvents {
  logGroup: string;
  oldestMs: number;
  /** By log stream. */
  streams: ReadonlyMap<string, number>;
  /** Whether every stream is among them: an answer has room for so many. */
  areAllStreams: boolean;
}

const mostGroups = 1_000;
/** Of each log group. All buckets of an answer together are bounded by the server (65,535). */
const mostStreams = 1_000;

/** Since when events are searchable, by log group and stream (PCI DSS 10.5.1), within the caller's scope. */
export async function oldestEvents(stream: TenantStream, request: OldestRequest): Promise<OldestEvents[]> {
  const { scope, logGroups, signal } = request;
  const oldest = { min: { field: 'received_at' } };
  const terms = (field: string, size: number): object => ({ terms: { field, size, ...valuesOfTheirOwn(field) } });
  const streams = { ...terms('log.stream', mostStreams), aggs: { oldest } };
  const groups = { ...terms('log.group', mostGroups), aggs: { oldest, streams } };
  const place = logGroups === undefined ? [] : [{ terms: { 'log.group': [...logGroups] } }];
  const query = { bool: { filter: [...place, compileScope(scope)] } };
  const answer = await searchStream(stream, { size: 0, track_total_hits: false, query, aggs: { groups } }, signal);
  return bucketsOf(readObject(answer['aggregations'])['groups']).map((bucket) => ({
    logGroup: String(bucket['key']),
    oldestMs: oldestOf(bucket),
    streams: new Map(bucketsOf(bucket['streams']).map((each) => [String(each['key']), oldestOf(each)])),
    areAllStreams: readNumber(readObject(bucket['streams'])['sum_other_doc_count']) === 0,
  }));
}

function oldestOf(bucket: Readonly<Record<string, unknown>>): number {
  return readNumber(readObject(bucket['oldest'])['value']);
}

function bucketsOf(aggregation: unknown): Array<Readonly<Record<string, unknown>>> {
  return readList(readObject(aggregation)['buckets']).map(readObject);
}
