import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainQueryError } from './explain-query-error.ts';
import { formatQuery } from './format-query.ts';
import { parseQuery } from './parse-query.ts';
import type { QueryTree } from './query-tree.ts';

function treeOf(text: string): QueryTree {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.code} at ${parsed.position}`);
  return parsed.tree;
}

/** The canonical text says how a query was read. */
const reads: [text: string, canonical: string][] = [
  ['', '*'],
  ['*', '*'],
  ['root', 'root'],
  ['failed password', 'failed AND password'],
  ['"failed password"', '"failed password"'],
  ['a b OR c d', '(a AND b) OR (c AND d)'],
  ['a AND (b OR NOT c)', 'a AND (b OR NOT c)'],
  ['-a !b', 'NOT a AND NOT b'],
  ['-user:root', 'NOT user.name:root'],
  ['User.Name:root', 'user.name:root'],
  ['ユーザー:root', 'user.name:root'],
  ['ユーザー：（root　OR　admin）', 'user.name:(root OR admin)'],
  ['event.outcome:(failure OR unknown)', 'event.outcome:(failure OR unknown)'],
  ['event.outcome:(NOT success)', 'NOT event.outcome:success'],
  ['status>=500', 'http.response.status_code>=500'],
  ['status：＞＝500', 'http.response.status_code>=500'],
  ['status:[400 TO 499]', 'http.response.status_code:[400 TO 499]'],
  ['status:{400 TO *}', 'http.response.status_code>400'],
  ['status:(404 OR >=500)', 'http.response.status_code:404 OR http.response.status_code>=500'],
  ['source.ip:10.0.0.0/8', 'source.ip:10.0.0.0/8'],
  ['source.ip:10.0.*', 'source.ip:10.0.0.0/16'],
  ['source.ip:2001:db8::/32', 'source.ip:2001:db8::/32'],
  ['file.path:/etc/*', 'file.path:/etc/*'],
  ['file.path:"/etc/*"', 'file.path:"/etc/*"'],
  ['user.name:*', 'user.name:*'],
  ['user.name:（＊）', 'user.name:*'],
  ['http://example.com/a', '"http://example.com/a"'],
  ['12:30:05', '"12:30:05"'],
  ['fe80::1', '"fe80::1"'],
  ['uid=0', '"uid=0"'],
  ['ログイン失敗', 'ログイン失敗'],
  ['“failed password”', '"failed password"'],
  ['ログ*', 'ログ'],
  ['Fail*', 'fail*'],
  ['foo:bar', 'labels.foo:bar'],
  ['labels.foo\\ bar:x', 'labels.foo\\ bar:x'],
  ['@timestamp>=2026-11-01', '@timestamp>=2026-11-01T00:00:00.000Z'],
  ['@timestamp:2026-11', '@timestamp:[2026-11-01T00:00:00.000Z TO 2026-12-01T00:00:00.000Z}'],
];

const refusals: [text: string, code: string, position: number, suggestion?: string][] = [
  ['a AND', 'operand-missing', 2, 'a'],
  ['AND a', 'operand-missing', 0, 'a'],
  ['a AND OR b', 'operand-missing', 2, 'a OR b'],
  ['(a AND OR b)', 'operand-missing', 3, '(a OR b)'],
  ['NOT', 'operand-missing', 0, ''],
  ['(a', 'unclosed-group', 0, '(a)'],
  ['event.outcome:(failure OR', 'unclosed-group', 14, 'event.outcome:(failure )'],
  ['a)', 'unopened-group', 1, 'a'],
  ['()', 'empty-group', 0],
  ['"a', 'unclosed-quote', 0, '"a"'],
  ['user.name:', 'empty-value', 0],
  ['user.name: root', 'empty-value', 0, 'user.name:root'],
  ['sshd(pam_unix)[19939]', 'needs-quotes', 0, '"sshd(pam_unix)[19939]"'],
  ['key="a value"', 'needs-quotes', 0, '"key=\\"a value\\""'],
  ['a && b', 'nothing-to-search', 2],
  ['>=500', 'field-expected', 0, '">=500"'],
  ['status:5x', 'bad-number', 7],
  ['status:5*', 'wildcard-not-allowed', 7, 'status:[500 TO 599]'],
  ['source.ip:10.0.0.0/33', 'bad-ip', 10],
  ['source.ip:300.1.1.1', 'bad-ip', 10],
  ['source.ip:10.0.0.*x', 'wildcard-not-allowed', 10],
  ['@timestamp>2026-02-30', 'bad-date', 11],
  ['user.name>a', 'not-comparable', 0, '"user.name>a"'],
  ['foo>5', 'not-comparable', 0, '"foo>5"'],
  ['status:[1 TO', 'unclosed-range', 7],
  ['status:[1 2]', 'bad-range', 7],
  ['foo-bar*', 'wildcard-in-phrase', 0, '(foo bar*)'],
];

describe('parseQuery', () => {
  it.each(reads)('reads %s as %s', (text, canonical) => {
    expect(formatQuery(treeOf(text))).toBe(canonical);
    expect(treeOf(canonical)).toEqual(treeOf(text));
  });

  it.each(refusals)('refuses %s', (text, ...[code, position, suggestion]) => {
    const parsed = parseQuery(text);
    expect(parsed).toMatchObject({ ok: false, code, position });
    if (parsed.ok) return;
    expect(parsed.suggestion).toBe(suggestion);
    if (suggestion !== undefined) expect(parseQuery(suggestion).ok).toBe(true);
    expect(explainQueryError(parsed, 'ja')).not.toContain('undefined');
    expect(explainQueryError(parsed, 'en')).not.toContain('undefined');
  });

  it('finds every error of a query', () => {
    const parsed = parseQuery('status:x AND source.ip:y AND');
    expect(parsed.ok ? [] : parsed.errors.map((error) => error.code)).toEqual([
      'bad-number',
      'bad-ip',
      'operand-missing',
    ]);
  });

  it('is bounded in length, depth and clauses', () => {
    expect(parseQuery('a'.repeat(4097))).toMatchObject({ ok: false, code: 'too-long' });
    expect(parseQuery('('.repeat(51) + 'a' + ')'.repeat(51))).toMatchObject({ ok: false, code: 'too-deep' });
    expect(parseQuery('('.repeat(50) + 'a' + ')'.repeat(50)).ok).toBe(true);
    expect(parseQuery('NOT '.repeat(51) + 'a')).toMatchObject({ ok: false, code: 'too-deep' });
    expect(parseQuery('a '.repeat(501))).toMatchObject({ ok: false, code: 'too-many-clauses' });
    expect(parseQuery('a '.repeat(500)).ok).toBe(true);
  });

  it('warns about unknown names and operators in small letters', () => {
    expect(parseQuery('user.nmae:root')).toMatchObject({
      ok: true,
      warnings: [
        {
          code: 'unknown-field',
          position: 0,
          length: 9,
          params: { didYouMean: 'user.name' },
          suggestion: 'user.name:root',
        },
      ],
    });
    expect(parseQuery('labels.order:1')).toMatchObject({ ok: true, warnings: [] });
    expect(parseQuery('a or b')).toMatchObject({
      ok: true,
      warnings: [{ code: 'lowercase-operator', position: 2, suggestion: 'a OR b' }],
    });
  });

  it('reads dates without a zone in the zone given', () => {
    const parsed = parseQuery('@timestamp:2026-11-01', { timeZone: 'Asia/Tokyo' });
    expect(parsed).toMatchObject({ tree: { gte: Date.UTC(2026, 9, 31, 15), lt: Date.UTC(2026, 10, 1, 15) } });
    const dst = parseQuery('@timestamp:2026-03-29', { timeZone: 'Europe/Berlin' });
    expect(dst).toMatchObject({ tree: { gte: Date.UTC(2026, 2, 28, 23), lt: Date.UTC(2026, 2, 29, 22) } });
  });

  it('answers any text without throwing, and what it reads it can write', () => {
    const pieces = fc.constantFrom(
      'a',
      ' ',
      'AND',
      'OR',
      'NOT',
      '(',
      ')',
      '"',
      ':',
      '*',
      '?',
      'user.name',
      '>=',
      '[',
      'TO',
      ']',
      '\\',
      '-',
      '失敗',
      '：',
      '（',
      '”',
      '1',
      '.',
      'status',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.array(pieces, { maxLength: 25 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (query) => {
        const parsed = parseQuery(query);
        if (parsed.ok) expect(parseQuery(formatQuery(parsed.tree))).toMatchObject({ ok: true, tree: parsed.tree });
        else {
          expect(parsed.position).toBeLessThanOrEqual(query.length);
          expect(explainQueryError(parsed, 'ja').length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1000 },
    );
  }, 30_000);
});
