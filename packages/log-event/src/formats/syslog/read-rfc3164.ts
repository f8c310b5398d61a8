/**
 * The BSD syslog line (RFC 3164) in the forms that are really sent, after an optional priority: a sequence number and
 * a clock-state mark as Cisco writes them, a time with or without year, fraction and zone, or an ISO time, with or
 * without host, with or without tag and process id.
 */

import type { EventDraft } from '../../event-draft.ts';
import { isDigitAt, readBsdTime, readIsoTime } from '../../time/read-time.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { programName, setHost } from './read-rfc5424.ts';

const maxHostChars = 255;
const maxTagChars = 128;

/** Reads what stands before the message and gives its start. Never refuses: without any header all is message. */
export function readRfc3164(draft: EventDraft, start: number): number {
  const { text } = draft;
  draft.parsedAs('syslog-rfc3164');
  let at = skipSequence(draft, start);
  const timeAt = skipClockMark(text, at);
  const wall = draft.foundAt === timeAt ? draft.foundWall : readHeaderTime(text, timeAt);
  if (wall === undefined) {
    return readTag(draft, skipBlanks(text, at));
  }
  draft.setWall(wall, timeAt);
  at = wall.end;
  if (text.charCodeAt(at) === 58) return readAfterCiscoTime(draft, skipBlanks(text, at + 1));
  at = skipBlanks(text, at);
  return readTag(draft, readHost(draft, at));
}

/** Whether a line without a priority begins as a syslog line does. */
export function startsRfc3164(draft: EventDraft, start: number): boolean {
  const { text } = draft;
  const at = skipClockMark(text, start);
  const wall = readBsdTime(text, at);
  if (wall === undefined || wall.end >= text.length || !endsTime(text, wall.end)) return false;
  draft.foundWall = wall;
  draft.foundAt = at;
  return true;
}

const ciscoLine = /^(\d{1,10}): (?:[A-Za-z0-9._-]{1,64}: )?[.*]?[A-Z][a-z]{2} [ \d]\d? /;

/** Whether the line is Cisco's with a sequence number but no priority, as in a file. */
export function startsCiscoSequence(text: string): boolean {
  return ciscoLine.test(text.slice(0, 100));
}

const isoHeader = /^[^\s:[\]="{}]{1,255} [^\s:[\]]{1,128}(?:\[\d{1,10}\])?:(?: |$)/;
const isoHeaderWithPid = /^[^\s:[\]="{}]{1,255} [^\s:[\]]{1,128}\[\d{1,10}\]: /;
const levelWord = /^(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|SEVERE|CRITICAL)\b/i;

/** Whether a host and a tag follow an ISO time, as rsyslog and journald write files. Without a zone only a process id is sure. */
export function followsIsoHeader(text: string, wall: WallTime): boolean {
  if (text.charCodeAt(wall.end) !== 32) return false;
  const rest = text.slice(skipBlanks(text, wall.end), wall.end + 400);
  const header = wall.offsetMinutes === undefined ? isoHeaderWithPid : isoHeader;
  return header.test(rest) && !levelWord.test(rest);
}

function readHeaderTime(text: string, at: number): WallTime | undefined {
  const wall = isDigitAt(text, at) ? readIsoTime(text, at) : readBsdTime(text, at);
  return wall !== undefined && endsTime(text, wall.end) ? wall : undefined;
}

function endsTime(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 58 || Number.isNaN(code);
}

/** `000123: ` and the host that `logging origin-id` puts after it. */
function skipSequence(draft: EventDraft, start: number): number {
  const { text } = draft;
  if (!isDigitAt(text, start)) return start;
  let at = start;
  while (at < start + 11 && isDigitAt(text, at)) at++;
  if (text.charCodeAt(at) !== 58 || text.charCodeAt(at + 1) !== 32) return start;
  draft.long('event.sequence', text.slice(start, at));
  at += 2;
  if (readHeaderTime(text, skipClockMark(text, at)) !== undefined) return at;
  const colon = text.indexOf(': ', at);
  if (colon < 0 || colon - at > 64 || readHeaderTime(text, skipClockMark(text, colon + 2)) === undefined) return at;
  setHost(draft, text.slice(at, colon));
  return colon + 2;
}

/** Cisco marks a clock that is not (`*`) or no longer (`.`) synchronised. */
function skipClockMark(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code === 46 || code === 42 ? at + 1 : at;
}

const ciscoMnemonic = /^%([A-Z0-9_]+(?:-[A-Z0-9_]+)*-[0-7]-[A-Z0-9_]+):/;

function readAfterCiscoTime(draft: EventDraft, at: number): number {
  takeMnemonic(draft, at);
  return at;
}

function takeMnemonic(draft: EventDraft, at: number): boolean {
  if (draft.text.charCodeAt(at) !== 37) return false;
  const match = ciscoMnemonic.exec(draft.text.slice(at, at + 120));
  if (match !== null) draft.keyword('event.code', match[1]);
  return match !== null;
}

/** The host, if the next word can be one: a word with a tag's end is the tag of a line that has no host. */
function readHost(draft: EventDraft, at: number): number {
  const { text } = draft;
  if (text.startsWith('Message forwarded from ', at)) {
    const colon = text.indexOf(': ', at);
    if (colon > 0 && colon - at < 280) {
      setHost(draft, text.slice(at + 23, colon));
      return colon + 2;
    }
  }
  let end = at;
  while (end < text.length && end - at <= maxHostChars && text.charCodeAt(end) > 32) {
    const code = text.charCodeAt(end);
    if (code === 34 || code === 61 || code === 123 || code === 91 || code === 40) return at;
    end++;
  }
  if (end === at || text.charCodeAt(at) === 37) return at;
  const last = text.charCodeAt(end - 1);
  if (last === 58 || end - at > maxHostChars || (text.charCodeAt(end) !== 32 && end < text.length)) return at;
  setHost(draft, text.slice(at, end));
  let next = skipBlanks(text, end);
  // The ASA puts a colon of its own between host and message.
  if (text.charCodeAt(next) === 58 && text.charCodeAt(next + 1) === 32) next = skipBlanks(text, next + 1);
  return next;
}

const versionedTag = /^([A-Za-z][\w.-]{0,63}) (\d[\w.]{0,31}): /;

/** `tag[pid]: `, `tag: `, `a tag of words[pid]: `; the place after it, where the message starts. */
function readTag(draft: EventDraft, at: number): number {
  const { text } = draft;
  if (takeMnemonic(draft, at)) return at;
  let end = at;
  const limit = Math.min(text.length, at + maxTagChars);
  let blank = -1;
  for (; end < limit; end++) {
    const code = text.charCodeAt(end);
    if (code === 58 || code === 91) break;
    if (code === 32 && blank < 0) blank = end;
    if (code === 34 || code === 61 || code === 123 || code === 44 || code === 10 || code === 9) return at;
  }
  if (end === at || end >= limit) return at;
  if (text.charCodeAt(end) === 91) return readTagWithPid(draft, at, end);
  if (blank >= 0) {
    const match = versionedTag.exec(text.slice(at, at + 100));
    if (match === null) return at;
    setTag(draft, match[1] ?? '');
    return at + match[0].length;
  }
  const after = text.charCodeAt(end + 1);
  if (after !== 32 && after !== 9 && end + 1 < text.length) return at;
  setTag(draft, text.slice(at, end));
  return skipOneBlank(text, end + 1);
}

function readTagWithPid(draft: EventDraft, at: number, open: number): number {
  const { text } = draft;
  const close = text.indexOf(']', open);
  if (close < 0 || close - open > 65) return at;
  const pid = text.slice(open + 1, close);
  const name = text.slice(at, open);
  const colon = text.charCodeAt(close + 1) === 58;
  const words = name.includes(' ');
  const ended = colon ? close + 2 : close + 1;
  const next = text.charCodeAt(ended);
  if ((!colon && (words || next !== 32)) || (words && !isNumber(pid)) || pid.includes(' ')) return at;
  if (colon && next !== 32 && next !== 9 && ended < text.length) return at;
  setTag(draft, name);
  draft.keyword('log.syslog.procid', pid);
  if (isNumber(pid)) draft.long('process.pid', pid);
  return skipOneBlank(text, ended);
}

function setTag(draft: EventDraft, tag: string): void {
  draft.keyword('log.syslog.appname', tag);
  draft.keyword('process.name', programName(tag));
}

function isNumber(text: string): boolean {
  return text.length > 0 && text.length <= 10 && /^\d+$/.test(text);
}

function skipOneBlank(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code === 32 || code === 9 ? at + 1 : at;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32) at++;
  return at;
}
