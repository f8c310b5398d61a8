import {
  conjuncts,
  explainQueryError,
  formatQuery,
  highlightTokens,
  negateConjunct,
  parseQuery,
  removeConjunct,
  type HighlightClass,
  type QueryError,
} from '@akashi/query';

import type { Locale } from '../i18n/locale.ts';
import { conditionWords } from './value-word.ts';

export interface ColouredSpan {
  start: number;
  end: number;
  className: string;
}

const classNames: Record<HighlightClass, string> = {
  field: 'tok-field',
  comparison: 'tok-punctuation',
  operator: 'tok-operator',
  parenthesis: 'tok-punctuation',
  word: 'tok-word',
  value: 'tok-value',
  string: 'tok-value',
  range: 'tok-value',
  wildcard: 'tok-operator',
  unreadable: 'tok-mistake',
};

/** The first thing in a query that cannot be read, or null. An empty query means everything. */
export function findMistake(query: string): QueryError | null {
  const parsed = parseQuery(query);
  return parsed.ok ? null : parsed;
}

export const explainMistake = explainQueryError;

/** Spans in order that do not overlap: what the parser sees, with the place of a mistake underlined. */
export function colourQuery(query: string): ColouredSpan[] {
  const mistake = findMistake(query);
  const from = mistake?.position ?? query.length;
  const to = mistake ? Math.min(query.length, from + Math.max(1, mistake.length)) : from;
  const spans: ColouredSpan[] = [];
  for (const token of highlightTokens(query)) {
    const className = classNames[token.class];
    const cuts = [
      token.start,
      Math.max(token.start, Math.min(token.end, from)),
      Math.max(token.start, Math.min(token.end, to)),
      token.end,
    ];
    spans.push({ start: cuts[0] ?? 0, end: cuts[1] ?? 0, className });
    spans.push({ start: cuts[1] ?? 0, end: cuts[2] ?? 0, className: `${className} tok-mistake` });
    spans.push({ start: cuts[2] ?? 0, end: cuts[3] ?? 0, className });
  }
  return spans.filter((span) => span.end > span.start);
}

export interface Chip {
  /** The condition without its negation. */
  text: string;
  /** The same in the reader's words, where its values have some. */
  words: string;
  negated: boolean;
  removed: string;
  turned: string;
}

/** One chip for each condition that must hold, with the query that removing or turning it round would give. */
export function chipsOf(query: string, locale: Locale): Chip[] {
  const parsed = parseQuery(query);
  if (!parsed.ok) return [];
  return conjuncts(parsed.tree).map(({ tree, text, negated }, index) => {
    const condition = tree.kind === 'not' ? tree.part : tree;
    const written = tree.kind === 'not' ? formatQuery(tree.part) : text;
    return {
      text: written,
      words: conditionWords(condition, locale) ?? written,
      negated,
      removed: formatQuery(removeConjunct(parsed.tree, index)),
      turned: formatQuery(negateConjunct(parsed.tree, index)),
    };
  });
}

/** A value as the query language reads it back; quoted wherever a bare one could mean something else. */
export function quoteValue(value: string): string {
  if (/^[\p{L}\p{N}_.@/-]+$/u.test(value) && !/^(and|or|not)$/i.test(value)) return value;
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
