import { addFilter, parseQuery } from '@akashi/query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chipsOf, colourQuery, quoteValue } from './query-language.ts';

describe('colours', () => {
  it('are in order and do not overlap, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab:()"\\ *?<>=-失　：（ANDORT')) }), (query) => {
        let last = 0;
        for (const { start, end } of colourQuery(query)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(query.length);
      }),
    );
  });

  it('underline what cannot be read', () => {
    expect(colourQuery('root AND').some((span) => span.className.includes('tok-mistake'))).toBe(true);
    expect(colourQuery('root AND 失敗').some((span) => span.className.includes('tok-mistake'))).toBe(false);
  });
});

describe('chips', () => {
  it('stand for the conditions that must all hold', () => {
    const chips = chipsOf('user.name:root AND NOT source.ip:10.0.0.0/8 失敗', 'en');
    expect(chips.map(({ text, negated }) => [text, negated])).toEqual([
      ['user.name:root', false],
      ['source.ip:10.0.0.0/8', true],
      ['失敗', false],
    ]);
    expect(chipsOf(chips[1]?.removed ?? '', 'en').map((chip) => chip.text)).toEqual(['user.name:root', '失敗']);
    expect(chipsOf(chips[1]?.turned ?? '', 'en').map((chip) => chip.negated)).toEqual([false, false, false]);
    expect(chipsOf('root AND', 'en')).toEqual([]);
  });

  it('say classes and requirement numbers in the words of the reader', () => {
    const query = 'class:(access-denied OR log-access) NOT pci:10.2.4 missing:user';
    expect(chipsOf(query, 'ja').map(({ words }) => words)).toEqual([
      '分類: アクセス拒否、ログへのアクセス',
      'PCI DSS要件番号: 10.2.4 (3.0: アクセス拒否)',
      '6項目の不足: 利用者',
    ]);
    expect(chipsOf(query, 'en')[0]?.words).toBe('Class: Access denied, Log access');
    expect(chipsOf('class:acc* OR host.name:a', 'ja')[0]?.words).toBe('pci.class:acc* OR host.name:a');
  });
});

describe('quoted values', () => {
  it('are read back as the same value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (value) => {
        fc.pre(value.trim() !== '' && value === value.normalize('NFKC') && !/[\p{C}]/u.test(value));
        expect(parseQuery(`file.path:${quoteValue(value)}`)).toMatchObject({ ok: true });
      }),
    );
  });

  it('narrow a query once', () => {
    const once = addFilter('失敗', { field: 'user.name', value: 'root' });
    expect(addFilter(once ?? '', { field: 'user.name', value: 'root' })).toBe(once);
  });
});
