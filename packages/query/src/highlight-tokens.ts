import { scanQuery, type QueryToken } from './scan-query.ts';

export type HighlightClass =
  | 'field'
  | 'comparison'
  | 'operator'
  | 'parenthesis'
  | 'word'
  | 'value'
  | 'string'
  | 'range'
  | 'wildcard'
  | 'unreadable';

/** A stretch of the query text, in UTF-16 units; stretches do not overlap and stand in order. */
export interface HighlightedToken {
  start: number;
  end: number;
  class: HighlightClass;
}

/** Colours for an editor. Works on any text, also on one that can't be read yet. */
export function highlightTokens(text: string): HighlightedToken[] {
  const tokens: HighlightedToken[] = [];
  let valueAt = -1;
  let depth = 0;
  let fieldDepth = 0;
  for (const token of scanQuery(text).tokens) {
    const isValue = token.start === valueAt || fieldDepth > 0;
    if (token.kind === 'open') {
      depth++;
      if (token.start === valueAt && fieldDepth === 0) fieldDepth = depth;
    } else if (token.kind === 'close') {
      if (depth === fieldDepth) fieldDepth = 0;
      depth = Math.max(depth - 1, 0);
    }
    if (token.kind === 'field') {
      tokens.push({ start: token.start, end: token.nameEnd, class: 'field' });
      tokens.push({ start: token.nameEnd, end: token.end, class: 'comparison' });
      valueAt = token.end;
    } else tokens.push({ start: token.start, end: token.end, class: classOf(token, isValue) });
  }
  return tokens;
}

function classOf(token: Exclude<QueryToken, { kind: 'field' }>, isValue: boolean): HighlightClass {
  switch (token.kind) {
    case 'and':
    case 'or':
    case 'not':
      return 'operator';
    case 'open':
    case 'close':
      return 'parenthesis';
    case 'quoted':
      return 'string';
    case 'range':
      return 'range';
    case 'word':
      return token.wildcard ? 'wildcard' : isValue ? 'value' : 'word';
    case 'unreadable':
      return 'unreadable';
  }
}
