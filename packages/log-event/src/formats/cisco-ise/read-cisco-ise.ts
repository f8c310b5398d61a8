/**
 * Cisco's Identity Services Engine and ACS: `CISE_Failed_Attempts 0000012345 1 0 2026-11-22 20:00:00.123 +09:00 0000123 5400 NOTICE
 * Failed-Attempt: Authentication failed, UserName=kato, …`, pairs between commas. A long record comes in several lines.
 */

import type { EventDraft } from '../../event-draft.ts';
import { fillNamed } from '../message-rows.ts';

const header =
  /^(?:CISE|CSCOacs)_(\w{3,64}) (\d{4,20}) (\d{1,3}) (\d{1,3}) (?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [+-]\d\d:\d\d )?(?:(\d{4,20}) (\d{4,6}) ([A-Z]{4,8}) )?/;

const names: Readonly<Record<string, string>> = {
  UserName: 'user.name',
  'User-Name': 'user.name',
  User: 'user.name',
  AdminName: 'user.name',
  'Calling-Station-ID': 'source.mac',
  'Remote-Address': 'source',
  AdminIPAddress: 'source',
  'Framed-IP-Address': 'source',
  'NAS-IP-Address': 'destination',
  'Device IP Address': 'destination',
  FailureReason: 'event.reason',
  CmdSet: 'process.command_line',
  ObjectName: 'label:ObjectName',
  OperationMessageText: 'label:OperationMessageText',
};

const events: Readonly<Record<string, string>> = {
  Passed_Authentications: 'ise_login authentication success',
  Failed_Attempts: 'ise_login authentication failure',
  RADIUS_Accounting: 'ise_accounting session success',
  TACACS_Accounting: 'ise_command configuration success',
  Administrative_and_Operational_Audit: 'ise_administration configuration success',
};

export function readCiscoIse(draft: EventDraft, message: string): boolean {
  const match = header.exec(message);
  if (match === null) return false;
  const [all, category = '', , , , sequence, code, level] = match;
  draft.parsedAs('cisco-ise');
  const [action = '', kind = '', outcome] = (events[category] ?? 'ise_event host').split(' ');
  draft.event(action, kind, outcome === 'success' || outcome === 'failure' ? outcome : undefined);
  draft.keyword('event.code', code);
  draft.long('event.sequence', sequence);
  draft.keyword('log.level', level?.toLowerCase());
  takePairs(draft, message.slice(all.length));
  return true;
}

const mostPairs = 200;

/** A comma in a value has a backslash before it, and so has a backslash. */
function takePairs(draft: EventDraft, text: string): void {
  let from = 0;
  for (let count = 0; count < mostPairs && from < text.length; count++) {
    let comma = text.indexOf(',', from);
    while (comma > 0 && isEscaped(text, comma)) comma = text.indexOf(',', comma + 1);
    const end = comma < 0 ? text.length : comma;
    const equals = text.indexOf('=', from);
    if (equals > 0 && equals < end) {
      const key = text.slice(from, equals).trim();
      const value = text
        .slice(equals + 1, end)
        .trim()
        .replace(/\\([,\\])/g, '$1');
      if (value !== '') fillNamed(draft, names[key] ?? `label:${key}`, value);
    } else if (count === 0) draft.label('text', text.slice(from, end).trim());
    from = end + 1;
  }
}

/** An odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 92) slashes++;
  return slashes % 2 === 1;
}
