/**
 * The BSD syslog line (RFC 3164) in the forms that are really sent, after an optional priority: a sequence number and
 * a clock-state mark as Cisco writes them, a time with or without year, fraction and zone, or an ISO time, with or
 * without host, with or without tag and process id.
 */

import type { EventDraft } from '../../event-draft.ts';
import { epochTextMicros } from '../../time/read-epoch.ts';
import { readBsdTime } from '../../time/read-time.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { startsBarHeader } from '../bar-header.ts';
import { endsTime, readHeaderTime, skipBlanks, skipClockMark } from './header-time.ts';
import { skipDevicePrefix, skipMnemonicHost, skipRelayedPrefix, skipZoneWord, takeMnemonic } from './read-cisco.ts';
import { programName, setHost } from './read-rfc5424.ts';

const maxHostChars = 255;
const maxTagChars = 128;

/** Reads what stands before the message and gives its start. Never refuses: without any header all is message. */
export function readRfc3164(draft: EventDraft, start: number): number {
  const { text } = draft;
  draft.parsedAs('syslog-rfc3164');
  let at = skipBlanks(text, start);
  const first = at;
  let wall = takeTime(draft, at);
  if (wall === undefined) {
    at = skipDevicePrefix(draft, at);
    wall = takeTime(draft, at);
  }
  if (wall === undefined) return readWithoutTime(draft, at);
  skipZoneWord(text, wall, at > first || skipClockMark(text, at) > at);
  at = skipBlanks(text, wall.end);
  if (text.charCodeAt(at) === 58) return readAfterColon(draft, skipBlanks(text, at + 1));
  return readTag(draft, skipRelayedPrefix(draft, readHost(draft, at)));
}

function takeTime(draft: EventDraft, at: number): WallTime | undefined {
  const timeAt = skipClockMark(draft.text, at);
  const wall = draft.foundAt === timeAt ? draft.foundWall : readHeaderTime(draft.text, timeAt);
  if (wall === undefined) return undefined;
  draft.setWall(wall, timeAt);
  if (timeAt > at) draft.markClock();
  return wall;
}

const epochHeader = /(?:1 )?(\d{10}\.\d{1,9}) (?=\S)/y;

/** `1 1795348752.123456789 MX84 flows …` of Meraki counts seconds; everything else without a time has no host either. */
function readWithoutTime(draft: EventDraft, at: number): number {
  epochHeader.lastIndex = at;
  const match = epochHeader.exec(draft.text);
  if (match === null)
    return readTag(draft, skipRelayedPrefix(draft, skipMnemonicHost(draft, skipBlanks(draft.text, at))));
  draft.epochUs = epochTextMicros(match[1] ?? '');
  draft.timeText = match[1];
  return readTag(draft, readHost(draft, at + match[0].length));
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

const isoHeader = /^[^\s:[\]="{}]{1,255} (?:[^\s:[\]]{1,128}(?:\[\d{1,10}\])?:(?: |$)|(?:CEF|LEEF):\d)/;
const isoHeaderWithPid = /^[^\s:[\]="{}]{1,255} (?:[^\s:[\]]{1,128}\[\d{1,10}\]: |(?:CEF|LEEF): ?\d)/;
const levelWord = /^(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|SEVERE|CRITICAL)\b/i;

/** Whether a host and a tag follow an ISO time, as rsyslog and journald write files. Without a zone only a process id is sure. */
export function followsIsoHeader(text: string, wall: WallTime): boolean {
  if (text.charCodeAt(wall.end) !== 32) return false;
  const rest = text.slice(skipBlanks(text, wall.end), wall.end + 400);
  const header = wall.offsetMinutes === undefined ? isoHeaderWithPid : isoHeader;
  return header.test(rest) && !levelWord.test(rest);
}

const tagWithPid = /[^\s:[\]]{1,128}\[\d{1,10}\]: /y;
const sudoFile = /\S[^:=;]{0,255} : (?:\(command continued\) |(?:[^;=]{1,256} ; )?(?:HOST|TTY|CHROOT|PWD|USER)=)/y;

/**
 * A colon behind the time is Cisco's: no host follows, and a program only where the system has processes. Or it is that of
 * sudo's own log file.
 */
function readAfterColon(draft: EventDraft, at: number): number {
  sudoFile.lastIndex = at;
  if (sudoFile.test(draft.text)) {
    draft.set('process.name', 'sudo');
    return at;
  }
  tagWithPid.lastIndex = at;
  return tagWithPid.test(draft.text) ? readTag(draft, at) : at;
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
    if (code === 34 || code === 61 || code === 123 || code === 91 || code === 40 || code === 44) return at;
    end++;
  }
  if (end === at || text.charCodeAt(at) === 37 || startsBarHeader(text, at)) return at;
  const last = text.charCodeAt(end - 1);
  if (last === 58) return skipMnemonicHost(draft, at);
  if (end - at > maxHostChars || (text.charCodeAt(end) !== 32 && end < text.length)) return at;
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
  // Huawei's mnemonics begin with two of these.
  if (takeMnemonic(draft, at) || startsBarHeader(text, at) || text.startsWith('%%', at)) return at;
  let end = at;
  const limit = Math.min(text.length, at + maxTagChars);
  let blank = -1;
  for (; end < limit; end++) {
    const code = text.charCodeAt(end);
    if (code === 58 || code === 91) break;
    if (code === 32 && blank < 0) blank = end;
    if (code === 34 || code === 39 || code === 61 || code === 123 || code === 44 || code === 10 || code === 9)
      return at;
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
  const isApart = next === 32 || next === 9 || ended === text.length;
  if ((!colon && (words || next !== 32)) || (words && !isNumber(pid)) || pid.includes(' ')) return at;
  if (!isApart && !isNumber(pid)) return at;
  setTag(draft, withoutLevel(draft, name));
  draft.keyword('log.syslog.procid', pid);
  if (isNumber(pid)) draft.long('process.pid', pid);
  return skipOneBlank(text, ended);
}

const leadingLevel = /^(emerg|alert|crit|err|error|warning|warn|notice|info|debug) (?=\S+$)/;

/** BIG-IP writes `notice mcpd[7653]:`. */
function withoutLevel(draft: EventDraft, name: string): string {
  const match = leadingLevel.exec(name);
  if (match === null) return name;
  draft.keyword('log.level', match[1]);
  return name.slice(match[0].length);
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
