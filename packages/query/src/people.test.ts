import { describe, expect, it } from 'vitest';
import { compileQuery } from './compile-query.ts';
import { formatQuery } from './format-query.ts';
import { parseQuery } from './parse-query.ts';
import { namesPeople, peopleNamed, withPeople } from './people.ts';
import type { QueryTree } from './query-tree.ts';

function read(text: string): QueryTree {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.code);
  return parsed.tree;
}

describe('conditions on people', () => {
  it('are read under the names of both languages and written again', () => {
    for (const text of ['person:yamada', '人物:yamada', '人：yamada', 'who:yamada']) {
      expect(formatQuery(read(text))).toBe('person:yamada');
    }
    expect(formatQuery(read('person:"山田 太郎" AND NOT user:root'))).toBe('person:"山田 太郎" AND NOT user.name:root');
    expect(peopleNamed(read('person:(yamada OR suzuki) OR NOT person:yamada'))).toEqual(['yamada', 'suzuki']);
    expect(peopleNamed(read('person:*'))).toEqual([null]);
    expect(namesPeople(read('a (b OR NOT person:x)'))).toBe(true);
    expect(namesPeople(read('personal user:person'))).toBe(false);
  });

  it('give place to what they stand for', () => {
    const tree = withPeople(read('ssh NOT person:yamada'), (person) => ({
      kind: 'equals',
      field: 'user.name',
      value: `of ${person}`,
    }));
    expect(formatQuery(tree)).toBe('ssh AND NOT user.name:"of yamada"');
  });

  it('mean nothing by themselves, rather than everything or nothing', () => {
    expect(() => compileQuery(read('NOT person:yamada'))).toThrow(RangeError);
  });

  it('are no patterns and no ranges', () => {
    expect(parseQuery('person:ya*')).toMatchObject({ ok: false, code: 'wildcard-not-allowed' });
    expect(parseQuery('person>1')).toMatchObject({ ok: false, code: 'not-comparable' });
  });
});
