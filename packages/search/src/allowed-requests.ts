import { eventFields, labelPrefix, priorityField, searchTextField, tenantField } from '@akashi/log-event';
import { documentIdOf } from './document-id.ts';
import { isRestoredIndex } from './restored-sets.ts';
import { isInTenant } from './tenant-scope.ts';

type Json = Readonly<Record<string, unknown>>;

export interface CheckedRequest {
  readonly method: string;
  readonly path: string;
  /** Whose documents are asked for. */
  readonly tenantId?: string;
  readonly body?: Json;
}

/**
 * What may be asked of documents. Tenants share indices: anything that is not listed might answer with terms, counts or
 * statistics of all of them whatever the query's filter says (`min_doc_count: 0`, `global`, significant terms, suggesters,
 * scores and their explanations, ids asked for directly, scrolls), or answer wrongly because of other tenants' terms
 * (`match_phrase_prefix`, `intervals`).
 */
const bodyKeys = new Set(['size', 'track_total_hits', 'query', 'sort', 'search_after', '_source', 'aggs', 'pit']);
const boolKeys = new Set(['filter', 'must_not', 'should', 'minimum_should_match']);
const fieldClauses: Readonly<Record<string, ReadonlySet<string>>> = {
  term: new Set(['value']),
  range: new Set(['gte', 'gt', 'lte', 'lt', 'format']),
  prefix: new Set(['value']),
  wildcard: new Set(['value']),
  match_phrase: new Set(['query', 'analyzer']),
};
const aggregations: Readonly<Record<string, ReadonlySet<string>>> = {
  terms: new Set(['field', 'size', 'include', 'order', 'execution_hint']),
  date_histogram: new Set([
    'field',
    'time_zone',
    'min_doc_count',
    'extended_bounds',
    'fixed_interval',
    'calendar_interval',
  ]),
  max: new Set(['field']),
  min: new Set(['field']),
};

/** Why a search is not allowed; undefined for one that is. */
export function refusedSearch({ tenantId, body = {} }: Pick<CheckedRequest, 'tenantId' | 'body'>): string | undefined {
  if (tenantId === undefined || !isInTenant(tenantId, body)) return 'not in one tenant';
  const foreign = Object.keys(body).find((key) => !bodyKeys.has(key));
  if (foreign !== undefined) return foreign;
  const [, asked, ...more] = (body['query'] as { bool: { filter: unknown[] } }).bool.filter;
  if (more.length > 0) return 'more than one query';
  return refusedQuery(asked, tenantId) ?? refusedAggregations(body['aggs'], tenantId);
}

function refusedQuery(query: unknown, tenantId: string): string | undefined {
  const [name, clause] = onlyEntry(query) ?? [];
  if (name === undefined) return 'no single clause';
  if (name === 'match_all' || name === 'match_none') return undefined;
  if (name === 'bool') return refusedBool(clause, tenantId);
  if (name === 'exists') return refusedField(readObject(clause)['field']);
  if (name === 'terms') {
    const [field, values] = onlyEntry(clause) ?? [];
    if (!Array.isArray(values)) return 'terms lookup';
    if (field !== '_index') return refusedField(field);
    return values.every((index) => isRestoredIndex(tenantId, index)) ? undefined : 'foreign index';
  }
  if (name === 'ids') {
    const { values } = readObject(clause);
    const isOwn = Array.isArray(values) && values.every((id) => String(id).startsWith(documentIdOf(tenantId, '')));
    return isOwn ? undefined : 'foreign id';
  }
  const allowed = Object.hasOwn(fieldClauses, name) ? fieldClauses[name] : undefined;
  if (allowed === undefined) return name;
  const [field, options] = onlyEntry(clause) ?? [];
  return refusedField(field) ?? foreignKey(options, allowed);
}

function refusedBool(clause: unknown, tenantId: string): string | undefined {
  const foreign = foreignKey(clause, boolKeys);
  if (foreign !== undefined) return foreign;
  const { filter, must_not: mustNot, should } = readObject(clause);
  for (const part of [filter, mustNot, should].flat()) {
    const refused = part === undefined ? undefined : refusedQuery(part, tenantId);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function refusedAggregations(aggs: unknown, tenantId: string): string | undefined {
  for (const aggregation of Object.values(readObject(aggs))) {
    const refused = refusedAggregation(readObject(aggregation), tenantId);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function refusedAggregation({ aggs, ...kinds }: Json, tenantId: string): string | undefined {
  const [kind, options] = onlyEntry(kinds) ?? [];
  if (kind === undefined) return 'no single aggregation';
  if (kind === 'filter') return refusedQuery(options, tenantId) ?? refusedAggregations(aggs, tenantId);
  if (kind === 'filters') {
    const filters = Object.values(readObject(readObject(options)['filters']));
    const refused = filters.map((filter) => refusedQuery(filter, tenantId)).find((each) => each !== undefined);
    return refused ?? refusedAggregations(aggs, tenantId);
  }
  const allowed = Object.hasOwn(aggregations, kind) ? aggregations[kind] : undefined;
  if (allowed === undefined) return kind;
  const { field } = readObject(options);
  return foreignKey(options, allowed) ?? refusedField(field) ?? refusedAggregations(aggs, tenantId);
}

/** Only the scope compiler names the tenant, and nothing names the index's own fields. */
function refusedField(field: unknown): string | undefined {
  if (typeof field !== 'string' || field === tenantField) return 'field';
  const isOwn = field === searchTextField || field === priorityField;
  const isKnown = Object.hasOwn(eventFields, field) || isOwn || field.startsWith(labelPrefix);
  return isKnown ? undefined : 'field';
}

function foreignKey(value: unknown, allowed: ReadonlySet<string>): string | undefined {
  return Object.keys(readObject(value)).find((key) => !allowed.has(key));
}

function onlyEntry(value: unknown): [string, unknown] | undefined {
  const entries = Object.entries(readObject(value));
  return entries.length === 1 ? entries[0] : undefined;
}

function readObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** When the records of an index were received, of all tenants: what its age is told from. */
export const receivedSpanBody = {
  size: 0,
  track_total_hits: false,
  aggs: { oldest: { min: { field: 'received_at' } }, newest: { max: { field: 'received_at' } } },
} as const;

const name = '[a-z0-9][a-z0-9-]*';
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** A stream, or those of every class and period: all shared ones, or all of one tenant. */
const streams = `${name}(?:\\*-(?:from|${uuid}-since)-\\*)?`;
const names = `${streams}(?:,${streams})*`;
const backing = `\\.ds-${name}`;

/** Requests about documents; each is for one tenant. */
const searches = new RegExp(`^/(?:${names}/)?_search$`);

const ages = new RegExp(`^/${backing}/_search$`);

/** Everything else that the product asks: writing, points in time, templates, streams, health. */
const others: Readonly<Record<string, RegExp>> = {
  GET: new RegExp(`^/(?:_cluster/health|_cat/plugins|_data_stream/${name}\\*?|${name}/_stats/store,docs|)$`),
  POST: new RegExp(
    `^/(?:_bulk|${name}/_bulk|${names}/_(?:refresh|flush|forcemerge)|${backing}/_refresh|${names}/_search/point_in_time|${name}/_rollover)$`,
  ),
  PUT: new RegExp(`^/(?:_index_template/${name}|${name}-\\*/_mapping|_data_stream/${name})$`),
  DELETE: new RegExp(`^/(?:_search/point_in_time|_data_stream/${name}|${backing})$`),
};

const settings = new RegExp(`^/${names}/_settings$`);

/** How few documents that were taken out have a merge rewrite the file that they are in: the one setting that ever changes. */
export const expungeSetting = 'index.merge.policy.expunge_deletes_allowed';

function refusedSetting(body: Json = {}): string | undefined {
  return Object.keys(body).find((key) => key !== expungeSetting);
}

/** Why the transport sends no such request; undefined for one that it sends. */
export function refusedRequest(request: CheckedRequest): string | undefined {
  const { method, path } = request;
  if (method === 'POST' && searches.test(path)) return refusedSearch(request);
  if (method === 'POST' && ages.test(path) && request.body === receivedSpanBody) return undefined;
  if (method === 'PUT' && settings.test(path)) return refusedSetting(request.body);
  return others[method]?.test(path) === true ? undefined : `${method} ${path.split('/').at(-1) ?? ''}`;
}
