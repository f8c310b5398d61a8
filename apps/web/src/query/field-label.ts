import { eventFields } from '@akashi/log-event';

/** The catalogue's word for a field, or its name where the catalogue has none. */
export function fieldLabel(field: string, locale: 'ja' | 'en'): string {
  const entry = Object.hasOwn(eventFields, field) ? eventFields[field] : undefined;
  return entry?.label[locale] ?? field;
}
