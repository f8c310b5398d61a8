/**
 * Rows of an entry system: `2026/06/29 08:50:12,00050,山田太郎,サーバ室,入室,許可`, in any order behind the time, with commas or tabs.
 * A row says for itself which value is what: its words for direction and result, a badge's number, a door's name.
 *
 * The badge is the account on the entry system: `user.id`, and `user.name` where the row has no name of a person.
 */

import type { EventDraft } from '../../event-draft.ts';
import { isCalendarDay, type WallTime } from '../../time/wall-time.ts';
import { readCsvRow } from '../../csv-row.ts';
import { badgeAt, entryWords, isAlarm, isDoor } from './entry-words.ts';

export const entryLogFormat = 'entry-log';

const mostValues = 16;

/** A date and a time of day with or without seconds, as one value or as two. No `T` and no fraction: those are programs'. */
const leading = /^"?(\d{4})([/-])(\d{1,2})\2(\d{1,2})"?[ ,\t]"?(\d{1,2}):(\d\d)(?::(\d\d))?"?([,\t])/;

/** A row that says for itself that it is about a door: `IN` beside a number alone may be anybody's. */
export function readEntryRow(draft: EventDraft): boolean {
  return readRow(
    draft,
    ({ direction, outcome, door, isAlarm, isJapanese }) =>
      isAlarm || door !== undefined || (direction !== undefined && (outcome !== undefined || isJapanese)),
  );
}

/** A row of a source that is said to be an entry system: a badge and a result are enough. */
export function readEntryLog(draft: EventDraft): boolean {
  return readRow(draft, () => true);
}

function readRow(draft: EventDraft, isOne: (row: EntryRow) => boolean): boolean {
  const { text } = draft;
  const match = leading.exec(text.slice(0, 40));
  if (match === null) return false;
  const end = match[0].length;
  const values = readCsvRow(text, end, { most: mostValues, separator: match[8] === ',' ? 44 : 9 });
  const row = partsOf(values.map((value) => value.trim()));
  const wall = wallOf(match);
  if (row === undefined || wall === undefined || !isOne(row)) return false;
  draft.parsedAs(entryLogFormat);
  draft.setWall(wall, text.charCodeAt(0) === 34 ? 1 : 0);
  const kind = row.isAlarm ? 'door_alarm' : `badge_${row.direction ?? 'read'}`;
  draft.event(kind, 'authentication', row.isAlarm ? 'failure' : (row.outcome ?? 'success'));
  draft.keyword('user.id', row.badge);
  draft.keyword('user.name', row.person ?? row.badge);
  draft.keyword('entry.door', row.door);
  draft.keyword('entry.direction', row.direction);
  draft.keyword('event.reason', row.reason);
  row.others.forEach((value, at) => draft.label(`column_${at + 1}`, value));
  return true;
}

function wallOf(match: RegExpExecArray): WallTime | undefined {
  const [whole, year, , month, day, hour, minute, second = '0'] = match;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  const secondOfDay = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  if (!isCalendarDay(date.year, date.month, date.day) || secondOfDay > 86_400) return undefined;
  const end = whole.length - (whole.at(-2) === '"' ? 2 : 1);
  return { ...date, secondOfDay, micros: 0, offsetMinutes: undefined, hasUnknownZone: false, end };
}

interface EntryRow {
  badge?: string;
  person?: string;
  door?: string;
  direction?: 'entry' | 'exit' | undefined;
  outcome?: 'success' | 'failure';
  reason?: string;
  isAlarm: boolean;
  /** Its words for direction or result are Japanese. */
  isJapanese: boolean;
  others: string[];
}

/** Undefined unless there are a badge or an alarm, and a direction, a result or a door. */
function partsOf(values: readonly string[]): EntryRow | undefined {
  const row: EntryRow = { isAlarm: false, isJapanese: false, others: [] };
  const badge = badgeAt(values);
  if (badge >= 0) row.badge = values[badge] ?? '';
  values.forEach((value, at) => {
    if (value !== '' && at !== badge) takePart(row, value);
  });
  if (row.badge === undefined && !row.isAlarm) return undefined;
  const isAbout = row.direction ?? row.outcome ?? (row.isAlarm ? row.door : undefined);
  if (isAbout === undefined) return undefined;
  return row;
}

function takePart(row: EntryRow, value: string): void {
  const words = entryWords(value);
  if (words !== undefined && (row.direction === undefined || row.outcome === undefined)) {
    row.direction ??= words.direction;
    row.isJapanese ||= value.charCodeAt(0) > 127;
    if (words.outcome !== undefined && row.outcome === undefined) {
      row.outcome = words.outcome;
      if (words.outcome === 'failure') row.reason = value;
    }
  } else if (isAlarm(value)) {
    row.isAlarm = true;
    row.reason = value;
  } else if (row.door === undefined && isDoor(value)) row.door = value;
  else if (row.person === undefined && /^\D{2,64}$/u.test(value) && !/^[a-z_ ]+$/.test(value)) row.person = value;
  else row.others.push(value);
}
