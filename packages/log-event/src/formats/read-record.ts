/**
 * Which format a record is in, by cheap looks at its first characters. A source's own format, or a log group that is
 * named after one, is tried first; detection follows when the record is not in it after all.
 */

import type { EventDraft } from '../event-draft.ts';
import { isDigitAt, readIsoTime, readYearFirstTime } from '../time/read-time.ts';
import type { WallTime } from '../time/wall-time.ts';
import { akashiAuditFormat, readAkashiAudit } from './akashi-audit/read-akashi-audit.ts';
import { readApacheError } from './apache-error/read-apache-error.ts';
import { readAuditd } from './auditd/read-auditd.ts';
import { readAsteriskFile } from './asterisk/read-asterisk.ts';
import { startsBarHeader } from './bar-header.ts';
import { readCef } from './cef/read-cef.ts';
import {
  databaseFormats,
  readDatabaseLine,
  readBracketedPostgresql,
  readEntryRow,
  readNumberedRow,
} from './database-readers.ts';
import { readHttpAccess } from './http-access/read-http-access.ts';
import { readKeyValue } from './key-value/read-key-value.ts';
import { readLeef } from './leef/read-leef.ts';
import { readRadiusFile } from './freeradius/read-freeradius.ts';
import { readNetworkDigits, readNetworkFile } from './network-readers.ts';
import { readMysqlXml } from './mysql/read-mysql-audit.ts';
import { readNginxError, startsNginxError } from './nginx-error/read-nginx-error.ts';
import { readNtpd } from './ntpd/read-ntpd.ts';
import { readNtpdFileHeader } from './ntpd/read-ntpd-file.ts';
import { readHostFile } from './host-readers.ts';
import { contentReader } from './program-readers.ts';
import { readContent } from './read-content.ts';
import { readJsonRecord } from './read-json-record.ts';
import { readLeadingTime } from './read-leading-time.ts';
import { readPriority } from './syslog/priority.ts';
import { startsCiscoSequence, startsMnemonic } from './syslog/read-cisco.ts';
import { followsIsoHeader, readRfc3164, startsRfc3164 } from './syslog/read-rfc3164.ts';
import { readRfc5424, readRfc5424Header, startsRfc5424 } from './syslog/read-rfc5424.ts';
import { readSnare } from './windows-event/read-event-text.ts';
import { readW3cDirective, readW3cLine } from './w3c/read-w3c.ts';
import { readEventXml } from './windows-event/read-event-xml.ts';
import { windowsFormat } from './windows-event/windows-event.ts';

type RecordReader = (draft: EventDraft) => boolean;

const namedReaders = new Map<string, RecordReader>(
  Object.entries({
    [akashiAuditFormat]: readAkashiAudit,
    json: (draft) => readJsonRecord(draft, 0),
    cef: (draft) => readCef(draft, 0),
    leef: (draft) => readLeef(draft, 0),
    'key-value': (draft) => readKeyValue(draft, 0),
    logfmt: (draft) => readKeyValue(draft, 0),
    'http-access': (draft) => readHttpAccess(draft, 0),
    'apache-access': (draft) => readHttpAccess(draft, 0),
    'nginx-access': (draft) => readHttpAccess(draft, 0),
    'apache-error': (draft) => readApacheError(draft, 0),
    auditd: (draft) => readAuditd(draft, 0),
    'nginx-error': (draft) => readIsoThen(draft, readNginxError),
    w3c: (draft) => readIsoThen(draft, readW3cLine),
    iis: (draft) => readIsoThen(draft, readW3cLine),
    ntpd: readNtpdFile,
    ...databaseFormats,
    [windowsFormat]: (draft) => readEventXml(draft, 0) || readSnare(draft, 0) || readJsonRecord(draft, 0),
  } satisfies Record<string, RecordReader>),
);

/** Fills the draft. `format` is the source's own, or the log group's last name; '' when there is neither. */
export function readRecord(draft: EventDraft, format: string): void {
  if (namedReaders.get(format)?.(draft) === true) return;
  if (format === 'text') {
    readLeadingTime(draft);
    draft.parsedAs('text');
    return;
  }
  if (detect(draft)) return;
  const reader = format === '' ? undefined : contentReader(format);
  const end = readLeadingTime(draft);
  if (reader?.(draft, draft.text.slice(draft.messageStart)) === true) return;
  if (end > 0) readAfterTime(draft, end);
}

/** `2026-11-22T10:00:00Z ID=00001,PAN=…` and `[2026-11-22 10:00:00] {"level":…}`: a format that needs no envelope. */
function readAfterTime(draft: EventDraft, timeEnd: number): void {
  const { text } = draft;
  let at = timeEnd;
  while (at < text.length && ' \t])"|,:;-'.includes(text.charAt(at))) at++;
  const isRead = readAfterTimeByLook(draft, at);
  if (isRead && draft.messageStart === 0 && draft.detachedMessage === undefined) draft.messageStart = at;
}

function readAfterTimeByLook(draft: EventDraft, at: number): boolean {
  const { text } = draft;
  if (text.charCodeAt(at) === 123) return readJsonRecord(draft, at);
  if (startsBarHeader(text, at) && (readCef(draft, at) || readLeef(draft, at))) return true;
  return text.includes('=', at) && readKeyValue(draft, at);
}

function detect(draft: EventDraft): boolean {
  const { text } = draft;
  const first = text.charCodeAt(0);
  if (first === 60 && (readSyslog(draft) || readEventXml(draft, 0) || readMysqlXml(draft, 0))) return true;
  if (first === 123 && readJsonRecord(draft, 0)) return true;
  if (first === 91 && (readApacheError(draft, 0) || readBracketedPostgresql(draft) || readAsteriskFile(draft)))
    return true;
  if (first === 34 && readEntryRow(draft)) return true;
  if (first === 87 && text.startsWith('WinEvtLog: ')) return readBareSyslog(draft);
  if (first === 37 && startsMnemonic(text)) return readBareSyslog(draft);
  if (first === 35 && readW3cDirective(draft)) return true;
  if ((first === 116 || first === 110) && readAuditd(draft, 0)) return true;
  if (startsBarHeader(text, 0) && (readCef(draft, 0) || readLeef(draft, 0))) return true;
  if ((first >= 48 && first <= 57) || first === 32) {
    if (readDigitFirst(draft)) return true;
  } else if (first === 77 && readSnare(draft, 0)) return true;
  else if (startsRfc3164(draft, 0)) {
    if (readRadiusFile(draft)) return true;
    readContent(draft, readRfc3164(draft, 0));
    return true;
  }
  if (text.includes('] "') && readHttpAccess(draft, 0)) return true;
  return text.includes('=') && readKeyValue(draft, 0);
}

/** A line whose envelope a file or a relay left out. */
function readBareSyslog(draft: EventDraft): boolean {
  readContent(draft, readRfc3164(draft, 0));
  return true;
}

function readSyslog(draft: EventDraft): boolean {
  const at = readPriority(draft, 0);
  if (at === 0) return false;
  let start = startsRfc5424(draft, at) ? readRfc5424(draft, at) : -1;
  if (start < 0) start = readRfc3164(draft, at);
  readContent(draft, start);
  return true;
}

function readDigitFirst(draft: EventDraft): boolean {
  const { text } = draft;
  if (readEntryRow(draft)) return true;
  if (readIsoThen(draft, readIsoLine)) return true;
  if (readNetworkDigits(draft)) return true;
  if (readNumberedRow(draft)) return true;
  if (text.charCodeAt(4) === 32 && readYearFirstTime(text, 0) !== undefined) return readBareSyslog(draft);
  if (readNtpdFile(draft)) return true;
  if (!isDigitAt(text, 0) || !startsCiscoSequence(text)) return false;
  readContent(draft, readRfc3164(draft, 0));
  return true;
}

const bareRfc5424 =
  /^ [^\s:[\]="{}]{1,255} [^\s:[\]="{}]{1,48} (?:\d{1,10}|-) [^\s:[\]="{}]{1,32} (?:- |\[[^\s=\]]{1,64}[ \]])/;

function readIsoLine(draft: EventDraft, wall: WallTime): boolean {
  const { text } = draft;
  if (startsNginxError(text, wall.end) && readNginxError(draft, wall)) return true;
  if (readNetworkFile(draft, wall) || readHostFile(draft, wall)) return true;
  if (followsIsoHeader(text, wall)) {
    readContent(draft, readRfc3164(draft, 0));
    return true;
  }
  if (readDatabaseLine(draft, wall)) return true;
  if (wall.offsetMinutes === undefined || !bareRfc5424.test(text.slice(wall.end, wall.end + 500))) return false;
  const start = readRfc5424Header(draft, 0);
  if (start < 0) return false;
  readContent(draft, start);
  return true;
}

function readIsoThen(draft: EventDraft, then: (draft: EventDraft, wall: WallTime) => boolean): boolean {
  const wall = readIsoTime(draft.text, 0);
  return wall !== undefined && then(draft, wall);
}

function readNtpdFile(draft: EventDraft): boolean {
  const start = readNtpdFileHeader(draft);
  if (start < 0) return false;
  draft.messageStart = start;
  let end = draft.text.length;
  while (end > start && (draft.text.charCodeAt(end - 1) === 13 || draft.text.charCodeAt(end - 1) === 10)) end--;
  draft.messageEnd = end;
  return readNtpd(draft, draft.text.slice(start, end));
}
