/** Fields and labels of an event as members of a JSON object. What recurs is kept as one piece of text. */

import { eventFields } from './fields/event-fields.ts';
import { pciFields } from './fields/pci-fields.ts';
import { priorityNames, priorityValues } from './formats/syslog/priority.ts';
import { priorityField } from './lean-document.ts';
import { flatText, jsonInside, jsonString } from './json-text.ts';
import type { EventReading, FieldValue, LogEvent } from './log-event.ts';

/** Fields that take few values, so that looking a value up is cheaper than writing it. */
const fewValued = new Set([
  'host.name',
  'process.name',
  'service.name',
  'event.outcome',
  'http.request.method',
  'http.version',
  'log.level',
  'log.logger',
  'log.syslog.appname',
  'log.syslog.version',
  'network.transport',
  'ssh.method',
]);
const keptValues = 256;
const keptValueChars = 48;

interface FieldSlot {
  /** `,"user.name":` */
  readonly start: string;
  /** `,"user.name":"` */
  readonly open: string;
  /** Value → `,"host.name":"web01"`, for fields of few values. */
  readonly pieces: Map<string, string> | undefined;
  /** The same for lists of which there are few, each one object for all events. */
  readonly lists: Map<readonly string[], string> | undefined;
}

const slots = new Map<string, FieldSlot>(
  Object.keys(eventFields).map((name) => [
    name,
    {
      start: flatText(`,"${name}":`),
      open: flatText(`,"${name}":"`),
      pieces: fewValued.has(name) ? new Map<string, string>() : undefined,
      lists: Object.hasOwn(pciFields, name) ? new Map<readonly string[], string>() : undefined,
    },
  ]),
);

/** The members of an event as it was read, each with its comma before it. */
export function listedMembers(event: EventReading): string {
  const { fieldNames, fieldValues, labelKeys, labelValues } = event;
  const { length } = fieldNames;
  let json = '';
  for (let i = 0; i < length; i++) {
    const name = fieldNames[i] ?? '';
    if (name === 'event.action') {
      const kept = eventPiece(fieldNames, fieldValues, i);
      if (kept !== undefined) {
        json += kept.text;
        i += kept.fields - 1;
        continue;
      }
    } else if (name === 'log.syslog.priority') {
      const kept = priorityPiece(fieldNames, fieldValues, i);
      if (kept !== undefined) {
        json += kept;
        i += priorityNames.length - 1;
        continue;
      }
    }
    const value = fieldValues[i];
    const slot = slots.get(name);
    if (value === undefined || slot === undefined) continue;
    if (typeof value === 'string') json += textMember(slot, value);
    else
      json +=
        slot.lists !== undefined && Array.isArray(value)
          ? listMember(slot, slot.lists, value)
          : slot.start + otherJson(value);
  }
  if (labelKeys.length === 0) return json;
  for (let i = 0; i < labelKeys.length; i++) {
    json += (i === 0 ? ',"labels":{' : ',') + labelStart(labelKeys[i] ?? '') + jsonInside(labelValues[i] ?? '') + '"';
  }
  return json + '}';
}

/** The same of an event in its plain form. */
export function objectMembers(event: LogEvent): string {
  let json = '';
  const names = Object.keys(event.fields);
  const values = Object.values(event.fields);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? '';
    const priority = name === 'log.syslog.priority' ? priorityPiece(names, values, i) : undefined;
    if (priority !== undefined) {
      json += priority;
      i += priorityNames.length - 1;
      continue;
    }
    const value = values[i];
    const slot = slots.get(name);
    if (slot !== undefined && value !== undefined)
      json += slot.start + (typeof value === 'string' ? jsonString(value) : otherJson(value));
  }
  const labels = Object.entries(event.labels).map(([key, value]) => `${jsonString(key)}:${jsonString(value)}`);
  return labels.length === 0 ? json : `${json},"labels":{${labels.join(',')}}`;
}

function textMember(slot: FieldSlot, value: string): string {
  const { pieces } = slot;
  if (pieces === undefined || value.length > keptValueChars) return slot.open + jsonInside(value) + '"';
  const kept = pieces.get(value);
  if (kept !== undefined) return kept;
  const piece = flatText(`${slot.open}${jsonInside(value)}"`);
  // Values come from outside: the memory is only kept small, not complete.
  if (pieces.size >= keptValues) pieces.clear();
  pieces.set(flatText(value), piece);
  return piece;
}

function listMember(slot: FieldSlot, kept: Map<readonly string[], string>, list: string[]): string {
  let piece = kept.get(list);
  if (piece !== undefined) return piece;
  piece = flatText(slot.start + otherJson(list));
  if (kept.size >= keptValues) kept.clear();
  kept.set(list, piece);
  return piece;
}

function otherJson(value: Exclude<FieldValue, string>): string {
  if (!Array.isArray(value)) return String(value);
  return value.length === 1 ? `[${jsonString(value[0] ?? '')}]` : `[${value.map(jsonString).join(',')}]`;
}

interface EventPiece {
  readonly category: string;
  readonly outcome: FieldValue | undefined;
  readonly text: string;
  readonly fields: number;
}

const eventPieces = new Map<string, EventPiece>();

/** Action, category and outcome, which a format sets together; undefined where they do not stand so. */
function eventPiece(names: readonly string[], values: readonly FieldValue[], at: number): EventPiece | undefined {
  const action = values[at];
  const categories = values[at + 1];
  if (typeof action !== 'string' || names[at + 1] !== 'event.category' || !Array.isArray(categories)) return undefined;
  const category = categories[0];
  if (category === undefined || categories.length !== 1) return undefined;
  const outcome = names[at + 2] === 'event.outcome' ? values[at + 2] : undefined;
  const kept = eventPieces.get(action);
  if (kept?.category === category && kept.outcome === outcome) return kept;
  if (outcome !== undefined && typeof outcome !== 'string') return undefined;
  if (action.length + category.length + (outcome?.length ?? 0) > 3 * keptValueChars) return undefined;
  const text =
    `,"event.action":${jsonString(action)},"event.category":[${jsonString(category)}]` +
    (outcome === undefined ? '' : `,"event.outcome":${jsonString(outcome)}`);
  const piece = { category, outcome, text: flatText(text), fields: outcome === undefined ? 2 : 3 };
  if (eventPieces.size >= keptValues) eventPieces.clear();
  eventPieces.set(flatText(action), piece);
  return piece;
}

const priorityPieces: string[] = [];

/** What stands for the five fields of a syslog priority; undefined where a record's own keys made them. */
function priorityPiece(names: readonly string[], values: readonly FieldValue[], at: number): string | undefined {
  const priority = values[at];
  if (typeof priority !== 'number') return undefined;
  const expected = priorityValues(priority);
  if (expected.length === 0) return undefined;
  for (let i = 1; i < expected.length; i++) {
    if (names[at + i] !== priorityNames[i] || values[at + i] !== expected[i]) return undefined;
  }
  return (priorityPieces[priority] ??= flatText(`,"${priorityField}":${priority}`));
}

const labelStarts = new Map<string, string>();

/** `"order_id":"`: the keys of a source's records recur. */
function labelStart(key: string): string {
  const kept = labelStarts.get(key);
  if (kept !== undefined) return kept;
  const start = flatText(`${jsonString(key)}:"`);
  if (labelStarts.size >= 1024) labelStarts.clear();
  labelStarts.set(flatText(key), start);
  return start;
}
