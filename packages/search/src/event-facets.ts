import { eventFields, impliedValues, priorityField } from '@akashi/log-event';
import { withinScope } from '@akashi/policy';
import { compileQuery, withoutField, type SearchFilter } from '@akashi/query';
import {
  allOf,
  compileFieldScope,
  compileScope,
  hidesSomething,
  placeFilters,
  selectionQuery,
  showDocuments,
  type EventSelection,
} from './event-selection.ts';
import { readList, readNumber, readObject } from './search-client.ts';
import { readHits, searchStream, type TenantStream } from './tenant-stream.ts';

export interface FacetRequest extends EventSelection {
  /** Catalogued fields that are no text; others are left out of the answer. */
  fields: readonly string[];
  /** Values for each field. */
  size?: number;
  /** Only values of keyword fields that begin with this: for completing a value while it is typed. */
  valuePrefix?: string;
  /** Only values that contain this, in either case. */
  valuePart?: string;
}

export interface Facet {
  field: string;
  values: readonly { value: string | number | boolean; count: number }[];
  /** Events whose value is not listed. */
  others: number;
  /** Events without the field, or in which the caller does not see it. */
  missing: number;
  /** Counts may be too low by up to this much (0 while a stream has one shard). */
  error: number;
}

const defaultFacetSize = 10;
const maxFacetSize = 200;

/**
 * Values and counts for the query without each field's own top-level conditions, so that its other values show. Only
 * events count in which the caller sees the field.
 */
export async function eventFacets(stream: TenantStream, request: FacetRequest): Promise<Facet[]> {
  const fields = request.fields.filter((field) => canCount(field));
  if (fields.length === 0) return [];
  const wanted = Math.min(Math.max(request.size ?? defaultFacetSize, 1), maxFacetSize);
  const part = request.valuePart ?? '';
  // Values that the index cannot pick out by their text are looked through here.
  const size = part === '' ? wanted : maxFacetSize;
  const aggs: Record<string, unknown> = {};
  for (const [index, field] of fields.entries()) {
    const filter = compileQuery(withinScope(request.scope, withoutField(request.tree, field)));
    const isKeyword = eventFields[field]?.type === 'keyword';
    const include = isKeyword ? valueInclude(request) : {};
    const values = { terms: { field, size, ...valuesOfTheirOwn(field), ...include } };
    const present = { filter: compileQuery({ kind: 'exists', field }) };
    const implied = impliedValues(field) && { terms: { field: priorityField, size: impliedSize } };
    const counts = { values, present, ...(implied === undefined ? {} : { implied }) };
    const shown = { filter: compileFieldScope(request.scope, field), aggs: counts };
    aggs[`f${index}`] = { filter, aggs: { shown } };
  }
  const query = allOf([...placeFilters(request), compileScope(request.scope)]);
  const body = { size: 0, track_total_hits: false, query, aggs };
  const answer = readObject((await searchStream(stream, body, request.signal))['aggregations']);
  return fields.map((field, index) => {
    const facet = withImplied(readFacet(field, readObject(answer[`f${index}`])), request, size);
    return part === '' ? facet : { ...facet, values: valuesWith(facet, part).slice(0, wanted) };
  });
}

export interface FieldStatistics {
  /** How many of the selected events hold each field, most frequent first; absent fields are left out. */
  fields: readonly { field: string; count: number }[];
  /** Names below `labels.` in the newest of the selected events. */
  labels: readonly string[];
}

const labelSample = 200;

export async function fieldStatistics(stream: TenantStream, request: EventSelection): Promise<FieldStatistics> {
  const names = Object.keys(eventFields).filter((field) => eventFields[field]?.type !== 'text');
  const filters: Record<string, SearchFilter> = {};
  for (const [index, field] of names.entries()) {
    filters[`f${index}`] = allOf([compileQuery({ kind: 'exists', field }), compileFieldScope(request.scope, field)]);
  }
  const answer = await searchStream(
    stream,
    {
      size: labelSample,
      // Whether a label is shown may depend on any field of its event.
      _source: hidesSomething(request.scope) ? true : ['labels'],
      track_total_hits: false,
      query: selectionQuery(request),
      sort: [{ [request.timeField ?? '@timestamp']: 'desc' }],
      aggs: { present: { filters: { filters } } },
    },
    request.signal,
  );
  const buckets = readObject(readObject(readObject(answer['aggregations'])['present'])['buckets']);
  const fields = names
    .map((field, index) => ({ field, count: readNumber(readObject(buckets[`f${index}`])['doc_count']) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  const sample = showDocuments(readHits(stream, answer), request.scope);
  const labels = new Set(sample.flatMap(({ document }) => Object.keys(readObject(document['labels']))));
  return { fields, labels: [...labels].toSorted() };
}

/**
 * Counts by the values of the documents that were found. The server's own choice is to number the values of the whole index
 * first, all tenants' alike, after every refresh.
 */
export function valuesOfTheirOwn(field: string): { execution_hint?: 'map' } {
  const type = eventFields[field]?.type;
  return type === 'keyword' || type === 'ip' ? { execution_hint: 'map' } : {};
}

function canCount(field: string): boolean {
  return Object.hasOwn(eventFields, field) && eventFields[field]?.type !== 'text';
}

function valueInclude({ valuePrefix = '', valuePart = '' }: FacetRequest): Record<string, string> {
  if (valuePart !== '') return { include: `.*${Array.from(valuePart, eitherCase).join('')}.*` };
  return valuePrefix === '' ? {} : { include: `${Array.from(valuePrefix, literally).join('')}.*` };
}

function literally(character: string): string {
  return /[\p{L}\p{N}]/u.test(character) ? character : `\\${character}`;
}

/** Both cases of a letter that has two, as an expression of the index. */
function eitherCase(character: string): string {
  const cases = new Set([character.toLowerCase(), character.toUpperCase()]);
  return `(${[...cases].map((each) => Array.from(each, literally).join('')).join('|')})`;
}

function valuesWith({ values }: Facet, part: string): Facet['values'] {
  const wanted = part.toLowerCase();
  return values.filter(({ value }) => String(value).toLowerCase().includes(wanted));
}

function readFacet(field: string, answer: Readonly<Record<string, unknown>>): CountedFacet {
  const shown = readObject(answer['shown']);
  const values = readObject(shown['values']);
  const implied = readList(readObject(shown['implied'])['buckets']).map((entry) => {
    const bucket = readObject(entry);
    return { number: readNumber(bucket['key']), count: readNumber(bucket['doc_count']) };
  });
  return {
    field,
    implied,
    values: readList(values['buckets']).map((entry) => {
      const bucket = readObject(entry);
      return { value: readValue(field, bucket), count: readNumber(bucket['doc_count']) };
    }),
    others: readNumber(values['sum_other_doc_count']),
    missing: readNumber(answer['doc_count']) - readNumber(readObject(shown['present'])['doc_count']),
    error: readNumber(values['doc_count_error_upper_bound']),
  };
}

interface CountedFacet extends Facet {
  /** Counts of the numbers that stand for values of the field. */
  readonly implied: readonly { readonly number: number; readonly count: number }[];
}

const impliedSize = 200;

/** The facet with the values that numbers stand for, as if they stood in the documents. */
function withImplied({ implied, ...facet }: CountedFacet, request: FacetRequest, size: number): Facet {
  const values = impliedValues(facet.field);
  if (values === undefined || implied.length === 0) return facet;
  const counts = new Map(facet.values.map(({ value, count }) => [value, count]));
  for (const { number, count } of implied) {
    const value = values[number];
    if (value !== undefined && isWanted(value, request)) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  const all = [...counts].map(([value, count]) => ({ value, count })).toSorted(byCount);
  const beyond = all.slice(size).reduce((sum, { count }) => sum + count, 0);
  return { ...facet, values: all.slice(0, size), others: facet.others + beyond };
}

/** As the index orders them: the most frequent first, equal ones by value. */
function byCount(a: Facet['values'][number], b: Facet['values'][number]): number {
  if (a.count !== b.count) return b.count - a.count;
  return a.value < b.value ? -1 : 1;
}

function isWanted(value: string | number, { valuePrefix = '', valuePart = '' }: FacetRequest): boolean {
  if (typeof value === 'number' || valuePart !== '') return true;
  return value.startsWith(valuePrefix);
}

function readValue(field: string, bucket: Readonly<Record<string, unknown>>): string | number | boolean {
  const { key } = bucket;
  if (eventFields[field]?.type === 'boolean') return key === 1;
  return typeof key === 'number' ? key : String(key);
}
