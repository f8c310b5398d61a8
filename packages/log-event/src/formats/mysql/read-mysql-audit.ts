/**
 * MariaDB's server_audit: `20261122 10:00:00,host,user,client,connection,query,OPERATION,database,object,code`, also through
 * syslog without the time; and the audit logs of MySQL Enterprise and Percona in JSON and XML.
 *
 * A user's name is typed, and so is a statement: a row that can be divided in two ways is said to be doubtful.
 */

import type { EventDraft } from '../../event-draft.ts';
import { takeTime, type JsonObject } from '../json/read-json.ts';
import { placeSql } from '../sql-statement.ts';
import { attributeOf, readXml } from '../../xml-elements.ts';
import { mysqlFormat } from './read-mysql-log.ts';

const operations =
  'CONNECT|DISCONNECT|FAILED_CONNECT|QUERY|QUERY_DDL|QUERY_DML|QUERY_DML_NO_SELECT|QUERY_DCL|CHANGEUSER|READ|WRITE|CREATE|ALTER|RENAME|DROP|TABLE|CONNECT_FAILED';
const rest = `([^,]{0,255}),(\\d{1,20}),(\\d{1,20}),(${operations}),([^,]{0,256}),(.*),(\\d{0,10})$`;
const lazy = new RegExp(`^([^,]{1,255}),(.{0,1024}?),${rest}`, 's');
const greedy = new RegExp(`^([^,]{1,255}),(.{0,1024}),${rest}`, 's');
const leadingTime = /^(\d{4})(\d\d)(\d\d) (\d\d:\d\d:\d\d),/;

/** Errors that say that somebody may not do what was asked. */
const denied = new Set(
  '1044 1045 1095 1132 1141 1142 1143 1227 1298 1345 1370 1410 1419 1449 1698 1820 3118'.split(' '),
);

export function startsServerAudit(text: string): boolean {
  return text.charCodeAt(8) === 32 && text.charCodeAt(17) === 44 && leadingTime.test(text.slice(0, 18));
}

export function readServerAudit(draft: EventDraft): boolean {
  const match = leadingTime.exec(draft.text.slice(0, 18));
  if (match === null) return false;
  const [, year, month, day, clock] = match;
  if (!readAuditRow(draft, draft.text.slice(18, draft.messageEnd).trimEnd())) return false;
  takeTime(draft, `${year}-${month}-${day} ${clock}`);
  draft.timeText = draft.text.slice(0, 17);
  draft.messageStart = 18;
  return true;
}

/** The row behind its time. */
export function readAuditRow(draft: EventDraft, row: string): boolean {
  const match = lazy.exec(row);
  if (match === null) return false;
  draft.parsedAs(mysqlFormat);
  const [, host, user, client, connection, , operation = '', database, written = '', code = ''] = match;
  draft.keyword('host.name', host);
  if (user !== greedy.exec(row)?.[2]) {
    draft.flaw ??= 'malformed';
    return true;
  }
  draft.keyword('user.name', user);
  draft.endpoint('source', client);
  draft.keyword('database.session', connection);
  draft.keyword('database.name', database);
  const outcome = code === '0' || code === '' ? 'success' : 'failure';
  if (outcome === 'failure') draft.keyword('error.code', code);
  placeOperation(draft, operation, { written: unquoted(written), outcome, code });
  return true;
}

function placeOperation(
  draft: EventDraft,
  operation: string,
  { written, outcome, code }: { written: string; outcome: 'success' | 'failure'; code: string },
): void {
  if (operation.startsWith('QUERY')) placeSql(draft, written, { outcome, isDenied: denied.has(code) });
  else if (operation.includes('CONNECT')) {
    const isEnd = operation === 'DISCONNECT';
    draft.event(
      isEnd ? 'db_logout' : 'db_login',
      isEnd ? 'session' : 'authentication',
      operation.includes('FAILED') ? 'failure' : isEnd ? 'success' : outcome,
    );
  } else if (operation === 'CHANGEUSER') draft.event('db_change_user', 'authentication', outcome);
  else {
    draft.event(`db_table_${operation.toLowerCase()}`, 'database', outcome);
    if (operation !== 'READ' && operation !== 'WRITE' && operation !== 'TABLE') draft.classify('system-object');
    draft.keyword('database.object', written);
  }
}

function unquoted(written: string): string {
  if (!written.startsWith("'") || !written.endsWith("'") || written.length < 2) return written;
  return written.slice(1, -1).replace(/\\(['"\\])/g, '$1');
}

/** MySQL Enterprise (`connection_data`, `general_data`, …) and Percona (`audit_record`). */
export function readMysqlJson(draft: EventDraft, object: JsonObject): JsonObject | undefined {
  const record = object['audit_record'];
  if (isObject(record) && record['name'] !== undefined)
    return readRecord(draft, (name) => scalar(record[name.toLowerCase()])) ? {} : undefined;
  const { account, login, class: group } = object;
  if (!isObject(account) || typeof group !== 'string' || object['connection_id'] === undefined) return undefined;
  if (group !== 'audit' && !isObject(object[`${group}_data`])) return undefined;
  draft.parsedAs(mysqlFormat);
  // The server writes UTC without saying so.
  takeTime(draft, scalar(object['timestamp']).replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/, '$1T$2Z'));
  draft.keyword('user.name', scalar(account['user']));
  const from = isObject(login) ? scalar(login['ip']) || scalar(account['host']) : scalar(account['host']);
  draft.endpoint('source', from);
  draft.keyword('database.session', scalar(object['connection_id']));
  placeMysqlData(draft, group, object);
  return {};
}

function placeMysqlData(draft: EventDraft, group: string, object: JsonObject): void {
  const data = objectOf(object[`${group}_data`]);
  const outcome = scalar(data['status']) === '0' || data['status'] === undefined ? 'success' : 'failure';
  const event = scalar(object['event']);
  draft.keyword('database.name', scalar(data['db']));
  if (group === 'connection') {
    if (event === 'disconnect') draft.event('db_logout', 'session', 'success');
    else draft.event(event === 'change_user' ? 'db_change_user' : 'db_login', 'authentication', outcome);
    if (outcome === 'failure') draft.keyword('error.code', scalar(data['status']));
  } else if (group === 'audit')
    draft.event(event === 'shutdown' ? 'db_audit_stopped' : 'db_audit_started', 'process', 'success');
  else {
    draft.keyword('database.object', scalar(data['table']));
    placeSql(draft, scalar(data['query']), {
      outcome,
      command: scalar(data['sql_command']).replaceAll('_', ' '),
      isDenied: denied.has(scalar(data['status'])),
    });
  }
}

/** `<AUDIT_RECORD NAME="Connect" …/>`, or with elements for the attributes. */
export function readMysqlXml(draft: EventDraft, start: number): boolean {
  const { text } = draft;
  if (!text.startsWith('<AUDIT_RECORD', start)) return false;
  const elements = readXml(text, start);
  const first = elements?.[0];
  if (elements === undefined || first === undefined) {
    draft.partly(mysqlFormat, 'malformed');
    return true;
  }
  const inner = new Map(elements.slice(1).map(({ name, text: value }) => [name, value]));
  return readRecord(draft, (name) => inner.get(name) ?? attributeOf(first, name) ?? '');
}

/** `root[root] @ localhost []`: the account, who signed in, and from where. */
const percona = /^(.{0,128})\[.{0,128}\] @ ([^\s[\]]{0,255}) \[([^\]]{0,64})\]$/;

function readRecord(draft: EventDraft, value: (name: string) => string): boolean {
  const name = value('NAME');
  if (name === '') return false;
  draft.parsedAs(mysqlFormat);
  takeTime(draft, value('TIMESTAMP').replace(/ UTC$/, 'Z').replace(' ', 'T'));
  const who = percona.exec(value('USER'));
  draft.keyword('user.name', who?.[1] ?? value('USER'));
  draft.endpoint('source', value('IP') || (who?.[3] ?? '') || (who?.[2] ?? '') || value('HOST'));
  draft.keyword('database.session', value('CONNECTION_ID'));
  draft.keyword('database.name', value('DB'));
  const code = value('STATUS') || value('STATUS_CODE');
  const outcome = code === '0' || code === '' ? 'success' : 'failure';
  if (outcome === 'failure') draft.keyword('error.code', code);
  if (name === 'Connect') draft.event('db_login', 'authentication', outcome);
  else if (name === 'Change user') draft.event('db_change_user', 'authentication', outcome);
  else if (name === 'Quit') draft.event('db_logout', 'session', 'success');
  else if (name === 'Audit' || name === 'NoAudit')
    draft.event(name === 'Audit' ? 'db_audit_started' : 'db_audit_stopped', 'process', 'success');
  else
    placeSql(draft, value('SQLTEXT'), {
      outcome,
      command: value('COMMAND_CLASS').replaceAll('_', ' '),
      isDenied: denied.has(code),
    });
  return true;
}

function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
