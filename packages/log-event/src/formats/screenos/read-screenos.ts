/**
 * Juniper's ScreenOS: `NetScreen device_id=fw1 [Root]system-notification-00257(traffic): start_time=… action=Deny src=…`. The five
 * digits are the message's type.
 */

import type { EventDraft } from '../../event-draft.ts';
import { readIsoTime } from '../../time/read-time.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

const header =
  /^(?:(\S{1,64}): )?NetScreen device_id=(\S{1,64}) {1,2}(?:\[[^\]]{1,32}\]|\[No Name\])?system-([a-z]{4,16})-(\d{5})(?:\((\w{1,16})\))?: /;
const value = (key: string): string => `(?:.{0,512}? ${key}=(\\S{1,64}))`;
const flow = `${value('src')}${value('dst')}(?: src_port=(\\d{1,5}) dst_port=(\\d{1,5}))?`;

const table = messageTable([
  row(
    `^start_time="[^"]{1,32}" .{0,96}?policy_id=(\\d{1,10}) service=(.{1,64}?) proto=(\\d{1,3}) src zone=(\\S{1,64}) dst zone=(\\S{1,64}) action=Deny ${flow}`,
    'screenos_denied network failure',
    'rule.id network.application label:protocol observer.ingress.zone observer.egress.zone source destination source.port destination.port',
  ),
  row(
    `^start_time="[^"]{1,32}" .{0,96}?policy_id=(\\d{1,10}) service=(.{1,64}?) proto=(\\d{1,3}) src zone=(\\S{1,64}) dst zone=(\\S{1,64}) action=(?:Permit|Tunnel) ${flow}`,
    'screenos_permitted network success',
    'rule.id network.application label:protocol observer.ingress.zone observer.egress.zone source destination source.port destination.port',
  ),
  row(
    '^Admin user "?(.{1,256}?)"? has logged on via (\\S{1,32}) from (\\S{1,64}?)(?::(\\d{1,5}))?(?: \\(\\d{4}-[^)]{1,24}\\))?$',
    'screenos_login authentication success',
    'user.name network.protocol source source.port',
  ),
  row(
    '^Login attempt to system by admin "?(.{0,256}?)"? via (\\S{1,32}) from (\\S{1,64}?)(?::(\\d{1,5}))? (?:has )?failed\\.?(?: \\(\\d{4}-[^)]{1,24}\\))?$',
    'screenos_login authentication failure',
    'user.name network.protocol source source.port',
  ),
  row(
    '^Management session via (\\S{1,32}) from (\\S{1,64}?):\\d{1,5} for (?:\\[Root\\] )?admin "?(.{0,256}?)"? has timed out',
    'screenos_logout session success',
    'network.protocol source user.name',
  ),
  row(
    '^Admin user "?(.{1,256}?)"? (?:has )?logged (?:off|out) (?:for|via|from) ',
    'screenos_logout session success',
    'user.name',
  ),
  row(
    "^SSH: Password authentication (?:failed|unsuccessful) for admin user '(.{0,256})' (?:at host|from) (\\S{1,64}?)\\.?(?: \\(|$)",
    'screenos_login authentication failure',
    'user.name source network.protocol=ssh',
  ),
  row(
    '^(.{1,512}) by admin (\\S{1,128}?) via (\\S{1,32}) from host (\\S{1,64}?)(?::\\d{1,5})?\\.?(?: .{0,256})?$',
    'screenos_configured configuration success',
    'process.command_line user.name network.protocol source',
  ),
  row(
    '^(.{1,512}) by (\\S{1,128}?) via (\\S{1,32}) from host (\\S{1,64})',
    'screenos_configured configuration success',
    'process.command_line user.name network.protocol source',
  ),
  row(
    '^(.{1,64}?)! From (\\S{1,64}?)(?::(\\d{1,5}))? to (\\S{1,64}?)(?::(\\d{1,5}))?, proto (\\S{1,16})',
    'screenos_attack intrusion_detection failure',
    'event.reason source source.port destination destination.port network.transport',
  ),
  row(
    '^User (.{1,256}) at (\\S{1,64}) is accepted via ',
    'screenos_user_login authentication success',
    'user.name source',
  ),
  row(
    '^User (.{1,256}) at (\\S{1,64}) (?:is rejected|.{0,64}has been rejected) via ',
    'screenos_user_login authentication failure',
    'user.name source',
  ),
]);

export function readScreenos(draft: EventDraft, message: string): boolean {
  const match = header.exec(message);
  if (match === null) return false;
  const [all, , device, level, code] = match;
  draft.parsedAs('screenos');
  draft.keyword('host.name', device);
  draft.keyword('log.level', level);
  draft.keyword('event.code', code);
  takeTime(draft);
  if (!readByTable(draft, message.slice(all.length).trimEnd(), table)) draft.event(`screenos_${code}`, 'host');
  return true;
}

const startTime = ' start_time="';

/** The device's own time, where no envelope has one: when a session began, or behind the text of other events. */
function takeTime(draft: EventDraft): void {
  if (draft.hasTime) return;
  const { text } = draft;
  const start = text.indexOf(startTime);
  const at = start >= 0 ? start + startTime.length : text.lastIndexOf('(') + 1;
  const wall = readIsoTime(text, at);
  if (wall !== undefined) draft.setWall(wall, at);
}
