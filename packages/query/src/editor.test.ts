import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeAt } from './complete-at.ts';
import { highlightTokens } from './highlight-tokens.ts';

describe('highlightTokens', () => {
  it('names the parts of a query', () => {
    const text = 'user.name:root AND NOT status>=500 (fail* "a b") x:(y OR z) q:[1 TO 2] "open';
    expect(highlightTokens(text).map((token) => `${token.class} ${text.slice(token.start, token.end)}`)).toEqual([
      'field user.name',
      'comparison :',
      'value root',
      'operator AND',
      'operator NOT',
      'field status',
      'comparison >=',
      'value 500',
      'parenthesis (',
      'wildcard fail*',
      'string "a b"',
      'parenthesis )',
      'field x',
      'comparison :',
      'parenthesis (',
      'value y',
      'operator OR',
      'value z',
      'parenthesis )',
      'field q',
      'comparison :',
      'range [1 TO 2]',
      'unreadable "open',
    ]);
  });

  it('stays in order and inside any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let end = 0;
        let isInOrder = true;
        for (const token of highlightTokens(text)) {
          isInOrder &&= token.start >= end && token.end > token.start;
          end = token.end;
        }
        expect(isInOrder).toBe(true);
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  }, 30_000);
});

describe('completeAt', () => {
  it.each([
    ['', { kind: 'name', typed: '', start: 0 }],
    ['us', { kind: 'name', typed: 'us', start: 0 }],
    ['user:', { kind: 'value', field: 'user.name', typed: '', start: 5 }],
    ['user:ro', { kind: 'value', field: 'user.name', typed: 'ro', start: 5 }],
    ['user:"ro o', { kind: 'value', field: 'user.name', typed: 'ro o', start: 5 }],
    ['user:(root OR ', { kind: 'value', field: 'user.name', typed: '', start: 14 }],
    ['user:(root OR a', { kind: 'value', field: 'user.name', typed: 'a', start: 14 }],
    ['user:root ', { kind: 'operator', start: 10 }],
    ['user:root AND ', { kind: 'name', start: 14 }],
    ['(', { kind: 'name', start: 1 }],
  ])('%s', (text, expected) => {
    expect(completeAt(text, text.length)).toMatchObject(expected);
  });

  it('replaces the word around the cursor', () => {
    expect(completeAt('user:root x', 7)).toEqual({ kind: 'value', field: 'user.name', typed: 'ro', start: 5, end: 9 });
  });
});
