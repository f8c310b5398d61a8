import { describe, expect, it } from 'vitest';
import { receivedSpanBody, refusedRequest, refusedSearch } from './allowed-requests.ts';
import { documentIdOf } from './document-id.ts';
import { inTenant, isInTenant } from './tenant-scope.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';
const search = (body: Readonly<Record<string, unknown>>): string | undefined =>
  refusedSearch({ tenantId, body: inTenant(tenantId, body) });
const withQuery = (query: unknown): string | undefined => search({ query });
const withAggregation = (aggregation: unknown): string | undefined => search({ aggs: { a: aggregation } });

describe('a search that is sent', () => {
  it('may filter, sort and count in one tenant', () => {
    expect(search({ size: 1, sort: [{ received_at: 'asc' }], search_after: [1], _source: false })).toBeUndefined();
    expect(withQuery({ terms: { 'user.name': ['a'] } })).toBeUndefined();
    expect(withQuery({ ids: { values: [documentIdOf(tenantId, 'S.1')] } })).toBeUndefined();
    const words = { match_phrase: { record: { query: 'a b', analyzer: 'akashi_text_search' } } };
    expect(withQuery({ bool: { should: [words, { exists: { field: 'labels.a.b' } }] } })).toBeUndefined();
    const values = { terms: { field: 'user.name', size: 5, execution_hint: 'map' } };
    expect(withAggregation({ filter: { match_all: {} }, aggs: { values } })).toBeUndefined();
  });

  it('may name restored sets of its tenant, and no other index', () => {
    const nameOf = (owner: string): string => `.ds-akashi-events-restored-${owner}-${other}-000001`;
    expect(withQuery({ terms: { _index: [nameOf(tenantId)] } })).toBeUndefined();
    for (const foreign of [nameOf(other), '.ds-akashi-events-90-000001', '*', `${nameOf(tenantId)},x`, 1])
      expect(withQuery({ terms: { _index: [nameOf(tenantId), foreign] } })).toBe('foreign index');
  });

  it('is in one tenant, above everything else', () => {
    const refused = 'not in one tenant';
    expect(refusedSearch({ tenantId, body: {} })).toBe(refused);
    expect(refusedSearch({ body: inTenant(tenantId, {}) })).toBe(refused);
    expect(refusedSearch({ tenantId, body: inTenant(other, {}) })).toBe(refused);
    const { query } = inTenant(tenantId, {});
    for (const around of [
      { bool: { should: [query, { match_all: {} }] } },
      { bool: { must_not: [query] } },
      { bool: { filter: [{ match_all: {} }, query] } },
      { bool: { ...(query['bool'] as object), should: [{ match_all: {} }], minimum_should_match: 0 } },
      { constant_score: { filter: query } },
    ]) {
      expect(isInTenant(tenantId, { query: around }), JSON.stringify(around)).toBe(false);
    }
    const widened = inTenant(tenantId, {});
    const { filter } = widened.query['bool'] as { filter: unknown[] };
    expect(
      refusedSearch({ tenantId, body: { query: { bool: { filter: [...filter, { match_all: {} }] } } } }),
    ).toBeDefined();
  });

  it.each([
    'post_filter',
    'suggest',
    'explain',
    'profile',
    'highlight',
    'rescore',
    'collapse',
    'script_fields',
    'stored_fields',
    'docvalue_fields',
    'fields',
    'runtime_mappings',
    'derived',
    'indices_boost',
    'min_score',
    'slice',
    'ext',
  ])('has no %s', (key) => {
    expect(search({ [key]: {} })).toBe(key);
  });

  it.each([
    { match_phrase_prefix: { record: 'a' } },
    { intervals: { record: {} } },
    { match: { record: 'a' } },
    { query_string: { query: '*' } },
    { simple_query_string: { query: '*' } },
    { more_like_this: { like: 'a' } },
    { script: { script: '1' } },
    { function_score: {} },
    { regexp: { record: { value: '.*' } } },
    { fuzzy: { record: { value: 'a' } } },
    { terms_set: {} },
    { terms: { 'user.name': { index: 'a', id: '1', path: 'x' } } },
    { term: { 'akashi.tenant': { value: other } } },
    { exists: { field: 'akashi.tenant' } },
    { terms: { 'akashi.tenant': [other] } },
    { prefix: { _index: { value: '.ds' } } },
    { term: { _id: { value: 'x' } } },
    { term: { 'user.name': { value: 'a', boost: 2 } } },
    { ids: { values: [documentIdOf(other, 'S.1')] } },
    { bool: { filter: [{ match: { record: 'a' } }] } },
    { bool: { must: [{ match_all: {} }] } },
    { term: {}, match_all: {} },
    [],
  ])('asks no %j', (query) => {
    expect(withQuery(query)).toBeDefined();
    expect(withQuery({ bool: { must_not: [query] } })).toBeDefined();
    expect(withAggregation({ filter: query })).toBeDefined();
    expect(withAggregation({ filters: { filters: { a: query } } })).toBeDefined();
  });

  it.each([
    { global: {} },
    { significant_terms: { field: 'user.name' } },
    { significant_text: { field: 'record' } },
    { multi_terms: { terms: [{ field: 'user.name' }, { field: 'log.group' }] } },
    { rare_terms: { field: 'user.name' } },
    { composite: { sources: [] } },
    { scripted_metric: {} },
    { top_hits: {} },
    { sampler: {} },
    { cardinality: { field: 'user.name' } },
    { terms: { field: 'user.name', min_doc_count: 0 } },
    { terms: { field: 'user.name', shard_min_doc_count: 0 } },
    { terms: { field: 'akashi.tenant' } },
    { terms: { field: '_index' } },
    { terms: { script: '1' } },
    { max: { field: 'received_at', missing: 1 } },
  ])('counts no %j', (aggregation) => {
    expect(withAggregation(aggregation)).toBeDefined();
    expect(withAggregation({ filter: { match_all: {} }, aggs: { a: aggregation } })).toBeDefined();
    expect(
      withAggregation({ date_histogram: { field: 'received_at', fixed_interval: '1h' }, aggs: { a: aggregation } }),
    ).toBeDefined();
  });
});

describe('a request that is sent', () => {
  it.each([
    ['GET', '/akashi-events-90/_doc/1'],
    ['GET', '/akashi-events-90/_termvectors/1'],
    ['GET', '/akashi-events-90/_explain/1'],
    ['POST', '/akashi-events-90/_count'],
    ['POST', '/akashi-events-90/_validate/query'],
    ['POST', '/akashi-events-90/_msearch'],
    ['POST', '/akashi-events-90/_mget'],
    ['POST', '/akashi-events-90/_search/template'],
    ['POST', '/_search/scroll'],
    ['POST', '/_sql'],
    ['POST', '/_aliases'],
    ['POST', '/*/_search'],
    ['POST', '/_all/_search'],
    ['POST', '/.ds-akashi-events-90-000001/_search'],
    ['GET', '/akashi-events-90/_search'],
    ['DELETE', '/akashi-events-90'],
    ['PUT', '/akashi-events-90/_doc/1'],
  ])('is not %s %s', (method, path) => {
    expect(refusedRequest({ method, path, tenantId, body: inTenant(tenantId, {}) })).toBeDefined();
  });

  it('may ask for the age of an index, and for nothing else of all tenants', () => {
    const path = '/.ds-akashi-events-90-000001/_search';
    expect(refusedRequest({ method: 'POST', path, body: receivedSpanBody })).toBeUndefined();
    expect(refusedRequest({ method: 'POST', path, body: { ...receivedSpanBody, size: 1 } })).toBeDefined();
  });
});
