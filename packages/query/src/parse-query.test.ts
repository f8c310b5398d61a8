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
  ['aa:bb:cc:dd:ee:ff', '"aa:bb:cc:dd:ee:ff"'],
  ['de:ad:be', '"de:ad:be"'],
  ['2026-11-30T12:00:00', '"2026-11-30T12:00:00"'],
  ['2026-11-30T12:00:00.123+09:00', '"2026-11-30T12:00:00.123+09:00"'],
  ['fd12:3456:789a::1', '"fd12:3456:789a::1"'],
  ['fd12:3456::/32', '"fd12:3456::/32"'],
  ['fe80::1%eth0', '"fe80::1%eth0"'],
  ['a (fd12::1 OR b)', 'a AND ("fd12::1" OR b)'],
  ['source.ip:::1', 'source.ip:"::1"'],
  ['接続元IP:::1', 'source.ip:"::1"'],
  ['file.path://nas/share', 'file.path://nas/share'],
  ['NOT(a OR b)', 'NOT (a OR b)'],
  ['a AND(b OR c)', 'a AND (b OR c)'],
  ['+failed +user:root', 'failed AND user.name:root'],
  ['+81312345678', '"+81312345678"'],
  ['a\\&&b x\\^2 y\\~1', '"a&&b" AND "x^2" AND "y~1"'],
  ['"x^2"', '"x^2"'],
  ['file.path:/etc/ssh/', 'file.path:/etc/ssh/'],
  ['user:(-1 OR a-b)', 'user.name:("-1" OR a-b)'],
  ['@timestamp>="2026-11-30 11:55"', '@timestamp>=2026-11-30T11:55:00.000Z'],
  ['10:00～12:00', '"10:00～12:00"'],
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
  ['a && b', 'foreign-operator', 2, 'a AND b'],
  ['a||b', 'foreign-operator', 0, 'a OR b'],
  ['status!=200', 'foreign-operator', 0, 'NOT status:200'],
  ['user!=root', 'foreign-operator', 0, 'NOT user:root'],
  ['status！＝200', 'foreign-operator', 0, 'NOT status:200'],
  ['a status!=500 login', 'foreign-operator', 2, 'a NOT status:500 login'],
  ['status != 200', 'foreign-operator', 0, 'NOT status:200'],
  ['user!="a b" x', 'foreign-operator', 0, 'NOT user:"a b" x'],
  ['(user!=root)', 'foreign-operator', 1, '(NOT user:root)'],
  ['status<>200', 'foreign-operator', 0, 'NOT status:200'],
  ['status==200', 'foreign-operator', 0, 'status:200'],
  ['status = 200', 'foreign-operator', 0, 'status:200'],
  ['status >= 500', 'foreign-operator', 0, 'status>=500'],
  ['status=>500', 'foreign-operator', 0, 'status>=500'],
  ['status>:500', 'bad-number', 7],
  ['status>>500', 'foreign-operator', 6],
  ['user=~"ro.*"', 'foreign-operator', 0, 'user:"ro.*"'],
  ['user!~root', 'foreign-operator', 0, 'NOT user:root'],
  ['user:!root', 'foreign-operator', 0, 'NOT user:root'],
  ['user:!=root', 'foreign-operator', 0, 'NOT user:root'],
  ['user:=root', 'foreign-operator', 0, 'user:root'],
  ['user:(a -b)', 'foreign-operator', 8, 'user:(a NOT b)'],
  ['user:/ro+t/', 'foreign-operator', 5, 'user:"/ro+t/"'],
  ['user in (root, admin)', 'foreign-operator', 0, 'user:(root OR admin)'],
  ['"a b"~5', 'foreign-operator', 5, '"a b"'],
  ['"a b"^2 c', 'foreign-operator', 5, '"a b" c'],
  ['"fail"*', 'foreign-operator', 6, '"fail"'],
  ['(a b)^2', 'foreign-operator', 5, '(a b)'],
  ['x^2', 'foreign-operator', 0, 'x'],
  ['reqest~1', 'foreign-operator', 0, 'reqest'],
  ['reqest~', 'foreign-operator', 0, 'reqest'],
  ['user:root~1', 'foreign-operator', 5, 'user:root'],
  ['@timestamp>=2026-11-30 11:55', 'time-apart', 23, '@timestamp>="2026-11-30 11:55"'],
  ['@timestamp:2026/11/30 9:05:10', 'time-apart', 22, '@timestamp:"2026/11/30 9:05:10"'],
  ['labels._valueAndPath:x', 'bad-label', 0],
  ['labels._value:x', 'bad-label', 0],
  ['labels.a\\=b:c', 'bad-label', 0],
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
    expect(parseQuery('a '.repeat(334))).toMatchObject({ ok: false, code: 'too-many-clauses' });
    expect(parseQuery('a '.repeat(333)).ok).toBe(true);
    expect(parseQuery('が '.repeat(167))).toMatchObject({ ok: false, code: 'too-many-clauses' });
    expect(parseQuery(`user:(${'a '.repeat(1000)})`).ok).toBe(true);
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

  it('offers the condition that an equals sign may mean, and the text that an unknown name may be', () => {
    expect(parseQuery('user=root x')).toMatchObject({
      ok: true,
      warnings: [{ code: 'text-not-field', position: 0, length: 9, suggestion: 'user:root x' }],
    });
    expect(parseQuery('foo=bar')).toMatchObject({ ok: true, warnings: [] });
    expect(parseQuery('db01:5432')).toMatchObject({
      ok: true,
      warnings: [{ code: 'unknown-field', position: 0, length: 4, suggestion: '"db01:5432"' }],
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
      '!=',
      '~1',
      '^2',
      '+',
      '&&',
      '::',
      'ぷ',
      '=',
      ' in (',
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
