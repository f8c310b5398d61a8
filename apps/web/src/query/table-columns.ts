import { eventFields, labelPrefix } from '@akashi/log-event';
import { fieldText, type EventRecord } from '../api-client/event.ts';

/** Columns with a word of their own; every other column is a field by its ECS name or `labels.…`. */
export const namedColumns = ['host', 'user', 'action', 'line'] as const;
export type NamedColumn = (typeof namedColumns)[number];
export type ColumnName = string;

/** More would leave none of them readable. */
export const mostColumns = 12;

const fieldOf: Record<NamedColumn, string> = {
  host: 'host.name',
  user: 'user.name',
  action: 'event.action',
  line: 'message',
};
const widths: Record<NamedColumn, number> = { host: 88, user: 116, action: 100, line: 240 };
const widthsByType: Record<string, number> = { ip: 120, date: 176, long: 88, double: 88, boolean: 72, text: 240 };
const otherWidth = 128;
const gap = 12;

export function isNamedColumn(name: string): name is NamedColumn {
  return namedColumns.some((known) => known === name);
}

/** Whether an address may name this column. */
export function isColumn(name: string): boolean {
  return isNamedColumn(name) || Object.hasOwn(eventFields, name) || /^labels\.[^\s,]{1,120}$/.test(name);
}

/** The fields that a column can be added for, in the catalogue's order; those with a column of their own are left out. */
export function columnFields(): string[] {
  const own = new Set(Object.values(fieldOf));
  return Object.keys(eventFields).filter((field) => !own.has(field));
}

/** Room for rows: the whole window, beside an open event, beside it in a smaller window, or that of a telephone. */
export type Room = 'wide' | 'beside' | 'tight' | 'narrow';

/** Where room is short only what leads to the line is kept, so that the line stays readable; the panel has the rest. */
export function columnsShown(columns: readonly ColumnName[], room: Room): readonly ColumnName[] {
  if (room === 'wide') return columns;
  const kept = columns.filter((name) => name === 'line' || (room === 'beside' && name === 'host'));
  return kept.length > 0 ? kept : columns.slice(0, 1);
}

/** Fixed tracks: the layout is known before any row is drawn. The first two are the time and the seal. */
export function columnTemplate(columns: readonly ColumnName[], room: Room = 'wide'): string {
  const line = room === 'narrow' ? 'minmax(0, 1fr)' : 'minmax(240px, 1fr)';
  const tracks = columns.map((name) => (name === 'line' ? line : `${widthOf(name)}px`));
  return [`${timeWidth(room)}px 16px`, ...tracks, ...(columns.includes('line') ? [] : ['1fr'])].join(' ');
}

/** Below this the table scrolls sideways. */
export function tableWidth(columns: readonly ColumnName[], room: Room = 'wide'): number {
  if (room === 'narrow') return 0;
  return columns.reduce((sum, name) => sum + widthOf(name) + gap, 128 + 16 + gap + 24);
}

/** The whole time to the millisecond, or the clock alone to the second. */
function timeWidth(room: Room): number {
  return room === 'narrow' ? 56 : 128;
}

function widthOf(name: ColumnName): number {
  if (isNamedColumn(name)) return widths[name];
  return widthsByType[eventFields[name]?.type ?? ''] ?? otherWidth;
}

export function cellText(event: EventRecord, name: ColumnName): string {
  // One line a row: line ends inside a record become a visible sign here; the panel shows the record as it is.
  if (name === 'line') return event.message.replace(/\r\n|\n|\r/g, ' ⏎ ');
  if (name === 'host') return fieldText(event, fieldOf.host) || event.logStream;
  if (name === 'log.group') return event.logGroup;
  if (name === 'log.stream') return event.logStream;
  if (name.startsWith(labelPrefix)) return event.labels[name.slice(labelPrefix.length)] ?? '';
  return fieldText(event, isNamedColumn(name) ? fieldOf[name] : name);
}

/** A copy with the column at `from` moved to `to`. */
export function moveColumn(columns: readonly ColumnName[], from: number, to: number): ColumnName[] {
  const moved = [...columns];
  const [taken] = moved.splice(from, 1);
  if (taken !== undefined) moved.splice(Math.max(0, Math.min(moved.length, to)), 0, taken);
  return moved;
}
