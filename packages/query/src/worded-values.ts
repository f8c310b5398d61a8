/** Fields with a fixed list of values that people call by words of their language: `分類:アクセス拒否`, `class:access-denied`. */

import { classCatalogue, eventClasses, sixFields, sixFieldWords } from '@akashi/log-event';
import { editDistance } from './edit-distance.ts';
import type { Language } from './explain-query-error.ts';
import { foldWidth } from './fold-width.ts';

interface WordedValues {
  /** The values as documents hold them, in order of display. */
  readonly values: readonly string[];
  readonly words: ReadonlyMap<string, Readonly<Record<Language, string>>>;
  /** Everything that a value may be called, folded, to the value. */
  readonly byName: ReadonlyMap<string, string>;
}

const worded: ReadonlyMap<string, WordedValues> = new Map([
  ['pci.class', wordedValues(eventClasses, (name) => classCatalogue[name].word)],
  ['pci.missing', wordedValues(sixFields, (name) => sixFieldWords[name])],
]);

/** The values of a field that has a fixed list of them; undefined for every other field. */
export function listedValues(field: string): readonly string[] | undefined {
  return worded.get(field)?.values;
}

/** What a value of a field is called in a language; undefined where it has no word. */
export function wordOfValue(field: string, value: string, language: Language): string | undefined {
  return worded.get(field)?.words.get(value)?.[language];
}

/** The value that a name or a word stands for, else the value whose name looks like it. */
export function valueNamed(field: string, written: string): { value: string } | { near: string | undefined } {
  const names = worded.get(field)?.byName ?? new Map<string, string>();
  const name = foldName(written);
  const value = names.get(name);
  if (value !== undefined) return { value };
  const limit = name.length <= 4 ? 1 : 2;
  const near = [...names].find(([known]) => editDistance(name, known, limit) <= limit)?.[1];
  return { near };
}

function wordedValues<Name extends string>(
  values: readonly Name[],
  wordsOf: (name: Name) => Readonly<Record<Language, string>>,
): WordedValues {
  const words = new Map<string, Readonly<Record<Language, string>>>(values.map((name) => [name, wordsOf(name)]));
  const names = values.flatMap((name) =>
    [name, ...Object.values(wordsOf(name))].map((each): [string, string] => [foldName(each), name]),
  );
  return { values, words, byName: new Map(names) };
}

/** Without width, case, and what parts words. */
function foldName(name: string): string {
  return foldWidth(name)
    .toLowerCase()
    .replace(/[\s_・-]/gu, '');
}
