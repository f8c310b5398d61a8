import type { EventAnswer } from '@akashi/contracts';

export type EventRecord = EventAnswer;

/** A field's value as one line of text, '' when the event has none. */
export function fieldText(event: EventRecord, name: string): string {
  const value = event.fields[name];
  if (value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
