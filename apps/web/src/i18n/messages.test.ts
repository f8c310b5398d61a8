import { describe, expect, it } from 'vitest';
import { createTranslator } from 'next-intl';
import en from '../../messages/en.json' with { type: 'json' };
import ja from '../../messages/ja.json' with { type: 'json' };

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

const japanese = new Map(flatten(ja));
const english = new Map(flatten(en));
/** Argument names; the branches of plurals and selections are languages' own business. */
const argumentsOf = (text: string) =>
  [...new Set([...text.matchAll(/[{<](\w+)[,}>]/g)].map((match) => match[1]))].toSorted((a, b) =>
    (a ?? '') < (b ?? '') ? -1 : 1,
  );

describe('messages', () => {
  it('have the same keys in both languages', () => {
    expect([...japanese.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  it('take the same arguments in both languages', () => {
    for (const [key, text] of japanese) {
      expect({ key, arguments: argumentsOf(english.get(key) ?? '') }).toEqual({ key, arguments: argumentsOf(text) });
    }
  });

  it.each(['ja', 'en'] as const)('are readable ICU messages without an empty one (%s)', (locale) => {
    const tree = locale === 'ja' ? ja : en;
    const values = (text: string) =>
      Object.fromEntries(
        argumentsOf(text).map((name) => [name ?? '', text.includes(`<${name}>`) ? () => '…' : 1] as const),
      );
    const failures: string[] = [];
    const translate = createTranslator({
      locale,
      messages: tree as Tree,
      onError: (error) => failures.push(error.message),
    });
    for (const [key, message] of flatten(tree)) {
      const text = translate(key as never, values(message) as never) as string;
      if (text.trim() === '') failures.push(key);
    }
    expect(failures).toEqual([]);
  });
});
