import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { eventFields } from '@akashi/log-event';
import { completeAt, listedValues, virtualField, virtualFields, wordOfValue } from '@akashi/query';
import type { Locale } from '../i18n/locale.ts';
import { quoteValue } from '../query/query-language.ts';

export interface CompletionInput {
  locale: Locale;
  typeWord: (type: string) => string;
  countWord: (count: number) => string;
  /** Values of a field in the current range and scope that begin with the text. */
  values: (field: string, prefix: string) => Promise<readonly { value: string; count: number }[]>;
}

/** Completion of field names (with label and type), and of the values that the current range and scope really hold. */
export function completeQuery(input: CompletionInput) {
  const names = fieldOptions(input);
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const place = completeAt(context.state.doc.toString(), context.pos);
    if (place.kind === 'value') {
      const fixed = fixedOptions(place.field, place.typed, input);
      if (fixed !== undefined)
        return fixed.length === 0 ? null : { from: place.start, to: place.end, filter: false, options: fixed };
      const values = await input.values(place.field, place.typed);
      if (context.aborted || values.length === 0) return null;
      const options = values.map(({ value, count }) => ({
        label: quoteValue(value),
        displayLabel: value,
        detail: input.countWord(count),
      }));
      return { from: place.start, to: place.end, filter: false, options };
    }
    if (place.typed === '' && !context.explicit) return null;
    return { from: place.start, to: place.end, options: names, validFor: /^[\w.@-]*$/ };
  };
}

/** Values of a field that has a fixed list of them, by name or by word; undefined for every other field. */
function fixedOptions(field: string, typed: string, { locale }: CompletionInput): Completion[] | undefined {
  const virtual = virtualField(field);
  const begins = (text: string): boolean => fold(text).startsWith(fold(typed));
  if (virtual !== undefined) {
    return virtual
      .offer(locale)
      .filter(({ value, about }) => begins(value) || (typed !== '' && fold(about).includes(fold(typed))))
      .map(({ value, about }) => ({ label: value, detail: about }));
  }
  return listedValues(field)
    ?.map((value) => ({ value, word: wordOfValue(field, value, locale) ?? value }))
    .filter(({ value, word }) => begins(value) || fold(word).includes(fold(typed)))
    .map(({ value, word }) => ({ label: value, displayLabel: word, detail: value }));
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function fieldOptions(input: CompletionInput): Completion[] {
  const virtual = Object.entries(virtualFields).map(([field, { label }]) => ({
    label: field,
    detail: label[input.locale],
    apply: `${field}:`,
  }));
  const catalogued = Object.entries(eventFields).map(([field, { type, label }]) => ({
    label: field,
    detail: `${label[input.locale]} · ${input.typeWord(type)}`,
    apply: `${field}:`,
  }));
  return [...virtual, ...catalogued];
}
