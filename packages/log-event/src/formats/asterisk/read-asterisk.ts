/** Asterisk: refused registrations and the security log (`SecurityEvent="InvalidPassword",…`), through syslog and from its file. */

import type { EventDraft } from '../../event-draft.ts';
import { readIsoTime } from '../../time/read-time.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

const level =
  /^(NOTICE|SECURITY|WARNING|ERROR|VERBOSE|DEBUG)\[\d{1,10}\](?:\[[^\]]{1,32}\])?:? (?:[\w.-]{1,64}:(?:\d{1,6})?:? ?)?(?:in [\w]{1,64}: )?(?:[\w]{1,64}: )?/;
const ip = '([0-9A-Fa-f.:]{2,45}?)';
const remote = '.{0,512},RemoteAddress="IPV[46]/\\w{3,4}/([^"/]{2,64})/(\\d{1,5})"';

const table = messageTable([
  row(
    `^Registration from '(.{0,512})' failed for '${ip}(?::(\\d{1,5}))?' - (.{1,128})$`,
    'sip_register authentication failure',
    'user.name source source.port event.reason',
  ),
  row(
    `^Request '?(\\w{1,16})'? from '(.{0,512})' failed for '${ip}(?::(\\d{1,5}))?' \\(callid: \\S{0,256}\\) - (.{1,128})$`,
    'sip_register authentication failure',
    'label:request user.name source source.port event.reason',
  ),
  row(
    `^Host ${ip} (failed to authenticate as) '(.{0,256})'`,
    'sip_register authentication failure',
    'source event.reason user.name',
  ),
  row(
    `^${ip} (failed MD5 authentication|tried to authenticate with nonexistent user) (?:for )?'(.{0,256})'`,
    'sip_register authentication failure',
    'source event.reason user.name',
  ),
  row(
    `^No registration for peer '(.{0,256})' \\(from ${ip}\\)`,
    'sip_register authentication failure',
    'user.name source',
  ),
  row(
    `^SecurityEvent="SuccessfulAuth",.{0,256}?AccountID="([^"]{0,256})"${remote}`,
    'sip_register authentication success',
    'user.name source source.port',
  ),
  row(
    `^SecurityEvent="(InvalidPassword|InvalidAccountID|ChallengeResponseFailed|FailedACL|AuthMethodNotAllowed|RequestNotAllowed)",.{0,256}?AccountID="([^"]{0,256})"${remote}`,
    'sip_register authentication failure',
    'event.reason user.name source source.port',
  ),
  row('^SecurityEvent="(\\w{1,48})"', 'sip_security network', 'event.reason'),
  row(
    `^Call from '(.{0,256})' \\(${ip}:(\\d{1,5})\\) to extension '(.{0,256})' rejected because (.{1,128})$`,
    'sip_call network failure',
    'user.name source source.port label:extension event.reason',
  ),
]);

/** `"100" <sip:100@192.0.2.1>`: the number is the account's. */
const sip = /<?sips?:([^@>]{1,128})@/;

export function readAsterisk(draft: EventDraft, message: string): boolean {
  const match = level.exec(message);
  if (match === null) return false;
  draft.parsedAs('asterisk');
  draft.keyword('log.level', match[1]?.toLowerCase());
  if (!readByTable(draft, message.slice(match[0].length).trimEnd(), table)) draft.event('asterisk_event', 'process');
  const user = draft.get('user.name');
  const number = typeof user === 'string' ? sip.exec(user)?.[1] : undefined;
  if (number !== undefined) draft.revise('user.name', number);
  return true;
}

/** `[2026-11-22 20:00:01] NOTICE[4711]: …`: Asterisk's own file. */
export function readAsteriskFile(draft: EventDraft): boolean {
  const { text } = draft;
  const close = text.charCodeAt(5) === 45 ? text.indexOf('] ', 20) : -1;
  if (close < 0 || close > 32) return false;
  const wall = readIsoTime(text, 1);
  if (wall === undefined || !readAsterisk(draft, text.slice(close + 2))) return false;
  draft.setWall(wall, 1);
  draft.messageStart = close + 2;
  draft.keyword('process.name', 'asterisk');
  return true;
}
