import type { EventAnswer } from '@akashi/contracts';

export type EventRecord = EventAnswer;

/** Where the event was read: the index, a restored set, or the archive itself. */
export function placeOf(event: EventRecord): 'online' | 'restored' | 'archived' {
  if (event['archived'] === true) return 'archived';
  return event.restored === true ? 'restored' : 'online';
}

/** A field's value as one line of text, '' when the event has none. */
export function fieldText(event: EventRecord, name: string): string {
  const value = event.fields[name];
  if (value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
