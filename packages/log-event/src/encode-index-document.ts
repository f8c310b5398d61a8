import type { BatchOrigin } from './batch-origin.ts';
import { indexTimeJson } from './index-time.ts';
import type { MaskNoteEntry } from './index-document.ts';
import { jsonString } from './json-text.ts';
import type { FieldValue, LogEvent } from './log-event.ts';

/** Where an event's record is sealed, with what the index keeps of it. */
export interface SealedPlace {
  block: number;
  leaf: number;
  /** The record's text: its masked bytes read as UTF-8. */
  record: string;
  origin: BatchOrigin;
  receivedAtUs: number;
  /** JSON of the mask notes, empty when there are none. */
  notes: Uint8Array;
}

const originJson = new WeakMap<BatchOrigin, string>();

/** The index document of an event as JSON on one line, without a line end. Document id: `documentId`. */
export function encodeIndexDocument(event: LogEvent, place: SealedPlace): string {
  const { record } = place;
  let json =
    `{"@timestamp":${indexTimeJson(event.timestampUs)},"received_at":${indexTimeJson(place.receivedAtUs)}` +
    `${originPart(place.origin)},"log.stream":${jsonString(event.logStream)}` +
    `,"akashi.block":${place.block},"akashi.leaf":${place.leaf},"record":${jsonString(record)}`;
  if (event.messageOffset < 0) json += `,"message":${jsonString(event.message)}`;
  else if (event.message.length !== record.length) {
    json += `,"message_offset":${event.messageOffset},"message_length":${event.message.length}`;
  }
  if (event.originalTime !== undefined) json += `,"original_time":${jsonString(event.originalTime)}`;
  const { parse, fields } = event;
  json += `,"parse.format":${jsonString(parse.format)},"parse.status":"${parse.status}"`;
  if (parse.reason !== undefined) json += `,"parse.reason":"${parse.reason}"`;
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) json += `,"${name}":${valueJson(value)}`;
  }
  json += labelsPart(event.labels);
  if (place.notes.length > 0) json += notesPart(place.notes);
  return json + '}';
}

export function documentId(block: number, leaf: number): string {
  return `${block}-${leaf}`;
}

function originPart(origin: BatchOrigin): string {
  let json = originJson.get(origin);
  if (json === undefined) {
    const { source } = origin;
    json =
      `,"log.group":${jsonString(origin.logGroup)},"akashi.source":${jsonString(source.id)}` +
      `,"akashi.transport":"${source.kind}","akashi.address":${jsonString(source.address)}`;
    originJson.set(origin, json);
  }
  return json;
}

function valueJson(value: FieldValue): string {
  if (typeof value === 'string') return jsonString(value);
  if (Array.isArray(value)) return value.length === 1 ? `[${jsonString(value[0] ?? '')}]` : JSON.stringify(value);
  return String(value);
}

function labelsPart(labels: Record<string, string>): string {
  let json = '';
  for (const key in labels)
    json += `${json === '' ? ',"labels":{' : ','}${jsonString(key)}:${jsonString(labels[key] ?? '')}`;
  return json === '' ? '' : json + '}';
}

function notesPart(notes: Uint8Array): string {
  const entries = readNotes(notes);
  if (entries.length === 0) return '';
  const rules = [...new Set(entries.map((entry) => entry.rule))];
  return `,"masked":${JSON.stringify(entries)},"masked_rules":${JSON.stringify(rules)}`;
}

function readNotes(notes: Uint8Array): MaskNoteEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(notes.buffer, notes.byteOffset, notes.byteLength).toString('utf8'));
  } catch {
    return [];
  }
  return readMaskNotes(value);
}

/** The well-formed mask notes of a JSON value; anything else in it is left out. */
export function readMaskNotes(value: unknown): MaskNoteEntry[] {
  if (!Array.isArray(value)) return [];
  const entries: MaskNoteEntry[] = [];
  for (const entry of value as unknown[]) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { rule, start, length } = entry as Record<string, unknown>;
    if (typeof rule === 'string' && typeof start === 'number' && typeof length === 'number') {
      entries.push({ rule, start, length });
    }
  }
  return entries;
}
