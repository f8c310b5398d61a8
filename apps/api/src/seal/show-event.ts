import { decodeIndexDocument, eventIdOf, type ApiEvent } from '@akashi/log-event';
import type { StoredDocument } from '@akashi/search';

/** An event before its place in the log and its seal are looked up. */
export type ShownEvent = ApiEvent & { textHidden?: true; restored?: true };

/** A document as the caller sees it, as the API's event. Every document of the index has its text, unless it is hidden. */
export function showEvent({ id, document, restored }: StoredDocument): ShownEvent {
  const event = { ...decodeIndexDocument(document, id), ...(restored === undefined ? {} : { restored }) };
  return document['record'] === undefined ? { ...event, textHidden: true } : event;
}

/** Whether a document says the same segment and position as its id. */
export function isAtItsPlace({ id, document }: StoredDocument): boolean {
  const { 'akashi.segment': segmentId, 'akashi.position': position } = document;
  if (typeof segmentId !== 'string' || typeof position !== 'number') return false;
  try {
    return eventIdOf({ segmentId, position }) === id;
  } catch {
    return false;
  }
}
