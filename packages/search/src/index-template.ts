import { eventFields, priorityField, searchTextField, tenantField, type EventFieldType } from '@akashi/log-event';
import { maxKeywordLength, maxTokenLength, separatorCharacters, textAnalyzers } from '@akashi/query';

type Json = Record<string, unknown>;

/**
 * Raised with every change of the mapping or settings. Streams that exist take new fields at once and new settings
 * with their next backing index.
 */
const templateVersion = 7;

/** What a compressed codec is called where the server has it; `best_compression` is in every server. */
export type IndexCodec = 'best_compression' | 'zstd_no_dict';

export function eventTemplate(streamPrefix: string, options: { codec: IndexCodec; replicas: number }): Json {
  return {
    index_patterns: [`${streamPrefix}-*`],
    data_stream: { timestamp_field: { name: '@timestamp' } },
    priority: 200,
    version: templateVersion,
    template: {
      settings: {
        index: {
          number_of_shards: 1,
          number_of_replicas: options.replicas,
          codec: options.codec,
          // An acknowledged line is found within a few seconds; a set interval also keeps idle shards refreshing.
          refresh_interval: '1s',
          translog: { durability: 'request', flush_threshold_size: '1gb' },
          'merge.policy': 'log_byte_size',
          // Its default makes a refresh wait for merges, up to ten seconds, and with it the refreshes of other streams.
          'merge_on_flush.enabled': false,
          'query.default_field': ['record'],
          'mapping.total_fields.limit': 400,
          'mapping.ignore_malformed': false,
        },
        analysis: textAnalysis(),
      },
      mappings: eventMapping(),
    },
  };
}

/** The mapping of every catalogued field; what is not catalogued stays in `_source` only. */
export function eventMapping(): Json {
  const properties: Json = {};
  for (const [name, { type }] of Object.entries(eventFields)) place(properties, name, fieldMapping(type));
  place(properties, tenantField, fieldMapping('keyword'));
  properties[priorityField] = { type: 'integer' };
  properties[searchTextField] = fieldMapping('text');
  properties['message_offset'] = { type: 'integer', index: false, doc_values: false };
  properties['message_length'] = { type: 'integer', index: false, doc_values: false };
  properties['masked'] = { type: 'object', enabled: false };
  properties['labels'] = { type: 'flat_object' };
  return { dynamic: false, properties };
}

function fieldMapping(type: EventFieldType): Json {
  switch (type) {
    case 'keyword':
      return { type, ignore_above: maxKeywordLength };
    case 'text':
      return { type, analyzer: textAnalyzers.index, search_analyzer: textAnalyzers.search, norms: false };
    case 'date':
      // Milliseconds also for years that nanosecond dates can't hold; `epoch_millis` first, or 2026 would be a year.
      return { type, format: 'epoch_millis||strict_date_optional_time_nanos' };
    case 'ip':
    case 'long':
    case 'double':
    case 'boolean':
      return { type };
  }
}

/** `user.name` becomes `name` below `user`: the index reads dotted keys of documents as these objects. */
function place(properties: Json, name: string, mapping: Json): void {
  const [first = name, ...rest] = name.split('.');
  if (rest.length === 0) {
    properties[first] = { ...mapping, ...(properties[first] as Json | undefined) };
    return;
  }
  const object = (properties[first] ??= { properties: {} }) as Json;
  place((object['properties'] ??= {}) as Json, rest.join('.'), mapping);
}

/** The analysis that `tokenize` of the query package repeats in memory. */
function textAnalysis(): Json {
  const analyzer = (filter: readonly string[]): Json => ({
    type: 'custom',
    char_filter: ['akashi_separators'],
    tokenizer: 'akashi_words',
    filter: ['cjk_width', 'lowercase', ...filter],
  });
  return {
    char_filter: { akashi_separators: { type: 'mapping', mappings: separatorCharacters.map(mapsToSpace) } },
    tokenizer: { akashi_words: { type: 'standard', max_token_length: maxTokenLength } },
    filter: {
      akashi_characters_and_pairs: { type: 'cjk_bigram', output_unigrams: true },
      akashi_without_pairs: { type: 'keep_types', types: ['<DOUBLE>'], mode: 'exclude' },
    },
    analyzer: {
      [textAnalyzers.index]: analyzer(['akashi_characters_and_pairs']),
      [textAnalyzers.search]: analyzer(['akashi_characters_and_pairs', 'akashi_without_pairs']),
      [textAnalyzers.pairs]: analyzer(['cjk_bigram']),
    },
  };
}

function mapsToSpace(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()} => \\u0020`;
}
