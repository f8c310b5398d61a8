import { classCatalogue, eventClasses, type EventClass } from '@akashi/log-event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileQuery } from './compile-query.ts';
import { completeAt } from './complete-at.ts';
import { addFilter } from './conjuncts.ts';
import { explainQueryError, explainQueryWarning } from './explain-query-error.ts';
import { formatQuery } from './format-query.ts';
import { matches } from './matches.ts';
import { parseQuery } from './parse-query.ts';
import { describeRequirement, requirementValues } from './pci-requirements.ts';
import { virtualFields } from './virtual-fields.ts';
import { wordOfValue } from './worded-values.ts';

function read(text: string) {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.code}`);
  return parsed;
}

function foundBy(text: string): EventClass[] {
  const { tree } = read(text);
  return eventClasses.filter((name) => matches(tree, { 'pci.class': [name] }));
}

const elevenOf102 = eventClasses.filter((name) => name !== 'time-change');

describe('pci:', () => {
  it.each([
    ['pci:10.2.1.4', ['access-denied']],
    ['pci:4.0.1:10.2.1.4', ['access-denied']],
    ['pci:"4.0.1:10.2.1.4"', ['access-denied']],
    ['pci：１０．２．１．４', ['access-denied']],
    ['要件:10.2.1.4', ['access-denied']],
    ['pci:10.2.4', ['access-denied']],
    ['pci:3.0:10.2.4', ['access-denied']],
    ['pci:3.2.1:10.2.4', ['access-denied']],
    ['pci:10.2.2', ['administrator-action', 'policy-change']],
    ['pci:4.0.1:10.2.1.2', ['administrator-action', 'policy-change']],
    ['pci:(10.2.1.1 OR 10.2.3)', ['card-data-access', 'log-access']],
    ['pci:4.0.1:10.2.1', elevenOf102],
    ['pci:3.0:10.2.1', ['card-data-access']],
    ['pci:10.2.1', elevenOf102],
    ['pci:10.2', elevenOf102],
    ['pci:10.6', ['time-change']],
    ['pci:3.0:10.4', ['time-change']],
    ['pci:10', eventClasses],
    ['pci:*', eventClasses],
    ['NOT pci:10.2', ['time-change']],
  ])('%s finds the classes of the requirement', (text, classes) => {
    expect(foundBy(text)).toEqual(classes);
  });

  it.each(['pci:10.5.1', 'pci:4.0.1:10.2.2', 'pci:5.0:10.2.1', 'pci:root', 'pci:10.2.1.99', 'pci:""'])(
    '%s is refused: it must not seem to find nothing',
    (text) => {
      const parsed = parseQuery(text);
      expect(parsed.ok).toBe(false);
      if (parsed.ok) return;
      expect(explainQueryError(parsed, 'ja')).not.toBe('');
      expect(explainQueryError(parsed, 'en')).not.toBe('');
    },
  );

  it.each(['pci:10.2.*', 'pci>10.2', 'pci:[10.2 TO 10.3]'])('%s is no comparison that numbers take', (text) => {
    expect(parseQuery(text)).toMatchObject({ ok: false });
  });

  it('says so where a number means different things in two versions, and finds both', () => {
    const { warnings } = read('host.name:db01 pci:10.2.1');
    expect(warnings).toMatchObject([{ code: 'two-meanings', suggestion: 'host.name:db01 pci:4.0.1:10.2.1' }]);
    const [warning] = warnings;
    if (warning === undefined) return;
    expect(explainQueryWarning(warning, 'ja')).toContain('4.0.1:10.2.1, 3.0:10.2.1');
    expect(read('pci:10.2 pci:10.2.4 pci:3.0:10.2.1').warnings).toEqual([]);
  });

  it('stays as it was written in the tree, and becomes one filter on the classes', () => {
    const { tree } = read('requirement:3.2:10.2.5');
    expect(formatQuery(tree)).toBe('pci:3.0:10.2.5');
    expect(read(formatQuery(tree)).tree).toEqual(tree);
    const classes = ['authentication-use', 'credential-change', 'account-change', 'privilege-elevation'];
    expect(compileQuery(tree)).toEqual({ terms: { 'pci.class': classes } });
    expect(compileQuery(read('pci:(10.2.3 OR 10.2.6)').tree)).toEqual({
      bool: {
        should: [
          { term: { 'pci.class': { value: 'log-access' } } },
          { term: { 'pci.class': { value: 'log-control' } } },
        ],
        minimum_should_match: 1,
      },
    });
  });

  it('offers only values that it takes, each with what it finds', () => {
    for (const language of ['ja', 'en'] as const) {
      for (const { value, about } of virtualFields['pci']?.offer(language) ?? []) {
        expect(parseQuery(`pci:${value}`)).toMatchObject({ ok: true });
        expect(about, value).not.toBe('');
      }
    }
    expect(requirementValues()).toEqual(expect.arrayContaining(['10.2.1', '4.0.1:10.2.1', '3.0:10.2.1', '10.2.4']));
    expect(describeRequirement('10.2.4', 'ja')).toBe('3.0: アクセス拒否');
    expect(describeRequirement('10.2.1', 'en')).toMatch(/^4\.0\.1: .* \/ 3\.0: Card data access$/);
  });

  it('is completed as a field is', () => {
    expect(completeAt('pci:10.2', 8)).toMatchObject({ kind: 'value', field: 'pci', typed: '10.2', start: 4 });
    expect(completeAt('要件:', 3)).toMatchObject({ kind: 'value', field: 'pci', typed: '' });
  });

  it('finds what its classes find, whatever the document', () => {
    const values = fc.constantFrom(...requirementValues());
    fc.assert(
      fc.property(values, fc.subarray([...eventClasses]), (value, classes) => {
        const wanted = foundBy(`pci:${value}`);
        expect(matches(read(`pci:${value}`).tree, { 'pci.class': classes })).toBe(
          classes.some((name) => wanted.includes(name)),
        );
      }),
    );
  });
});

describe('class:', () => {
  it('takes the names and the words of both languages', () => {
    for (const name of eventClasses) {
      for (const word of [name, ...Object.values(classCatalogue[name].word)]) {
        expect(foundBy(`class:"${word}"`), word).toEqual([name]);
        expect(foundBy(`分類："${word}"`), word).toEqual([name]);
      }
    }
    expect(foundBy('分類:アクセス拒否')).toEqual(['access-denied']);
    expect(foundBy('class:access*')).toEqual(['access-denied']);
    expect(foundBy('class:(Access_Denied OR 特権昇格)')).toEqual(['access-denied', 'privilege-elevation']);
    expect(formatQuery(read('分類:アクセス拒否').tree)).toBe('pci.class:access-denied');
  });

  it('refuses what is no class, with the one that it looks like', () => {
    expect(parseQuery('class:acess-denied')).toMatchObject({
      ok: false,
      code: 'unknown-value',
      suggestion: 'class:access-denied',
    });
    expect(parseQuery('class:nonsense')).toMatchObject({ ok: false, code: 'unknown-value' });
  });

  it('has a word for each value in both languages, also for what is missing', () => {
    expect(wordOfValue('pci.class', 'log-access', 'ja')).toBe('ログへのアクセス');
    expect(wordOfValue('pci.missing', 'origin', 'ja')).toBe('発生元');
    expect(wordOfValue('user.name', 'root', 'en')).toBeUndefined();
    expect(matches(read('missing:(user OR 発生元)').tree, { 'pci.missing': ['origin'] })).toBe(true);
  });

  it('is narrowed by the value that a facet shows', () => {
    expect(addFilter('root', { field: 'pci.class', value: 'log-control' })).toBe('root AND pci.class:log-control');
  });
});
