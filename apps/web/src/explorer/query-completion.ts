import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { eventFields } from '@akashi/log-event';
import { completeAt } from '@akashi/query';
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

function fieldOptions(input: CompletionInput): Completion[] {
  return Object.entries(eventFields).map(([field, { type, label }]) => ({
    label: field,
    detail: `${label[input.locale]} · ${input.typeWord(type)}`,
    apply: `${field}:`,
  }));
}
