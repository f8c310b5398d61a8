export const queryErrorCodes = [
  'too-long',
  'too-deep',
  'too-many-clauses',
  'unclosed-quote',
  'unclosed-group',
  'unopened-group',
  'unclosed-range',
  'bad-range',
  'operand-missing',
  'empty-group',
  'empty-value',
  'needs-quotes',
  'foreign-operator',
  'time-apart',
  'bad-label',
  'nothing-to-search',
  'field-expected',
  'unknown-value',
  'unknown-requirement',
  'bad-number',
  'bad-ip',
  'bad-boolean',
  'bad-date',
  'not-comparable',
  'wildcard-not-allowed',
  'wildcard-in-phrase',
] as const;

export type QueryErrorCode = (typeof queryErrorCodes)[number];

/** Why a query can't be read, and where: `position` and `length` count UTF-16 units of the query text. */
export interface QueryError {
  code: QueryErrorCode;
  position: number;
  length: number;
  params: Readonly<Record<string, string | number>>;
  /** A whole query text that can be read, where one is obvious. */
  suggestion?: string;
}

export type QueryWarningCode =
  'unknown-field' | 'lowercase-operator' | 'text-not-field' | 'two-meanings' | 'unknown-person';

/** The query was read, but may not be what was meant. */
export interface QueryWarning {
  code: QueryWarningCode;
  position: number;
  length: number;
  params: Readonly<Record<string, string | number>>;
  suggestion?: string;
}
