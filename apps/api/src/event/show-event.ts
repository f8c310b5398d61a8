import type { EventAnswer } from '@akashi/contracts';
import { decodeIndexDocument } from '@akashi/log-event';
import type { StoredDocument } from '@akashi/search';

/** A document as the caller sees it, as the API's event. Every document of the index has its text, unless it is hidden. */
export function showEvent({ id, document }: StoredDocument): EventAnswer {
  const event = decodeIndexDocument(document, id);
  return document['record'] === undefined ? { ...event, textHidden: true } : event;
}
