import { readMaskNotes } from './encode-index-document.ts';
import { eventIdOf, parseEventId } from './event-id.ts';
import { eventFields, isStructuralField } from './fields/event-fields.ts';
import type { ApiEvent, ApiEventSource } from './index-document.ts';
import { expandDocument } from './lean-document.ts';
import { readIndexTime } from './index-time.ts';
import { parseStatuses, type FieldValue } from './log-event.ts';

/**
 * The API's event of an index document (`_source`) under its id. Fields stand twice: flat under `fields`, and nested as ECS
 * objects, where the event's `source.ip`, `source.port` and `source.mac` join the delivering source's id and address.
 */
export function decodeIndexDocument(stored: Readonly<Record<string, unknown>>, id: string): ApiEvent {
  const document = expandDocument(stored);
  const fields: Record<string, FieldValue> = {};
  const nested: Record<string, unknown> = {};
  for (const name of Object.keys(document)) {
    if (!Object.hasOwn(eventFields, name) || isStructuralField(name)) continue;
    const value = document[name];
    if (!isFieldValue(value)) continue;
    fields[name] = value;
    if (!name.startsWith('source.')) placeNested(nested, name, value);
  }
  const record = text(document['record']);
  const originalTime = document['original_time'];
  const reason = document['parse.reason'];
  const status = parseStatuses.find((known) => known === document['parse.status']) ?? 'unparsed';
  return {
    ...nested,
    id,
    '@timestamp': readIndexTime(document['@timestamp']),
    receivedAt: readIndexTime(document['received_at']),
    ...(typeof originalTime === 'string' ? { originalTime } : {}),
    logGroup: text(document['log.group']),
    logStream: text(document['log.stream']),
    source: eventSource(document),
    message: messageOf(document, record),
    record,
    ...joinOf(document, id),
    masked: readMaskNotes(document['masked']),
    parse: {
      format: text(document['parse.format']),
      status,
      ...(typeof reason === 'string' ? { reason } : {}),
    },
    labels: labelsOf(document['labels']),
    fields,
  };
}

/** The other records of the event, by their ids. */
function joinOf(document: Readonly<Record<string, unknown>>, id: string): Pick<ApiEvent, 'partOf' | 'parts'> {
  const partOf = document['akashi.part_of'];
  const parts = document['akashi.parts'];
  const segmentId = parseEventId(id)?.segmentId;
  const positions = Array.isArray(parts) ? parts.filter((part): part is number => Number.isSafeInteger(part)) : [];
  return {
    ...(typeof partOf === 'string' ? { partOf } : {}),
    ...(segmentId === undefined || positions.length === 0
      ? {}
      : { parts: positions.map((position) => eventIdOf({ segmentId, position })) }),
  };
}

function eventSource(document: Readonly<Record<string, unknown>>): ApiEventSource {
  const source: ApiEventSource = {
    id: text(document['akashi.source']),
    kind: text(document['akashi.transport']),
    address: text(document['akashi.address']),
  };
  const ip = document['source.ip'];
  const port = document['source.port'];
  const mac = document['source.mac'];
  if (typeof ip === 'string') source.ip = ip;
  if (typeof port === 'number') source.port = port;
  if (typeof mac === 'string') source.mac = mac;
  return source;
}

function messageOf(document: Readonly<Record<string, unknown>>, record: string): string {
  const message = document['message'];
  if (typeof message === 'string') return message;
  const offset = document['message_offset'];
  const length = document['message_length'];
  if (typeof offset !== 'number') return record;
  return record.slice(offset, typeof length === 'number' ? offset + length : undefined);
}

function placeNested(root: Record<string, unknown>, name: string, value: FieldValue): void {
  const parts = name.split('.');
  const last = parts.pop() ?? name;
  let at = root;
  for (const part of parts) {
    const next = at[part];
    if (typeof next === 'object' && next !== null) at = next as Record<string, unknown>;
    else at = at[part] = {} as Record<string, unknown>;
  }
  at[last] = value;
}

function labelsOf(value: unknown): Record<string, string> {
  const labels: Record<string, string> = {};
  if (typeof value !== 'object' || value === null) return labels;
  for (const [key, label] of Object.entries(value)) if (typeof label === 'string') labels[key] = label;
  return labels;
}

function isFieldValue(value: unknown): value is FieldValue {
  if (Array.isArray(value)) return value.every((entry) => typeof entry === 'string');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
