import { eventClasses, sixFields, type EventClass, type SixField } from '@akashi/log-event';
import type { AccessScope } from '@akashi/policy';
import { valuesOfTheirOwn } from './event-facets.ts';
import { allOf, compileFieldScope, compileScope, placeFilters } from './event-selection.ts';
import { readList, readNumber, readObject } from './search-client.ts';
import { searchStream, type TenantStream } from './tenant-stream.ts';

export interface CoverageRequest {
  scope: AccessScope;
  /** The day, by receive time, in epoch milliseconds; `to` not included. */
  from: number;
  to: number;
  /** How far back events count as seen before. */
  since: number;
  signal?: AbortSignal;
}

/** What a source sent of a class. */
export interface ClassCoverage {
  source: string;
  class: EventClass;
  /** Events of the day. */
  count: number;
  /** Receive time of the newest one, of the day or before, in epoch milliseconds. */
  lastMs: number;
  /** Of the events of the day in which the caller sees what is missing: how many lack each of the six fields. */
  judged: number;
  missing: Readonly<Partial<Record<SixField, number>>>;
}

/** More sources than an organisation has. */
const mostSources = 2_000;

/** Which source sent which class of events (PCI DSS 10.2.1, 10.2.2), within the caller's scope. Classes never seen are left out. */
export async function eventCoverage(stream: TenantStream, request: CoverageRequest): Promise<ClassCoverage[]> {
  const { scope, from, to, since, signal } = request;
  const terms = (field: string, size: number): object => ({ terms: { field, size, ...valuesOfTheirOwn(field) } });
  const judged = {
    filter: compileFieldScope(scope, 'pci.missing'),
    aggs: { missing: terms('pci.missing', sixFields.length) },
  };
  const day = { filter: allOf(placeFilters({ from, to, timeField: 'received_at' })), aggs: { judged } };
  const classes = {
    ...terms('pci.class', eventClasses.length),
    aggs: { last: { max: { field: 'received_at' } }, day },
  };
  const shown = {
    filter: compileFieldScope(scope, 'pci.class'),
    aggs: { sources: { ...terms('akashi.source', mostSources), aggs: { classes } } },
  };
  const held = { exists: { field: 'pci.class' } };
  const query = allOf([...placeFilters({ from: since, to, timeField: 'received_at' }), held, compileScope(scope)]);
  const answer = await searchStream(stream, { size: 0, track_total_hits: false, query, aggs: { shown } }, signal);
  return buckets(readObject(readObject(answer['aggregations'])['shown'])['sources']).flatMap((source) =>
    buckets(source['classes']).flatMap((found) => readClass(String(source['key']), found)),
  );
}

function readClass(source: string, bucket: Readonly<Record<string, unknown>>): ClassCoverage[] {
  const name = eventClasses.find((each) => each === bucket['key']);
  if (name === undefined) return [];
  const day = readObject(bucket['day']);
  const judged = readObject(day['judged']);
  const missing = buckets(judged['missing']).flatMap(({ key, doc_count: count }) => {
    const field = sixFields.find((each) => each === key);
    return field === undefined ? [] : [[field, readNumber(count)] as const];
  });
  return [
    {
      source,
      class: name,
      count: readNumber(day['doc_count']),
      lastMs: readNumber(readObject(bucket['last'])['value']),
      judged: readNumber(judged['doc_count']),
      missing: Object.fromEntries(missing),
    },
  ];
}

function buckets(aggregation: unknown): Array<Readonly<Record<string, unknown>>> {
  return readList(readObject(aggregation)['buckets']).map(readObject);
}
