import type { BatchOrigin } from './batch-origin.ts';
import { indexTimeJson } from './index-time.ts';
import type { MaskNoteEntry } from './index-document.ts';
import { jsonString } from './json-text.ts';
import { eventFields } from './fields/event-fields.ts';
import type { EventReading, FieldValue, LogEvent, ParseResult } from './log-event.ts';

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

/** The index document of an event as JSON on one line, without a line end. Document id: `documentId`. */
export function encodeIndexDocument(event: LogEvent | EventReading, place: SealedPlace): string {
  const { record } = place;
  let json =
    `{"@timestamp":${indexTimeJson(event.timestampUs)},"received_at":${receivedJson(place.receivedAtUs)}` +
    `${originPart(place.origin)}${jsonString(event.logStream)}` +
    `,"akashi.block":${place.block},"akashi.leaf":${place.leaf},"record":${jsonString(record)}`;
  if (event.messageOffset < 0) json += `,"message":${jsonString(event.message)}`;
  else if (event.message.length !== record.length) {
    json += `,"message_offset":${event.messageOffset},"message_length":${event.message.length}`;
  }
  if (event.originalTime !== undefined) json += `,"original_time":${jsonString(event.originalTime)}`;
  const { parse } = event;
  json += parsePart(parse);
  json += 'fieldNames' in event ? listedPart(event) : objectPart(event);
  if (place.notes.length > 0) json += notesPart(place.notes);
  return json + '}';
}

export function documentId(block: number, leaf: number): string {
  return `${block}-${leaf}`;
}

const originJson = new WeakMap<BatchOrigin, string>();
let lastOrigin: BatchOrigin | undefined;
let lastOriginJson = '';

/** What all records of a batch share, up to the value of log.stream. */
function originPart(origin: BatchOrigin): string {
  if (origin === lastOrigin) return lastOriginJson;
  let json = originJson.get(origin);
  if (json === undefined) {
    const { source } = origin;
    json =
      `,"log.group":${jsonString(origin.logGroup)},"akashi.source":${jsonString(source.id)}` +
      `,"akashi.transport":"${source.kind}","akashi.address":${jsonString(source.address)},"log.stream":`;
    originJson.set(origin, json);
  }
  lastOrigin = origin;
  lastOriginJson = json;
  return json;
}

let lastReceivedUs = -1;
let lastReceivedJson = '';

/** Records of one batch were received together. */
function receivedJson(receivedAtUs: number): string {
  if (receivedAtUs !== lastReceivedUs) {
    lastReceivedUs = receivedAtUs;
    lastReceivedJson = indexTimeJson(receivedAtUs);
  }
  return lastReceivedJson;
}

const parseJson = new Map<string, string>();

/** Format, status and reason come in few combinations. */
function parsePart(parse: ParseResult): string {
  const { format, status, reason = '' } = parse;
  if (status === 'parsed' && reason === '') {
    const kept = parseJson.get(format);
    if (kept !== undefined) return kept;
  }
  let json = `,"parse.format":${jsonString(format)},"parse.status":"${status}"`;
  if (reason !== '') json += `,"parse.reason":"${reason}"`;
  else if (status === 'parsed' && parseJson.size < 256) parseJson.set(format, json);
  return json;
}

const fieldStarts = new Map(Object.keys(eventFields).map((name) => [name, `,"${name}":`]));

function listedPart(event: EventReading): string {
  const { fieldNames, fieldValues, labelKeys, labelValues } = event;
  let json = '';
  for (let i = 0; i < fieldNames.length; i++) {
    const value = fieldValues[i];
    if (value !== undefined) json += `${fieldStarts.get(fieldNames[i] ?? '') ?? ''}${valueJson(value)}`;
  }
  if (labelKeys.length === 0) return json;
  json += ',"labels":{';
  for (let i = 0; i < labelKeys.length; i++) {
    json += `${i === 0 ? '' : ','}${jsonString(labelKeys[i] ?? '')}:${jsonString(labelValues[i] ?? '')}`;
  }
  return json + '}';
}

function objectPart(event: LogEvent): string {
  let json = '';
  for (const [name, value] of Object.entries(event.fields)) {
    if (fieldStarts.has(name)) json += `,"${name}":${valueJson(value)}`;
  }
  const labels = Object.entries(event.labels).map(([key, value]) => `${jsonString(key)}:${jsonString(value)}`);
  return labels.length === 0 ? json : `${json},"labels":{${labels.join(',')}}`;
}

function valueJson(value: FieldValue): string {
  if (typeof value === 'string') return jsonString(value);
  if (Array.isArray(value)) {
    return value.length === 1 ? `[${jsonString(value[0] ?? '')}]` : `[${value.map(jsonString).join(',')}]`;
  }
  return String(value);
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
