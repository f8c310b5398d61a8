import { foldWidth } from './fold-width.ts';
import {
  foreignComparisonAt,
  foreignJunctions,
  looksLikeRegularExpression,
  ownCondition,
  standaloneComparison,
  suffixBehind,
  wordSuffix,
} from './foreign-operators.ts';
import type { QueryToken } from './scan-query.ts';

/** An operator of another language in a query: the text from `start` to `end` may be replaced by `own`. */
export interface ForeignText {
  operator: string;
  start: number;
  end: number;
  own?: string;
}

/** A value as far as it goes, with the spaces before it. */
const valueBehind = /^[\s\u3000]*(?:"[^"]*"?|[^\s\u3000)"]*)/u;

/** `status!=200`, from behind its name on: read as words it would find just what it excludes. */
export function foreignComparison(
  text: string,
  name: { start: number; end: number; text: string; isField: boolean },
): ForeignText | undefined {
  if (!/\p{L}/u.test(name.text)) return undefined;
  const foreign = foreignComparisonAt(text, name.end, name.isField);
  if (foreign === undefined) return undefined;
  const valueStart = name.end + foreign.operator.length;
  const rest = valueBehind.exec(text.slice(valueStart))?.[0] ?? '';
  const found = { operator: foreign.operator, start: name.start, end: valueStart + rest.length };
  return rest.trim() === '' ? found : { ...found, own: ownCondition(foreign, name.text, rest.trim()) };
}

/** `user:!root`, `user:=root`, `user:(a -b)` and `user:/ro+t/` would be looked for as they stand. */
export function foreignValue(text: string, at: number, field: QueryToken | undefined): ForeignText | undefined {
  const rest = text.slice(at);
  const written = valueBehind.exec(rest)?.[0] ?? '';
  const end = at + written.length;
  const signs = field === undefined ? /^[-!](?=[\p{L}"])/u : /^(?:!=?|==?|~(?!\/))(?=[^\s)])/u;
  const operator = signs.exec(foldWidth(rest))?.[0];
  if (operator === undefined) {
    if (!looksLikeRegularExpression(written)) return undefined;
    return { operator: '/…/', start: at, end, own: `"${written.replace(/[\\"]/g, (sign) => `\\${sign}`)}"` };
  }
  const value = written.slice(operator.length);
  if (field === undefined) return { operator, start: at, end, own: `NOT ${value}` };
  const negation = operator.startsWith('!') ? 'NOT ' : '';
  return { operator, start: field.start, end, own: `${negation}${text.slice(field.start, field.end)}${value}` };
}

/** A word that ends in a boost or an edit distance (`x^2`, `name~1`). */
export function foreignSuffix(text: string, word: { start: number; end: number }): ForeignText | undefined {
  const written = text.slice(word.start, word.end);
  const operator = wordSuffix.exec(written)?.[0];
  if (operator === undefined || operator.length === written.length) return undefined;
  return { operator, ...word, own: written.slice(0, -operator.length) };
}

/** A whole word that another language means as an operator: `status != 200`, `a && b`. */
export function foreignWord(
  text: string,
  word: { start: number; end: number },
  before: QueryToken | undefined,
): ForeignText | undefined {
  const written = text.slice(word.start, word.end);
  const junction = /(?<!\\)(?:&&|\|\|)/.exec(written)?.[0];
  if (junction !== undefined) {
    const own = written.replaceAll(junction, ` ${foreignJunctions.get(junction) ?? ''} `).trim();
    return { operator: junction, ...word, own };
  }
  const comparison = standaloneComparison(written);
  if (comparison === undefined || before?.kind !== 'word' || !/^[\p{L}@][^\s=:]*$/u.test(before.text)) return undefined;
  const value = valueBehind.exec(text.slice(word.end))?.[0] ?? '';
  if (value.trim() === '') return undefined;
  return {
    operator: comparison.operator,
    start: before.start,
    end: word.end + value.length,
    own: ownCondition(comparison, before.text, value.trim()),
  };
}

/** `"a b"~5` and `(a b)^2`: behind quotes, parentheses and ranges these are no words and no wildcards. */
export function foreignBehind(text: string, at: number): ForeignText | undefined {
  const operator = suffixBehind.exec(text.slice(at))?.[0];
  return operator === undefined ? undefined : { operator, start: at, end: at + operator.length, own: '' };
}
