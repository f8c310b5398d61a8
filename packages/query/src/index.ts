export { compileMatcher, type DocumentTest, type FieldSource } from './compile-matcher.ts';
export { compileQuery, textAnalyzers, type SearchFilter } from './compile-query.ts';
export { messageFields } from './text-fields.ts';
export { completeAt, type Completion } from './complete-at.ts';
export {
  addFilter,
  conjuncts,
  mostRelaxed,
  negateConjunct,
  removeConjunct,
  withoutField,
  type Conjunct,
  type ValueFilter,
} from './conjuncts.ts';
export { explainQueryError, explainQueryWarning, type Language } from './explain-query-error.ts';
export { chosenValues, onlyValue, toggleValue, type ChosenValues, type FacetValue } from './facet-values.ts';
export { formatQuery } from './format-query.ts';
export { highlightTokens, type HighlightClass, type HighlightedToken } from './highlight-tokens.ts';
export { matches, maxKeywordLength, type FlatDocument } from './matches.ts';
export { parseQuery, type ParsedQuery, type ParseSettings } from './parse-query.ts';
export type { QueryError, QueryErrorCode, QueryWarning, QueryWarningCode } from './query-error.ts';
export {
  defaultQueryFields,
  isAskable,
  type FieldCatalogue,
  type QueryFields,
  type QueryFieldType,
  type ResolvedField,
} from './query-fields.ts';
export {
  joinParts,
  nothing,
  maxQueryLength,
  type EqualsNode,
  type ExistsNode,
  type LeafNode,
  type PatternNode,
  type QueryTree,
  type RangeNode,
  type WordPatternNode,
  type WordsNode,
} from './query-tree.ts';
export { foldToken, maxTokenLength, separatorCharacters, tokenize, type TextToken } from './tokenize.ts';
export { describeRequirement } from './pci-requirements.ts';
export { virtualField, virtualFields, withoutVirtual, type VirtualField } from './virtual-fields.ts';
export { listedValues, wordOfValue } from './worded-values.ts';
export { namesPeople, peopleNamed, withPeople } from './people.ts';
