import { parseEventId, shortUuid } from '@akashi/log-event';

/**
 * `_id`s of the index: the tenant in 22 characters of base64url, a full stop, the event's id. An id that is unique within one
 * tenant would meet another tenant's in a stream that they share, and be taken for a document that is there already.
 */
export function documentIdPrefix(tenantId: string, segmentId: string): string {
  return `${shortUuid(tenantId)}.${shortUuid(segmentId)}.`;
}

export function documentIdOf(tenantId: string, eventId: string): string {
  return `${shortUuid(tenantId)}.${eventId}`;
}

/** The event's id in an `_id`. One that the tenant's documents never have stands for itself. */
export function eventIdIn(tenantId: string, documentId: string): string {
  const prefix = `${shortUuid(tenantId)}.`;
  return documentId.startsWith(prefix) ? documentId.slice(prefix.length) : documentId;
}

/** The landing segment of an `_id` of the tenant. */
export function segmentIn(tenantId: string, documentId: string): string {
  const place = parseEventId(eventIdIn(tenantId, documentId));
  if (place === undefined) throw new RangeError('not the id of a document of the tenant');
  return place.segmentId;
}
