/**
 * RFC 5424 section 6, after the priority: `1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG`. Structured
 * data becomes labels `<SD-ID>.<name>`. Lengths and characters beyond the RFC's limits are taken as they come, since
 * Japanese host and application names do occur.
 */

import type { EventDraft } from '../../event-draft.ts';
import { isIpAddress } from '../../ip-address.ts';
import { readIsoTime } from '../../time/read-time.ts';

/** Whether a version 1 header starts at `at`. */
export function startsRfc5424(draft: EventDraft, at: number): boolean {
  const { text } = draft;
  if (text.charCodeAt(at) !== 49 || text.charCodeAt(at + 1) !== 32) return false;
  const nil = text.charCodeAt(at + 2) === 45 && text.charCodeAt(at + 3) === 32;
  if (nil) return true;
  const wall = readIsoTime(text, at + 2);
  if (wall === undefined) return false;
  draft.foundWall = wall;
  draft.foundAt = at + 2;
  return true;
}

/** Reads header and structured data from the version on; gives the start of MSG, or -1 when the header is no such. */
export function readRfc5424(draft: EventDraft, at: number): number {
  const start = readRfc5424Header(draft, at + 2);
  if (start >= 0) draft.keyword('log.syslog.version', '1');
  return start;
}

/** The same from the time stamp on, as some writers leave it in files. */
export function readRfc5424Header(draft: EventDraft, at: number): number {
  const { text } = draft;
  let i = at;
  const timeEnd = text.indexOf(' ', i);
  if (timeEnd < 0) return -1;
  const wall = draft.foundAt === i ? draft.foundWall : readIsoTime(text, i);
  if (wall !== undefined && wall.end === timeEnd) draft.setWall(wall, i);
  i = timeEnd + 1;
  const words: string[] = [];
  while (words.length < 4) {
    const end = text.indexOf(' ', i);
    if (end < 0 && words.length < 3) return -1;
    const word = text.slice(i, end < 0 ? text.length : end);
    words.push(word === '-' ? '' : word);
    i = end < 0 ? text.length : end + 1;
  }
  const [host = '', app = '', procid = '', msgid = ''] = words;
  setHost(draft, host);
  draft.keyword('log.syslog.appname', app);
  draft.keyword('process.name', programName(app));
  if (procid !== '') {
    draft.keyword('log.syslog.procid', procid);
    if (/^\d{1,10}$/.test(procid)) draft.long('process.pid', procid);
  }
  draft.keyword('log.syslog.msgid', msgid);
  draft.parsedAs('syslog-rfc5424');
  i = readStructuredData(draft, i);
  return text.charCodeAt(i) === 0xfeff ? i + 1 : i;
}

export function setHost(draft: EventDraft, host: string): void {
  draft.keyword('host.name', host);
  if (host !== '' && isIpAddress(host)) draft.set('host.ip', host);
}

/** `/usr/sbin/cron` → `cron`, `sshd(pam_unix)` → `sshd`: the program that a tag names. */
export function programName(tag: string): string {
  const slash = tag.lastIndexOf('/');
  const name = slash >= 0 && slash < tag.length - 1 && tag.startsWith('/') ? tag.slice(slash + 1) : tag;
  const paren = name.indexOf('(');
  return paren > 0 ? name.slice(0, paren) : name;
}

/** Gives the place of MSG. Data that breaks the syntax is left in the message and said so. */
function readStructuredData(draft: EventDraft, start: number): number {
  const { text } = draft;
  if (text.charCodeAt(start) === 45) return text.charCodeAt(start + 1) === 32 ? start + 2 : start + 1;
  let at = start;
  while (text.charCodeAt(at) === 91) {
    const end = readElement(draft, at);
    if (end < 0) {
      draft.flaw ??= 'malformed';
      return at;
    }
    at = end;
  }
  if (at === start && at < text.length) draft.flaw ??= 'malformed';
  return text.charCodeAt(at) === 32 ? at + 1 : at;
}

/** One `[id name="value" …]`; the place after it, -1 when it is not closed or not well-formed. */
function readElement(draft: EventDraft, start: number): number {
  const { text } = draft;
  let at = start + 1;
  while (at < text.length && !endsName(text.charCodeAt(at))) at++;
  const id = text.slice(start + 1, at);
  if (id === '') return -1;
  const params: Array<[string, string]> = [];
  for (;;) {
    while (text.charCodeAt(at) === 32) at++;
    if (text.charCodeAt(at) === 93) break;
    const nameStart = at;
    while (at < text.length && !endsName(text.charCodeAt(at))) at++;
    const name = text.slice(nameStart, at);
    if (name === '' || text.charCodeAt(at) !== 61 || text.charCodeAt(at + 1) !== 34) return -1;
    const valueStart = at + 2;
    const close = valueEnd(text, valueStart);
    if (close < 0) return -1;
    const raw = text.slice(valueStart, close);
    params.push([name, raw.includes('\\') ? raw.replace(/\\(["\\\]])/g, '$1') : raw]);
    at = close + 1;
  }
  for (const [name, value] of params) {
    draft.label(`${id}.${name}`, value);
    // RFC 5424 section 7.1: the originator says that its clock is not synchronised (PCI DSS 10.6.1).
    if (id === 'timeQuality' && name === 'isSynced' && value === '0') draft.set('ntp.state', 'unsynchronized');
  }
  return at + 1;
}

function valueEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at;
  }
  return -1;
}

function endsName(code: number): boolean {
  return code === 32 || code === 61 || code === 93 || code === 34;
}
