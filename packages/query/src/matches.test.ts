import { searchText } from '@akashi/log-event';
import { describe, expect, it } from 'vitest';
import { matches } from './matches.ts';
import { parseQuery } from './parse-query.ts';
import { tokenize } from './tokenize.ts';

const document = {
  '@timestamp': '2026-11-01T10:00:00.123456Z',
  record:
    'Nov  1 10:00:00 host_1 sshd(pam_unix)[19939]: Failed password for root from 10.1.2.3 ログイン失敗 第１回 ＡＢＣ',
  'user.name': 'root',
  'source.ip': '10.1.2.3',
  'http.response.status_code': 503,
  'event.category': ['authentication', 'session'],
  'file.path': '/etc/passwd',
  labels: { order: 'A*1' },
};

const answers: [query: string, found: boolean][] = [
  ['failed', true],
  ['fail', false],
  ['fail*', true],
  ['f?iled', true],
  ['"password for root"', true],
  ['"for password"', false],
  ['"sshd(pam_unix)[19939]"', true],
  ['10.1.2.3', true],
  ['10.1', true],
  ['グイン失', true],
  ['失', true],
  ['ン敗', false],
  ['第1回', true],
  ['第１回', true],
  ['abc', true],
  ['ﾛｸﾞｲﾝ', true],
  ['user.name:root', true],
  ['user.name:Root', false],
  ['user.name:ro*', true],
  ['user.name:r?ot', true],
  ['source.ip:10.0.0.0/8', true],
  ['source.ip:10.1.*', true],
  ['source.ip:11.0.0.0/8', false],
  ['source.ip>=10.1.2.0 source.ip<10.1.3.0', true],
  ['status>=500', true],
  ['status:[400 TO 503}', false],
  ['event.category:session', true],
  ['NOT event.category:session', false],
  ['file.path:/etc/*', true],
  ['labels.order:A\\*1', true],
  ['labels.order:A1', false],
  ['user.id:*', false],
  ['NOT user.id:x', true],
  ['@timestamp:2026-11-01', true],
  ['@timestamp<=2026-11-01T10:00', true],
  ['@timestamp<2026-11-01T10:00', false],
  ['message:password', true],
  ['record:password', true],
];

describe('matches', () => {
  it.each(answers)('%s', (query, found) => {
    const parsed = parseQuery(query);
    expect(parsed.ok && matches(parsed.tree, document)).toBe(found);
    expect(parsed.ok && matches({ kind: 'not', part: parsed.tree }, document)).toBe(parsed.ok && !found);
  });
});

describe('matches of text that Unicode writes in two ways', () => {
  const composed = '共有/プログラム café';
  const decomposed = composed.normalize('NFD');
  const asked = [
    'プログラム',
    'ログラ',
    'café',
    'CAFÉ',
    'caf*é',
    'file.path:*プログラム*',
    'file.path:共有/プログラム\\ café',
  ];

  it.each(asked)('%s', (query) => {
    for (const form of [query, query.normalize('NFD')]) {
      const parsed = parseQuery(form);
      for (const text of [composed, decomposed]) {
        expect(parsed.ok && matches(parsed.tree, { record: text, 'file.path': text })).toBe(true);
      }
    }
  });
});

describe('matches of what escapes hide', () => {
  it('finds the words of the text that a person reads, unless it is kept from the asker', () => {
    const record = '\u001b[31mERROR\u001b[0m first#012Caused by x';
    const parsed = parseQuery('error caused');
    expect(parsed.ok && matches(parsed.tree, { record })).toBe(false);
    expect(parsed.ok && matches(parsed.tree, { record, search_text: searchText(record) })).toBe(true);
  });

  it('never answers for terms that the index keeps for itself', () => {
    const labels = { _valueAndPath: 'x', _value: 'x', 'a=b': 'c' };
    for (const field of ['labels._valueAndPath', 'labels._value', 'labels.a=b'])
      expect(matches({ kind: 'exists', field }, { labels })).toBe(false);
  });
});

describe('tokenize', () => {
  it('parts names at their signs and keeps words of other scripts whole', () => {
    const words = (text: string): string[] => tokenize(text).map((token) => token.text);
    expect(words("user_name=a.b:c,d;e 'f'")).toEqual(['user', 'name', 'a', 'b', 'c', 'd', 'e', 'f']);
    expect(words('Ünïcode Привет 한국어 ﾛｸﾞ 1２3')).toEqual(['ünïcode', 'привет', '한', '국', '어', 'ロ', 'グ', '123']);
    expect(words('x'.repeat(300)).map((word) => word.length)).toEqual([255, 45]);
  });

  it('marks characters of one run as joined', () => {
    expect(tokenize('失敗 失 敗a失').map((token) => token.joined)).toEqual([false, true, false, false, false, false]);
  });
});
