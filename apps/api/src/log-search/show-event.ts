import { decodeIndexDocument, type ApiEvent } from '@akashi/log-event';
import type { StoredDocument } from '@akashi/search';

/** An event before its seal is looked up. */
export type ShownEvent = ApiEvent & { textHidden?: true };

/** A document as the caller sees it, as the API's event. Every document of the index has its text, unless it is hidden. */
export function showEvent({ id, document }: StoredDocument): ShownEvent {
  const event = decodeIndexDocument(document, id);
  return document['record'] === undefined ? { ...event, textHidden: true } : event;
}
