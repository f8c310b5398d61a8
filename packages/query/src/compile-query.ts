import { impliedValues, priorityField } from '@akashi/log-event';
import { parseIpNetwork } from './ip-address.ts';
import { matches } from './matches.ts';
import { textFieldsOf } from './text-fields.ts';
import { planWords } from './words-plan.ts';
import { defaultQueryFields, isAskable, type QueryFields, type QueryFieldType } from './query-fields.ts';
import type { EqualsNode, LeafNode, QueryTree, RangeNode, WordPatternNode, WordsNode } from './query-tree.ts';
import { unicodeForms } from './unicode-forms.ts';
import { virtualField, withoutVirtual } from './virtual-fields.ts';

/** A query of the index's query language, for filter context (no scores). */
export type SearchFilter = Record<string, unknown>;

/** Analyzer names that the index template defines and that filters name. */
export const textAnalyzers = {
  index: 'akashi_text',
  search: 'akashi_text_search',
  pairs: 'akashi_text_pairs',
} as const;

/** The filter with the same meaning as `matches` has for one document. */
export function compileQuery(tree: QueryTree, fields: QueryFields = defaultQueryFields): SearchFilter {
  const compile = (part: QueryTree): SearchFilter => compileQuery(part, fields);
  switch (tree.kind) {
    case 'all':
      return { match_all: {} };
    case 'and':
      return { bool: { filter: tree.parts.map(compile) } };
    case 'or':
      return anyOf(compileAlternatives(tree.parts, { fields, compile }));
    case 'not':
      return { bool: { must_not: [compile(tree.part)] } };
    case 'words':
    case 'word-pattern':
    case 'equals':
    case 'pattern':
    case 'exists':
    case 'range':
      if (virtualField(tree.field) !== undefined) return compile(withoutVirtual(tree));
      return isAskable(tree.field) ? anyOf([compileLeaf(tree, fields), ...impliedFilters(tree, fields)]) : nothing;
  }
}

/** Documents keep one number for several fields of a syslog line: the numbers that fulfil a condition on one of those. */
function impliedFilters(leaf: LeafNode, fields: QueryFields): SearchFilter[] {
  const values = impliedValues(leaf.field);
  if (values === undefined) return [];
  const fulfilling = values.flatMap((value, number) =>
    matches(leaf, { [leaf.field]: value }, fields) ? [number] : [],
  );
  if (fulfilling.length === values.length) return [{ exists: { field: priorityField } }];
  return fulfilling.length === 0 ? [] : [{ terms: { [priorityField]: fulfilling } }];
}

const nothing: SearchFilter = { bool: { must_not: [{ match_all: {} }] } };

function compileLeaf(leaf: LeafNode, fields: QueryFields): SearchFilter {
  switch (leaf.kind) {
    case 'words':
      return anyOf(
        textFieldsOf(leaf.field).flatMap((field) =>
          unicodeForms(leaf.text).map((text) => compileWords({ ...leaf, text }, field)),
        ),
      );
    case 'word-pattern':
      return anyOf(
        textFieldsOf(leaf.field).flatMap((field) =>
          unicodeForms(leaf.pattern).map((pattern) => compileWordPattern({ ...leaf, pattern }, field)),
        ),
      );
    case 'equals': {
      if (!canHold(fields.typeOf(leaf.field), leaf.value)) return nothing;
      const values = formsOfValue(leaf.value);
      if (values.length > 1) return { terms: { [leaf.field]: values } };
      return { term: { [leaf.field]: { value: leaf.value } } };
    }
    case 'pattern':
      return anyOf(unicodeForms(leaf.pattern).map((value) => ({ wildcard: { [leaf.field]: { value } } })));
    case 'exists':
      return anyOf(textFieldsOf(leaf.field).map((field) => ({ exists: { field } })));
    case 'range':
      return compileRange(leaf, fields);
  }
}

/** The server refuses a whole search for a value that a field of its type cannot hold; no document has it. */
function canHold(type: QueryFieldType, value: EqualsNode['value']): boolean {
  switch (type) {
    case 'ip':
      return parseIpNetwork(String(value)) !== undefined;
    case 'long':
    case 'double':
    case 'date':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'keyword':
    case 'text':
    case 'label':
      return typeof value === 'string';
    case 'virtual':
      return false;
  }
}

function formsOfValue(value: EqualsNode['value']): readonly EqualsNode['value'][] {
  return typeof value === 'string' ? unicodeForms(value) : [value];
}

function anyOf(filters: readonly SearchFilter[]): SearchFilter {
  const [only] = filters;
  if (filters.length === 1 && only !== undefined) return only;
  return { bool: { should: filters, minimum_should_match: 1 } };
}

function isMergeable({ field, value }: EqualsNode): boolean {
  if (virtualField(field) !== undefined) return false;
  return isAskable(field) && impliedValues(field) === undefined && !String(value).includes('/');
}

/** Values of one field become a single `terms` filter: one clause however many values were chosen. */
function compileAlternatives(
  parts: readonly QueryTree[],
  { fields, compile }: { fields: QueryFields; compile: (part: QueryTree) => SearchFilter },
): SearchFilter[] {
  const values = new Map<string, EqualsNode['value'][]>();
  const rest: SearchFilter[] = [];
  for (const part of parts) {
    if (part.kind === 'equals' && isMergeable(part) && canHold(fields.typeOf(part.field), part.value)) {
      const known = values.get(part.field) ?? [];
      values.set(part.field, known);
      known.push(...formsOfValue(part.value));
    } else rest.push(compile(part));
  }
  return [...[...values].map(([field, list]) => ({ terms: { [field]: list } })), ...rest];
}

function compileWords(words: WordsNode, field: string): SearchFilter {
  const { phrase, runs } = planWords(words.text);
  const filters: SearchFilter[] = runs.map((query) => ({
    match_phrase: { [field]: { query, analyzer: textAnalyzers.pairs } },
  }));
  if (phrase !== undefined) {
    filters.unshift({ match_phrase: { [field]: { query: words.text, analyzer: textAnalyzers.search } } });
  }
  const [only] = filters;
  return filters.length === 1 && only !== undefined ? only : { bool: { filter: filters } };
}

function compileWordPattern(node: WordPatternNode, field: string): SearchFilter {
  const prefix = /^([^*?\\]+)\*$/.exec(node.pattern)?.[1];
  if (prefix !== undefined) return { prefix: { [field]: { value: prefix } } };
  return { wildcard: { [field]: { value: node.pattern } } };
}

function compileRange({ field, gte, gt, lt, lte }: RangeNode, fields: QueryFields): SearchFilter {
  const bounds = Object.entries({ gte, gt, lt, lte }).filter(([, bound]) => bound !== undefined);
  return {
    range: {
      [field]: isDate(field, fields)
        ? { ...Object.fromEntries(bounds), format: 'epoch_millis' }
        : Object.fromEntries(bounds),
    },
  };
}

function isDate(field: string, fields: QueryFields): boolean {
  return fields.typeOf(field) === 'date';
}
