/**
 * One JSON object in a record. Keys are flattened with dots; those of the catalogue, and common spellings of them, become
 * fields, the others labels. Integers that a double cannot hold keep their digits.
 */

import { derivedField, type EventDraft } from '../../event-draft.ts';
import { keyMeaning, type KeyMeaning } from '../../key-meaning.ts';
import { readAnyTime } from '../../time/read-any-time.ts';

/** Deeper objects are kept as JSON text in one label. */
const maxDepth = 8;
const maxValues = 512;

/** False when the text from `start` is not one JSON object. */
export function readJson(draft: EventDraft, start: number): boolean {
  const object = parseJsonObject(start === 0 ? draft.text : draft.text.slice(start));
  if (object === undefined) return false;
  draft.parsedAs('json');
  readJsonMembers(draft, object, start);
  return true;
}

/** Members whose meaning no format of its own defines; the text that they are of begins at `start`. */
export function readJsonMembers(draft: EventDraft, object: JsonObject, start: number): void {
  const reading: Reading = { draft, left: maxValues, message: undefined, zone: '', timeSeen: false, timeRead: false };
  readMembers(reading, object, '');
  if (reading.zone !== '' && reading.timeRead) draft.setZone(reading.zone);
  draft.placeForwarded();
  if (reading.left < 0) draft.flaw ??= 'fields-dropped';
  if (reading.timeSeen && !draft.hasTime) draft.flaw ??= 'time-unknown';
  if (reading.message !== undefined) placeMessage(draft, reading.message, start);
}

export type JsonObject = Record<string, unknown>;

interface FoundMessage {
  key: string;
  text: string;
}

interface Reading {
  draft: EventDraft;
  left: number;
  message: FoundMessage | undefined;
  zone: string;
  timeSeen: boolean;
  timeRead: boolean;
}

/** Integers that a double cannot hold are their digits. Undefined when the text is not one object. */
export function parseJsonObject(text: string): JsonObject | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
    if (hasLongInteger.test(text)) value = JSON.parse(text, keepDigits);
  } catch {
    return undefined;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

const hasLongInteger = /[:[,]\s{0,8}-?\d{16}/;

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? source : value;
}

function readMembers(reading: Reading, object: Record<string, unknown>, prefix: string): void {
  // An object made by JSON.parse inherits nothing that could be enumerated; this loop is the one that engines make fast.
  for (const key in object) {
    if (!Object.hasOwn(object, key)) continue;
    if (--reading.left < 0) return;
    readValue(reading, prefix === '' ? key : `${prefix}.${key}`, object[key]);
  }
}

function readValue(reading: Reading, path: string, value: unknown): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'object') {
    if (Array.isArray(value)) readList(reading, path, value);
    else if (depthOf(path) < maxDepth) readMembers(reading, value as Record<string, unknown>, path);
    else reading.draft.namedLabel(keyMeaning(path).label, listText(value));
    return;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    readScalar(reading, path, value);
}

function readList({ draft }: Reading, path: string, value: unknown[]): void {
  const meaning = keyMeaning(path);
  if (draft.take(meaning.field, value)) return;
  const isTexts = value.every((entry) => typeof entry === 'string');
  if (isTexts && (meaning.role === 'forwarded' || meaning.known?.type === 'ip'))
    takeField(draft, meaning, value.join(', '));
  else draft.namedLabel(meaning.label, listText(value));
}

function readScalar(reading: Reading, path: string, value: string | number | boolean): void {
  const { draft } = reading;
  const meaning = keyMeaning(path);
  const { role } = meaning;
  if (role === 'time' && typeof value !== 'boolean' && !reading.timeRead) {
    reading.timeSeen = true;
    reading.timeRead = takeTime(draft, value);
    if (reading.timeRead) return;
  }
  if (role === 'message' && reading.message === undefined && typeof value === 'string') {
    reading.message = { key: path, text: value };
    return;
  }
  if (role === 'zone') reading.zone ||= String(value);
  takeField(draft, meaning, value);
}

/** A value under a sender's key: a catalogued field when it fits, else a label. Also for key=value lines. */
export function takeField(draft: EventDraft, meaning: KeyMeaning, value: string | number | boolean): void {
  const { field, known, instead, role } = meaning;
  if (role === 'outcome') {
    if (draft.take(outcomeField, outcomeOf(value) ?? value)) return;
  } else if (role === 'result') {
    draft.take(outcomeField, meaning.label === 'success' ? successOf(value) : resultOf(value));
  } else if (role === 'forwarded' && typeof value === 'string') draft.forwardedFor ??= value;
  if (draft.take(field, value)) return;
  if (known !== undefined) {
    if (draft.take(known, meaning.isLevel ? levelName(value) : value)) return;
    if (instead !== undefined && value !== '-' && draft.take(instead, value)) return;
  }
  draft.namedLabel(meaning.label, String(value));
}

/** The time of an inner format. An outer one that the record already has stays, this one is then only a label's text. */
export function takeTime(draft: EventDraft, value: string | number): boolean {
  const time = readAnyTime(value);
  if (time === undefined || draft.hasTime) return false;
  if ('wall' in time) draft.wall = time.wall;
  else draft.epochUs = time.epochUs;
  draft.timeText = String(value);
  return true;
}

const outcomeField = derivedField('event.outcome');

/** ECS has three words for an outcome; senders write them, and others for them, in any case of letters. */
const outcomes = new Map([
  ...['success', 'succeeded', 'successful', 'succeed', 'ok', 'passed', 'allowed', 'granted', 'accepted'].map(
    (word) => [word, 'success'] as const,
  ),
  ...['failure', 'failed', 'fail', 'unsuccessful', 'error', 'denied', 'rejected', 'refused', 'blocked'].map(
    (word) => [word, 'failure'] as const,
  ),
  ['unknown', 'unknown'],
]);

export function outcomeOf(value: string | number | boolean): string | undefined {
  return typeof value === 'string' ? outcomes.get(value.trim().toLowerCase()) : undefined;
}

const resultWords = new Set('success succeeded successful failure failed fail denied'.split(' '));

/** `status="failed"`, `"result": "Success"`: a state of health (`ok`, `error`) is no outcome. */
function resultOf(value: string | number | boolean): string | undefined {
  return typeof value === 'string' && resultWords.has(value.trim().toLowerCase()) ? outcomeOf(value) : undefined;
}

/** `success=yes`, `"success": false`. */
function successOf(value: string | number | boolean): string | undefined {
  const word = String(value).toLowerCase();
  if (word === 'yes' || word === 'true') return 'success';
  return word === 'no' || word === 'false' ? 'failure' : undefined;
}

const numericLevels = new Map([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
]);

function levelName(value: string | number | boolean): string {
  const name = typeof value === 'number' ? numericLevels.get(value) : undefined;
  return name ?? String(value).toLowerCase();
}

const maxPlaces = 16;

/** As a part of the record where it stands there without escapes: behind its key, since looking for all of it elsewhere may cost its length squared. */
function placeMessage(draft: EventDraft, { key, text: message }: FoundMessage, start: number): void {
  const { text } = draft;
  const written = `"${key}"`;
  let at = text.indexOf(written, start);
  for (let tries = 0; at >= 0 && tries < maxPlaces; tries++) {
    const from = valueStart(text, at + written.length);
    if (from >= 0 && text.startsWith(message, from) && text.charCodeAt(from + message.length) === 34) {
      draft.messageStart = from;
      draft.messageEnd = from + message.length;
      return;
    }
    at = text.indexOf(written, at + 1);
  }
  draft.detachedMessage = message;
}

const spacedStart = /\s{0,64}:\s{0,64}"/y;

/** Where a text begins that is the value of the key which ends at `at`, -1 where there is none. */
function valueStart(text: string, at: number): number {
  if (text.charCodeAt(at) === 58 && text.charCodeAt(at + 1) === 34) return at + 2;
  spacedStart.lastIndex = at;
  return spacedStart.test(text) ? spacedStart.lastIndex : -1;
}

function depthOf(path: string): number {
  let depth = 1;
  for (let i = 0; i < path.length; i++) if (path.charCodeAt(i) === 46) depth++;
  return depth;
}

function listText(value: object): string {
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object' || entry === null))
    return value.join(', ');
  try {
    return JSON.stringify(value);
  } catch {
    // Nested deeper than the stack: the record itself still shows it.
    return '';
  }
}
