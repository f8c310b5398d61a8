/** The message inside a syslog envelope, by the program that wrote it, else by what it looks like. */

import type { EventDraft } from '../event-draft.ts';
import { readIsoTime } from '../time/read-time.ts';
import { readOwn } from '../own-formats/live-formats.ts';
import { readApacheError } from './apache-error/read-apache-error.ts';
import { readAuditd } from './auditd/read-auditd.ts';
import { readCef } from './cef/read-cef.ts';
import { readHttpAccess } from './http-access/read-http-access.ts';
import { readKeyValue } from './key-value/read-key-value.ts';
import { readLeef } from './leef/read-leef.ts';
import { readNetfilter } from './netfilter/read-netfilter.ts';
import { readMysqlXml } from './mysql/read-mysql-audit.ts';
import { readDeviceMessage, readMnemonicMessage } from './network-readers.ts';
import { readNginxError, startsNginxError } from './nginx-error/read-nginx-error.ts';
import { readPolkitAuthority } from './polkit/read-polkit.ts';
import { readByProgram } from './program-readers.ts';
import { readJsonRecord } from './read-json-record.ts';
import { takeMnemonic } from './syslog/read-cisco.ts';
import { readVsftpd } from './vsftpd/read-vsftpd.ts';
import { readSnare } from './windows-event/read-event-text.ts';
import { readEventXml } from './windows-event/read-event-xml.ts';

const repeated = /^message repeated (\d{1,9}) times: \[ ?/;
const solarisId = /^\[ID (\d{1,10}) ([a-z0-9]{1,16})\.([a-z0-9]{1,16})\] /;

/** Reads what the envelope left, from `start` to the end of the text, and sets it as the message. */
export function readContent(draft: EventDraft, start: number): void {
  const { text } = draft;
  let at = start;
  takeMnemonic(draft, at);
  draft.messageStart = at;
  draft.messageEnd = contentEnd(text, at);
  if (draft.ownFormats !== undefined && readOwn(draft, draft.ownFormats, 'message')) return;
  let message = text.slice(at, draft.messageEnd);
  if (message.startsWith('[ID ')) {
    const match = solarisId.exec(message);
    if (match !== null) {
      draft.keyword('log.syslog.msgid', match[1]);
      draft.keyword('log.syslog.facility.name', match[2]);
      draft.keyword('log.syslog.severity.name', match[3]);
      at = draft.messageStart += match[0].length;
      message = message.slice(match[0].length);
    }
  }
  if (message.startsWith('message repeated ') && message.endsWith(']')) {
    const match = repeated.exec(message);
    if (match !== null) {
      draft.label('repeat_count', match[1] ?? '');
      message = message.slice(match[0].length, -1);
    }
  }
  readMessage(draft, message, at);
}

function readMessage(draft: EventDraft, message: string, at: number): void {
  if (message.charCodeAt(0) === 37 && readMnemonicMessage(draft, message)) return;
  if (readDeviceMessage(draft, message, at)) return;
  if (!readByProgram(draft, message)) readByLook(draft, message, at);
}

function readByLook(draft: EventDraft, message: string, at: number): void {
  switch (message.charCodeAt(0)) {
    case 60:
      if (readEventXml(draft, at) || readMysqlXml(draft, at)) return;
      break;
    case 77:
      if (readSnare(draft, at)) return;
      break;
    case 123:
      if (readJsonRecord(draft, at)) return;
      break;
    case 64:
      // The CEE cookie of structured syslog, `@cee: {…}`.
      if (message.startsWith('@cee:') && readJsonRecord(draft, at + message.indexOf('{'))) return;
      break;
    case 67:
      if (readCef(draft, at)) return;
      break;
    case 76:
      if (readLeef(draft, at)) return;
      break;
    case 91:
      if (message.startsWith('[pid ') && readVsftpd(draft, message)) return;
      if (readApacheError(draft, at)) return;
      break;
    case 112:
      if (message.startsWith('polkitd(') && readPolkitAuthority(draft, message)) return;
      break;
    case 110:
    case 116:
      if (readAuditd(draft, at)) return;
      break;
    default:
      break;
  }
  const code = message.charCodeAt(0);
  if (code >= 48 && code <= 57) {
    const wall = startsNginxError(draft.text, at + 19) ? readIsoTime(draft.text, at) : undefined;
    if (wall !== undefined && readNginxError(draft, wall)) return;
  }
  if (message.includes('] "') && readHttpAccess(draft, at)) return;
  if (!message.includes('=')) return;
  if (!readNetfilter(draft, message)) readKeyValue(draft, at);
}

/** Without the line ends and the NUL that some senders leave at the end. */
function contentEnd(text: string, start: number): number {
  let end = text.length;
  while (end > start) {
    const code = text.charCodeAt(end - 1);
    if (code !== 10 && code !== 13 && code !== 0) break;
    end--;
  }
  return end;
}
