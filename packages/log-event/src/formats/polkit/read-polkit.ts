/** Rights that polkit gives or refuses, commands of pkexec, and messages that the bus refused (PCI DSS 10.2.1.4, 10.2.1.5). */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow, messageTable, readByTable } from '../message-rows.ts';

const subject = '(?:for|of) (?:unix-session:\\S{1,64}|unix-process:(\\d{1,10}):\\S{1,32}|system-bus-name:+\\S{1,64})';
const owner = '[(\\[]owned by unix-user:(\\S{1,256})[)\\]]';

const decisions = messageTable([
  messageRow(
    `^Operator ${subject} (?:\\[.{0,2048}\\] )?(?:successfully authenticated|authenticated) as unix-user:(\\S{1,256}) to gain \\S{1,32} authorization for action (\\S{1,256}) for .{0,2048}${owner}$`,
    'polkit_authorized authentication success',
    'process.pid user.effective.name label:polkit_action user.name',
  ),
  messageRow(
    `^Operator ${subject} (?:\\[.{0,2048}\\] )?(FAILED to authenticate) to gain authorization for action (\\S{1,256}) for .{0,2048}${owner}$`,
    'polkit_authorized authentication failure',
    'process.pid event.reason label:polkit_action user.name',
  ),
  messageRow(
    '^Registered Authentication Agent for unix-session:(\\S{1,32})',
    'polkit_agent_registered session success',
    'session.id',
  ),
  messageRow(
    '^Unregistered Authentication Agent for unix-session:(\\S{1,32})',
    'polkit_agent_unregistered session success',
    'session.id',
  ),
]);

const place =
  '\\[USER=([^\\]]{1,256})\\] \\[TTY=([^\\]]{1,64})\\] \\[CWD=([^\\]]{0,1024})\\] \\[COMMAND=(.{1,4096})\\]$';
const parts = 'user.effective.name process.tty.name process.working_directory process.command_line';

const commands = messageTable([
  messageRow(`^(\\S{1,256}): Executing command ${place}`, 'pkexec_command process success', `user.name ${parts}`),
  messageRow(
    `^(\\S{1,256}): (Error executing command as another user: .{1,128}?) ${place}`,
    'pkexec_command process failure',
    `user.name event.reason ${parts}`,
  ),
]);

const bus = messageTable([
  messageRow(
    '^\\[\\w{1,16}\\] (Rejected (?:send message|activation).{0,64}?); .{0,64}?sender="\\S{1,32}" \\(uid=(\\d{1,10}) pid=(\\d{1,10}) .{0,4096} destination="(\\S{1,256})"',
    'dbus_rejected network failure',
    'event.reason user.id process.pid service.name',
  ),
  messageRow(
    "^\\[\\w{1,16}\\] Activating (?:via systemd: )?service name='(\\S{1,256})' (?:unit='\\S{1,256}' )?requested by '\\S{1,32}' \\(uid=(\\d{1,10}) pid=(\\d{1,10}) ",
    'dbus_activating process',
    'service.name user.id process.pid',
  ),
  messageRow(
    "^\\[\\w{1,16}\\] Successfully activated service '(\\S{1,256})'$",
    'dbus_activated process success',
    'service.name',
  ),
  messageRow(
    "^\\[\\w{1,16}\\] (Failed to activate service '(\\S{1,256})'.{0,256})$",
    'dbus_activated process failure',
    'event.reason service.name',
  ),
]);

const tables = new Map([
  ['polkitd', decisions],
  ['pkexec', commands],
  ['dbus-daemon', bus],
  ['dbus', bus],
  ['dbus-broker', bus],
]);

export const polkitPrograms = [...tables.keys()].join(' ');

/** False for messages that decide nothing. */
export function readPolkit(draft: EventDraft, message: string): boolean {
  const table = tables.get(String(draft.get('process.name')));
  if (table === undefined || !readByTable(draft, message.trimEnd(), table)) return false;
  draft.parsedAs('polkit');
  return true;
}

const tag = /^polkitd\(authority=\w{1,32}\)(?:\[(\d{1,10})\])?: /;

/** `polkitd(authority=local)[801]: …`, which is no tag of syslog. */
export function readPolkitAuthority(draft: EventDraft, message: string): boolean {
  const match = tag.exec(message);
  if (match === null) return false;
  const isRead = readByTable(draft, message.slice(match[0].length).trimEnd(), decisions);
  draft.keyword('process.name', 'polkitd');
  draft.long('process.pid', match[1]);
  if (isRead) draft.parsedAs('polkit');
  return isRead;
}
