/** MySQL's and MariaDB's error log and general log: `time thread [level] …` and `time thread Command⇥argument`. */

import type { EventDraft } from '../../event-draft.ts';
import { readClock } from '../../time/read-time.ts';
import { isCalendarDay, type WallTime } from '../../time/wall-time.ts';
import { messageRow, messageTable, readByTable } from '../message-rows.ts';
import { placeSql } from '../sql-statement.ts';

export const mysqlFormat = 'mysql';

/** What stands in quotes was typed; the last part of the message is the server's own. */
const account = "'(.{0,1024})'@'([^'\\s]{1,255})'";
const messages = messageTable([
  messageRow(
    `^Access denied for user ${account} \\(using password: (YES|NO)\\)$`,
    'db_login authentication failure',
    'user.name source label:using_password',
  ),
  messageRow(
    `^Access denied for user ${account} to database '(.{0,128})'$`,
    'db_login authentication failure',
    'user.name source database.name',
  ),
  messageRow(`^Access denied for user ${account}$`, 'db_login authentication failure', 'user.name source'),
  messageRow(
    "^Host '([^']{1,255})' (is (?:not allowed to connect|blocked because of).{0,256})$",
    'db_login authentication failure',
    'source event.reason',
  ),
  messageRow(
    "^Aborted connection \\d{1,20} to db: '(.{0,128}?)' user: '(.{0,128})' host: '([^']{1,255})' \\((.{0,256})\\)$",
    'db_connection_aborted network failure',
    'database.name user.name source event.reason',
  ),
  messageRow('^(?:\\S{1,128}: )?ready for connections', 'db_started process success'),
  messageRow('^\\S{1,128}: Shutdown complete', 'db_stopped process success'),
  messageRow('^\\S{1,128} \\(mysqld .{1,128}\\) starting as process \\d{1,10}', 'db_starting process success'),
  messageRow(
    '^(?:Audit Log|server_audit|Plugin server_audit).{0,64}(?:STARTED|started|logging started)',
    'db_audit_started process success',
  ),
  messageRow(
    '^(?:Audit Log|server_audit|Plugin server_audit).{0,64}(?:STOPPED|stopped|logging stopped)',
    'db_audit_stopped process success',
  ),
]);

const leveled = /\s{1,8}(\d{1,20}) \[(Note|Warning|ERROR|Error|System)\] (?:\[(MY-\d{6})\] \[(\w{1,32})\] )?/y;
const withoutThread = /\s{1,8}\[(Note|Warning|ERROR)\] /y;
const command =
  /\s{1,16}(\d{1,20}) (Connect|Query|Quit|Init DB|Execute|Prepare|Close stmt|Reset stmt|Field List|Change user|Create DB|Drop DB|Refresh|Shutdown|Statistics|Ping|Kill|Sleep|Binlog Dump|Register Slave|Set option|Fetch|Daemon)(?:\s{1,16}|$)/y;

/** A line that begins with a time. False when it is none of MySQL's. */
export function readMysqlLine(draft: EventDraft, wall: WallTime): boolean {
  const { text } = draft;
  leveled.lastIndex = wall.end;
  const error = leveled.exec(text);
  if (error !== null) {
    start(draft, wall, leveled.lastIndex);
    const [, thread, level = '', code, subsystem] = error;
    draft.keyword('database.session', thread);
    draft.keyword('event.code', code);
    draft.keyword('log.logger', subsystem);
    placeMessage(draft, level);
    return true;
  }
  withoutThread.lastIndex = wall.end;
  const older = withoutThread.exec(text);
  if (older !== null) {
    start(draft, wall, withoutThread.lastIndex);
    placeMessage(draft, older[1] ?? '');
    return true;
  }
  command.lastIndex = wall.end;
  const general = command.exec(text);
  if (general === null) return false;
  start(draft, wall, command.lastIndex);
  draft.keyword('database.session', general[1]);
  placeCommand(draft, general[2] ?? '', text.slice(draft.messageStart, draft.messageEnd).trim());
  return true;
}

const shortDate = /^(\d\d)(\d\d)(\d\d) {1,2}(?=\d{1,2}:\d\d:\d\d[\s])/;

/** `261122 10:00:00 [Warning] …`, as version 5 begins its lines. */
export function readOlderMysqlLine(draft: EventDraft): boolean {
  const match = shortDate.exec(draft.text.slice(0, 18));
  if (match === null) return false;
  const [whole, year, month, day] = match;
  const clockAt = whole.length;
  const isShort = draft.text.charCodeAt(clockAt + 1) === 58;
  const wall = isShort ? undefined : readClock(draft.text, clockAt);
  const date = { year: 2000 + Number(year), month: Number(month), day: Number(day) };
  if (wall === undefined || !isCalendarDay(date.year, date.month, date.day)) return false;
  return readMysqlLine(draft, Object.assign(wall, date));
}

function start(draft: EventDraft, wall: WallTime, at: number): void {
  draft.parsedAs(mysqlFormat);
  draft.setWall(wall, 0);
  draft.set('process.name', 'mysqld');
  draft.messageStart = at;
}

function placeMessage(draft: EventDraft, level: string): void {
  const message = draft.text.slice(draft.messageStart, draft.messageEnd).trim();
  draft.keyword('log.level', level.toLowerCase());
  if (!readByTable(draft, message, messages))
    draft.event('db_message', 'database', level.toLowerCase() === 'error' ? 'failure' : undefined);
}

const connected = /^(.{0,128})@([^@\s]{1,255}) (?:on (.{0,128}?)(?: using (\S{1,32}))?|as .{0,128} on (.{0,128}))$/;

function placeCommand(draft: EventDraft, name: string, argument: string): void {
  if (name === 'Query' || name === 'Execute' || name === 'Prepare') placeSql(draft, argument, { outcome: undefined });
  else if (name === 'Connect' || name === 'Change user') {
    if (readByTable(draft, argument, messages)) return;
    const match = connected.exec(argument);
    draft.event(name === 'Connect' ? 'db_login' : 'db_change_user', 'authentication', 'success');
    draft.keyword('user.name', match?.[1]);
    draft.endpoint('source', match?.[2]);
    draft.keyword('database.name', match?.[3] ?? match?.[5]);
  } else if (name === 'Quit') draft.event('db_logout', 'session', 'success');
  else {
    draft.event(`db_${name.toLowerCase().replace(' ', '_')}`, 'database');
    if (name === 'Init DB') draft.keyword('database.name', argument);
  }
}
