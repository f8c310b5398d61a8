/**
 * What one program writes, as a table: patterns with what the message says. The groups of a pattern fill fields in order.
 * What somebody outside types may stand in a group, so a pattern is anchored on the side that it does not reach, and each
 * group has a bound.
 */

import { derivedField, type EventDraft } from '../event-draft.ts';
import { macAddress } from './mac-address.ts';
import { readNetworkEndpoint } from './network-endpoint.ts';
import { transportName } from './transport-name.ts';

type Outcome = 'success' | 'failure' | 'unknown';
type Fill = (draft: EventDraft, value: string) => void;

export interface MessageRow {
  readonly pattern: RegExp;
  readonly action: string;
  readonly category: string;
  readonly outcome: Outcome | undefined;
  /** What the groups of the pattern fill, in order. */
  readonly parts: ReadonlyArray<Fill | undefined>;
  /** What the row says without a group. */
  readonly constants: ReadonlyArray<readonly [Fill, string]>;
}

/** Rows by the first character of their messages, those of any first character under ''. */
export type MessageTable = ReadonlyMap<string, readonly MessageRow[]>;

/**
 * `event` is action, category and, where the message decides it, outcome. `parts` names what the groups are: catalogued
 * fields, `source` and `destination` for addresses, `from` and `to` for those of network devices, `label:x`, `-` for
 * nothing; behind the groups `name=value` for what always holds.
 */
export function messageRow(pattern: string, event: string, parts = ''): MessageRow {
  const [action = '', category = '', outcome] = event.split(' ');
  const names = parts === '' ? [] : parts.split(' ');
  return {
    pattern: new RegExp(pattern, 's'),
    action,
    category,
    outcome: outcome === 'success' || outcome === 'failure' || outcome === 'unknown' ? outcome : undefined,
    parts: names.filter((name) => !name.includes('=')).map((name) => (name === '-' ? undefined : filler(name))),
    constants: names.filter((name) => name.includes('=')).map(constantOf),
  };
}

function constantOf(text: string): readonly [Fill, string] {
  const equals = text.indexOf('=');
  return [filler(text.slice(0, equals)), text.slice(equals + 1)];
}

/** A first group that may begin in several ways tells nothing. */
const literalStart = /^\^(?:\((?!\?)(?=[^|)]*\)))?([A-Za-z%])(?![?*{|])/;

export function messageTable(rows: readonly MessageRow[]): MessageTable {
  const any: MessageRow[] = [];
  const table = new Map<string, MessageRow[]>();
  for (const row of rows) {
    const first = literalStart.exec(row.pattern.source)?.[1];
    if (first === undefined) any.push(row);
    else table.set(first, [...(table.get(first) ?? []), row]);
  }
  return table.set('', any);
}

/** Fills what the first row that fits says; false when none does. */
export function readByTable(draft: EventDraft, message: string, table: MessageTable): boolean {
  return readRows(draft, message, table.get(message.charAt(0))) || readRows(draft, message, table.get(''));
}

/** The same where the rows are few or already chosen. */
export function readRows(draft: EventDraft, message: string, rows: readonly MessageRow[] = []): boolean {
  for (const row of rows) {
    const match = row.pattern.exec(message);
    if (match === null) continue;
    fillRow(draft, row, match);
    return true;
  }
  return false;
}

export function fillRow(draft: EventDraft, row: MessageRow, match: RegExpExecArray): void {
  draft.event(row.action, row.category, row.outcome);
  const { parts } = row;
  for (let i = 0; i < parts.length; i++) {
    const value = match[i + 1];
    if (value !== undefined && value !== '') parts[i]?.(draft, value);
  }
  for (const [fill, value] of row.constants) fill(draft, value);
}

/** Words that devices write in any case of letters. */
const lowerCased = new Set(['network.protocol', 'network.direction']);

const fillers = new Map<string, Fill>();

/** Fills what a name of `messageRow`'s parts stands for, for formats whose columns or keys are such a table. */
export function fillNamed(draft: EventDraft, name: string, value: string): void {
  let fill = fillers.get(name);
  if (fill === undefined) fillers.set(name, (fill = filler(name)));
  fill(draft, value);
}

/** Throws for a name that the catalogue does not have: tables are made when the process starts. */
function filler(name: string): Fill {
  if (name === 'source' || name === 'destination') return (draft, value) => draft.endpoint(name, value);
  if (name === 'from') return (draft, value) => readNetworkEndpoint(draft, 'source', value);
  if (name === 'to') return (draft, value) => readNetworkEndpoint(draft, 'destination', value);
  if (name === 'network.transport') return (draft, value) => draft.keyword(name, transportName(value));
  if (lowerCased.has(name)) return (draft, value) => draft.keyword(name, value.toLowerCase());
  if (name === 'source.mac' || name === 'destination.mac')
    return (draft, value) => draft.keyword(name, macAddress(value));
  if (name.startsWith('label:')) return (draft, value) => draft.label(name.slice(6), value);
  const field = derivedField(name);
  if (field === undefined) throw new Error(`${name} is no field of an event`);
  if (field.type === 'long') return (draft, value) => draft.long(field.name, value);
  if (field.type === 'double') return (draft, value) => draft.double(field.name, value);
  if (field.type === 'keyword') return (draft, value) => draft.keyword(field.name, value);
  return (draft, value) => void draft.take(field, value);
}
