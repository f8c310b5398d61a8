import { foldWidth } from './fold-width.ts';

/** How a comparison of another query language is written in this one. */
export interface ForeignComparison {
  /** As written. */
  operator: string;
  negated: boolean;
  comparison: ':' | '>' | '>=' | '<' | '<=';
}

type Meaning = Omit<ForeignComparison, 'operator'>;

const equal: Meaning = { negated: false, comparison: ':' };
const unequal: Meaning = { negated: true, comparison: ':' };

/** Comparisons of SQL, PromQL, Lucene, KQL and of programming languages; longer ones first. */
const betweenNameAndValue: readonly (readonly [string, Meaning])[] = [
  ['!==', unequal],
  ['===', equal],
  [':!=', unequal],
  ['!=', unequal],
  ['!~', unequal],
  ['!:', unequal],
  ['<>', unequal],
  ['==', equal],
  ['=~', equal],
  ['~=', equal],
];

/** Signs that other text has too (`key=>value`, `a=b`): comparisons only behind the name of a field. */
const behindFieldNames: readonly (readonly [string, Meaning])[] = [
  [':!', unequal],
  [':==', equal],
  [':=', equal],
  [':~', equal],
  ['=>', { negated: false, comparison: '>=' }],
  ['=<', { negated: false, comparison: '<=' }],
];

const standalone: readonly (readonly [string, Meaning])[] = [
  ['=', equal],
  ['>=', { negated: false, comparison: '>=' }],
  ['<=', { negated: false, comparison: '<=' }],
  ['>', { negated: false, comparison: '>' }],
  ['<', { negated: false, comparison: '<' }],
];

const longest = 3;

/** The comparison that stands at this place behind a name, when it is one of another query language. */
export function foreignComparisonAt(text: string, at: number, isField: boolean): ForeignComparison | undefined {
  const signs = foldWidth(text.slice(at, at + longest));
  const known = isField ? [...betweenNameAndValue, ...behindFieldNames] : betweenNameAndValue;
  return comparisonOf(known.find(([operator]) => signs.startsWith(operator)));
}

/** The comparison that a word of its own is, as in `status != 200`. */
export function standaloneComparison(word: string): ForeignComparison | undefined {
  const folded = foldWidth(word);
  return comparisonOf(
    [...betweenNameAndValue, ...behindFieldNames, ...standalone].find(([operator]) => operator === folded),
  );
}

function comparisonOf(found: readonly [string, Meaning] | undefined): ForeignComparison | undefined {
  return found === undefined ? undefined : { operator: found[0], ...found[1] };
}

/** The condition as this language writes it. */
export function ownCondition(foreign: ForeignComparison, name: string, value: string): string {
  return `${foreign.negated ? 'NOT ' : ''}${name}${foreign.comparison}${value}`;
}

/** What `&&` and `||` are called here. */
export const foreignJunctions: ReadonlyMap<string, 'AND' | 'OR'> = new Map([
  ['&&', 'AND'],
  ['||', 'OR'],
]);

/** A boost or an edit distance at the end of a word (`x^2`, `name~1`), as Lucene writes them. */
export const wordSuffix = /(?<!\\)(?:~(?:\d+(?:\.\d+)?)?|\^\d+(?:\.\d+)?)$/;

/** The same behind quotes, parentheses and ranges; a wildcard there is none either. */
export const suffixBehind = /^(?:[~^][\d.]*|[*?]+)/;

const regularExpression = /^\/.*(?:[[\]{}+|^$]|\.\*|\\[dDwWsSbB]).*\/$/;

/** Whether a value reads like a regular expression of Lucene (`/ro+t/`) rather than like a path (`/etc/ssh/`). */
export function looksLikeRegularExpression(text: string): boolean {
  return text.length > 2 && regularExpression.test(text);
}
