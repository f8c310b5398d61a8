import type { BatchOrigin } from './batch-origin.ts';
import { envelopeJson } from './document-envelope.ts';
import { listedMembers, objectMembers } from './field-text.ts';
import type { MaskNoteEntry } from './index-document.ts';
import { indexTimeJson } from './index-time.ts';
import { flatText, jsonInside, jsonString } from './json-text.ts';
import type { EventReading, LogEvent, ParseResult } from './log-event.ts';
import { searchText, searchTextField } from './search-text.ts';

/** Whose event a record is and where it was accepted, with what the index keeps of it. */
export interface DocumentPlace {
  tenantId: string;
  segmentId: string;
  position: number;
  /** The record's text: its masked bytes read as UTF-8. */
  record: string;
  origin: BatchOrigin;
  receivedAtUs: number;
  /** JSON of the mask notes, empty when there are none. */
  notes: Uint8Array;
}

/** The index document of an event as JSON on one line, without a line end. */
export function encodeIndexDocument(event: LogEvent | EventReading, place: DocumentPlace): string {
  return documentHead(event, place) + jsonInside(place.record) + documentTail(event, place);
}

/** A document up to the text of its record, whose JSON (without the quotes) stands between head and tail. */
export function documentHead(event: LogEvent | EventReading, place: DocumentPlace): string {
  return (
    '{"@timestamp":' +
    indexTimeJson(event.timestampUs) +
    envelopeJson(place, event.logStream) +
    String(place.position) +
    ',"record":"'
  );
}

/** A document from the quote after the text of its record on; `joined` is what it says of other records of its event. */
export function documentTail(event: LogEvent | EventReading, place: DocumentPlace, joined = ''): string {
  let json: string;
  if (event.messageOffset < 0) json = `","message":${jsonString(event.message)}`;
  else if (event.message.length === place.record.length) json = '"';
  else {
    const { messageOffset, message } = event;
    const isToTheEnd = messageOffset + message.length === place.record.length;
    json = messagePlace(messageOffset) + (isToTheEnd ? '' : `,"message_length":${message.length}`);
  }
  const readable = searchText(place.record);
  if (readable !== undefined) json += `,"${searchTextField}":${jsonString(readable)}`;
  const { originalTime } = event;
  if (originalTime !== undefined) json += ',"original_time":"' + jsonInside(originalTime) + '"';
  json += parsePart(event.parse);
  json += 'fieldNames' in event ? listedMembers(event) : objectMembers(event);
  if (place.notes.length > 0) json += notesPart(place.notes);
  return json + joined + '}';
}

const messagePlaces: string[] = [];

/** Where the message begins. It ends with the record where no length is given. Messages start early, and at few places. */
function messagePlace(offset: number): string {
  if (offset >= 512) return `","message_offset":${offset}`;
  return (messagePlaces[offset] ??= flatText(`","message_offset":${offset}`));
}

interface ParsePiece extends ParseResult {
  readonly text: string;
}

const parsePieces = new Map<string, ParsePiece>();

/** Format, status and reason come in few combinations. */
function parsePart(parse: ParseResult): string {
  const { format, status, reason } = parse;
  const kept = parsePieces.get(format);
  if (kept?.status === status && kept.reason === reason) return kept.text;
  const text =
    `,"parse.format":${jsonString(format)},"parse.status":"${status}"` +
    (reason === undefined ? '' : `,"parse.reason":"${reason}"`);
  if (parsePieces.size >= 256) parsePieces.clear();
  const piece = { format, status, text: flatText(text), ...(reason === undefined ? {} : { reason }) };
  parsePieces.set(format, piece);
  return piece.text;
}

/** The rules that masked something in a record, by its mask notes: `masked_rules` of its document. */
export function maskedRules(notes: Uint8Array): string[] {
  return notes.length === 0 ? [] : rulesOf(readNotes(notes));
}

function rulesOf(entries: readonly MaskNoteEntry[]): string[] {
  return [...new Set(entries.map((entry) => entry.rule))];
}

function notesPart(notes: Uint8Array): string {
  const entries = readNotes(notes);
  if (entries.length === 0) return '';
  const rules = rulesOf(entries);
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
