/** Events as Splunk's forwarder sends them on: a time, `Name=value` lines, and the rendered text behind `Message=`. */

import type { EventDraft } from '../../event-draft.ts';
import { readClock } from '../../time/read-time.ts';
import { isCalendarDay } from '../../time/wall-time.ts';
import { levelOf, outcomeOfKeywords } from './event-words.ts';
import { readRenderedText } from './rendered-text.ts';
import { placeWindowsEvent } from './windows-event.ts';

/** The month comes first: that is how the forwarder writes it, whatever the host's language is. */
const head = /^(\d\d)\/(\d\d)\/(\d{4}) \d\d:\d\d:\d\d(?:\.\d{1,6})?( [AP]M)?\r?\nLogName=/;
const messageMark = '\nMessage=';
const securityProvider = /^Microsoft Windows security auditing\.?$/;

export function startsEventLines(text: string): boolean {
  return text.charCodeAt(2) === 47 && head.test(text.slice(0, 60));
}

export function readEventLines(draft: EventDraft): boolean {
  const { text } = draft;
  const match = head.exec(text.slice(0, 60));
  if (match === null) return false;
  const [, month, day, year, half] = match;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  const wall = readClock(text, 11);
  if (wall === undefined || !isCalendarDay(date.year, date.month, date.day)) return false;
  Object.assign(wall, date);
  if (half !== undefined) wall.secondOfDay = (wall.secondOfDay % 43_200) + (half === ' PM' ? 43_200 : 0);
  draft.setWall(wall, 0);
  const cut = text.indexOf(messageMark);
  const values = new Map<string, string>();
  for (const line of text.slice(0, cut < 0 ? text.length : cut).split('\n')) {
    const equals = line.indexOf('=');
    if (equals > 0) values.set(line.slice(0, equals), line.slice(equals + 1).trim());
  }
  const message = cut < 0 ? '' : text.slice(cut + messageMark.length);
  const source = values.get('SourceName') ?? '';
  const data = new Map<string, string>();
  readRenderedText(data, message);
  if (source.startsWith('MSSQL')) data.set('Message', message);
  placeWindowsEvent(draft, {
    id: values.get('EventCode') ?? '',
    provider: securityProvider.test(source) ? 'Microsoft-Windows-Security-Auditing' : source,
    channel: values.get('LogName') ?? '',
    computer: values.get('ComputerName'),
    recordId: values.get('RecordNumber'),
    level: levelOf(values.get('Type') ?? ''),
    outcome: outcomeOfKeywords(values.get('Keywords') ?? ''),
    userSid: values.get('Sid'),
    userName: values.get('User') === 'NOT_TRANSLATED' ? undefined : values.get('User'),
    data,
  });
  if (message !== '') {
    draft.messageStart = cut + messageMark.length;
    draft.messageEnd = text.length;
  }
  return true;
}
