import { describeRequirement, virtualField, wordOfValue, type QueryTree } from '@akashi/query';
import type { EventRecord } from '../api-client/event.ts';
import type { Locale } from '../i18n/locale.ts';
import { fieldLabel } from './field-label.ts';

/** What a value is called in the reader's language; itself where it has no word. */
export function valueWord(field: string, value: string, locale: Locale): string {
  return wordOfValue(field, value, locale) ?? value;
}

/** The values of a field, each by itself; none where the event has none. */
export function fieldValues(event: EventRecord, field: string): readonly string[] {
  const value = event.fields[field];
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

/** A condition in words, where its field or its values have some; undefined where the query's own text is as good. */
export function conditionWords(part: QueryTree, locale: Locale): string | undefined {
  const parts = part.kind === 'or' ? part.parts : [part];
  const words: string[] = [];
  let field: string | undefined;
  for (const each of parts) {
    if (each.kind !== 'equals' || (field !== undefined && each.field !== field)) return undefined;
    field = each.field;
    const word = wordOf(field, String(each.value), locale);
    if (word === undefined) return undefined;
    words.push(word);
  }
  if (field === undefined) return undefined;
  const label = virtualField(field)?.label[locale] ?? fieldLabel(field, locale);
  return `${label}: ${words.join(locale === 'ja' ? '、' : ', ')}`;
}

function wordOf(field: string, value: string, locale: Locale): string | undefined {
  if (field === 'pci') return `${value} (${describeRequirement(value, locale)})`;
  return wordOfValue(field, value, locale);
}
