/**
 * Records of Linux audit: `type=USER_AUTH msg=audit(1364481363.243:24287): pid=1 uid=0 … msg='op=PAM:authentication
 * acct="bob" … addr=192.0.2.7 res=failed'`. What others may have typed is quoted, or in hexadecimal digits when it holds
 * blanks, quotes or control characters.
 */

import type { EventDraft } from '../../event-draft.ts';
import { keyMeaning } from '../../key-meaning.ts';
import { readAnyTime } from '../../time/read-any-time.ts';
import { takeField, takeTime } from '../json/read-json.ts';
import type { Pair } from './read-key-value.ts';

/** Keys whose values the kernel and the audit library write in digits where they are not plain. */
const untrusted = new Set([
  'acct',
  'exe',
  'comm',
  'cwd',
  'name',
  'proctitle',
  'cmd',
  'data',
  'dir',
  'path',
  'key',
  'old',
  'new',
]);
const hexadecimal = /^(?:[0-9A-F]{2}){2,}$/;

const fieldOf: Readonly<Record<string, string>> = {
  acct: 'user.name',
  cmd: 'process.command_line',
  proctitle: 'process.command_line',
  cwd: 'process.working_directory',
};

/** The categories of those record types that say who did what to whom. */
const categories: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(?:USER_(?:AUTH|LOGIN|ERR|ACCT)|CRED_|LOGIN$|GRP_AUTH|ANOM_LOGIN)/, 'authentication'],
  [/^USER_(?:START|END|LOGOUT|ROLE_CHANGE)/, 'session'],
  [/^(?:ADD|DEL|GRP|ACCT)_|^USER_(?:CHAUTHTOK|MGMT)/, 'iam'],
  [/^(?:USER_CMD|EXECVE|SERVICE_|SYSTEM_)/, 'process'],
  [/^(?:CONFIG_CHANGE|DAEMON_|USYS_CONFIG)/, 'configuration'],
];

const innerPair = /(?:^|[\s(,'])([A-Za-z][\w-]{0,31})=(?:"([^"]*)"|([^\s,)']*))/g;

function readPairs(draft: EventDraft, text: string): void {
  for (const [, key = '', quoted, bare = ''] of text.matchAll(innerPair)) {
    if (key === 'msg' && quoted === undefined) continue;
    const raw = quoted ?? bare;
    readAuditPair(draft, { key, value: raw, raw, at: -1, isQuoted: quoted !== undefined });
  }
}

/** `audit(time:id):`, or the pairs between the quotes of a message from user space; false for neither. */
export function readAuditMessage(draft: EventDraft, pair: Pair): boolean {
  if (takeAuditTime(draft, pair.value)) return true;
  if (!pair.isQuoted || !pair.raw.includes('=')) return false;
  readPairs(draft, pair.raw);
  const start = draft.text.indexOf(pair.raw);
  draft.messageStart = start;
  draft.messageEnd = start + pair.raw.length;
  return true;
}

const kernelRecord = /^audit: type=(\d{4}) audit\(\d{9,12}\.\d{1,9}:(\d{1,20})\): ?/;
const journalRecord =
  /^([A-Z][A-Z_]{2,31}) (?=(?:pid|auid|op|arch|item|cwd|proctitle|apparmor|avc|argc|prog-id)=|avc: )/;

/** A record as the kernel writes it to its own log, and as journald writes it: false for other messages. */
export function readAuditThroughSyslog(draft: EventDraft, message: string): boolean {
  const ofKernel = kernelRecord.exec(message);
  const match = ofKernel ?? journalRecord.exec(message);
  if (match === null) return false;
  draft.parsedAs('key-value');
  const type = ofKernel === null ? (match[1] ?? '') : (typesByNumber.get(Number(match[1])) ?? match[1] ?? '');
  draft.label('type', type);
  takeType(draft, type);
  draft.keyword('event.id', ofKernel?.[2]);
  readPairs(draft, message.slice(match[0].length));
  return true;
}

/** Of linux/audit.h and the audit library, those whose records say who did what. */
const typesByNumber = new Map<number, string>([
  ...numbered(
    1100,
    'USER_AUTH USER_ACCT USER_MGMT CRED_ACQ CRED_DISP USER_START USER_END USER_AVC USER_CHAUTHTOK USER_ERR',
  ),
  ...numbered(
    1110,
    'CRED_REFR USYS_CONFIG USER_LOGIN USER_LOGOUT ADD_USER DEL_USER ADD_GROUP DEL_GROUP DAC_CHECK CHGRP_ID',
  ),
  ...numbered(
    1120,
    'TEST TRUSTED_APP USER_SELINUX_ERR USER_CMD USER_TTY CHUSER_ID GRP_AUTH SYSTEM_BOOT SYSTEM_SHUTDOWN',
  ),
  ...numbered(
    1129,
    'SYSTEM_RUNLEVEL SERVICE_START SERVICE_STOP GRP_MGMT GRP_CHAUTHTOK MAC_CHECK ACCT_LOCK ACCT_UNLOCK',
  ),
  ...numbered(1300, 'SYSCALL'),
  ...numbered(1305, 'CONFIG_CHANGE SOCKADDR CWD'),
  ...numbered(1309, 'EXECVE'),
  ...numbered(1327, 'PROCTITLE'),
  ...numbered(1400, 'AVC'),
]);

function numbered(first: number, names: string): Array<[number, string]> {
  return names.split(' ').map((name, index) => [first + index, name]);
}

function takeAuditTime(draft: EventDraft, value: string): boolean {
  if (!value.startsWith('audit(')) return false;
  const colon = value.indexOf(':');
  const close = value.indexOf(')');
  if (colon < 0 || close < colon) return false;
  const time = value.slice(6, colon);
  if (readAnyTime(time) !== undefined) takeTime(draft, time);
  draft.keyword('event.id', value.slice(colon + 1, close));
  return true;
}

export function readAuditPair(draft: EventDraft, pair: Pair): void {
  const { key } = pair;
  if (pair.value === '?' || pair.value === '(null)') return;
  const value =
    !pair.isQuoted && untrusted.has(key) && hexadecimal.test(pair.value)
      ? fromHexadecimal(pair.value, key)
      : pair.value;
  const field = fieldOf[key];
  if (field !== undefined) draft.keyword(field, value);
  else if (key === 'hostname' || key === 'addr') draft.endpoint('source', value);
  else if (key === 'node') draft.keyword('host.name', value);
  else if (key === 'res' || key === 'success') takeResult(draft, key, value);
  else {
    if (key === 'type') takeType(draft, value);
    if (key === 'exit' || key === 'name' || key === 'key') draft.label(key, value);
    else takeField(draft, keyMeaning(key), value);
  }
}

function takeType(draft: EventDraft, type: string): void {
  const category = categories.find(([pattern]) => pattern.test(type))?.[1];
  if (category !== undefined) draft.event(type.toLowerCase(), category);
}

function takeResult(draft: EventDraft, key: string, value: string): void {
  const succeeded = value === 'success' || value === 'yes' || value === '1';
  const failed = value === 'failed' || value === 'no' || value === '0';
  if (succeeded || failed) draft.set('event.outcome', succeeded ? 'success' : 'failure');
  draft.label(key, value);
}

const decoder = new TextDecoder('utf-8');
/** A name may hold a few digits, but no card number; elsewhere three might be a verification code. */
const mostDigits = { acct: 8, other: 2 };

/**
 * A command's arguments have NULs between them. Masking has not seen what the digits stand for: numbers in it are starred, so
 * that no card number is in clear that was not so in the record.
 */
function fromHexadecimal(digits: string, key: string): string {
  const bytes = Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
    Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16),
  );
  const text = decoder.decode(bytes).replaceAll('\0', ' ').trimEnd();
  const most = key === 'acct' ? mostDigits.acct : mostDigits.other;
  return (text.match(/\p{N}/gu)?.length ?? 0) > most ? text.replace(/\p{N}/gu, '*') : text;
}
