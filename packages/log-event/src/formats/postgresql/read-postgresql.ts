/**
 * PostgreSQL's log: stderr behind any usual `log_line_prefix`, csvlog, jsonlog, and through syslog; with pgaudit.
 *
 * A user's and a database's name are typed before anybody has signed in, and stand before the message. A line in which
 * they could hold another severity is said to be doubtful.
 */

import type { EventDraft } from '../../event-draft.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { takeTime, type JsonObject } from '../json/read-json.ts';
import { isDigitAt, readIsoTime } from '../../time/read-time.ts';
import { readCsvRow } from '../../csv-row.ts';
import { placeMessage, postgresqlFormat } from './place-message.ts';

const severity =
  /\b(DEBUG[1-5]?|INFO|NOTICE|WARNING|LOG|ERROR|FATAL|PANIC|DETAIL|HINT|QUERY|CONTEXT|STATEMENT|LOCATION): {2}/g;
/** Words that hardly anybody else writes: behind a time in brackets, one blank is enough. */
const ownSeverity = /(?:^|[\s:])(LOG|FATAL|PANIC|STATEMENT|HINT|DETAIL): {1,2}/g;
const maxPrefixChars = 600;
const zoneWord = / ([A-Z]{2,5}|[+-]\d{2})(?=[ :,\]])/y;
const pid = /\[(\d{1,10})\]/;
const userAtDatabase = /(?:^|[\s:])([^\s@:,=]{1,128})@([^\s@:,=]{1,128}?)(?=[\s:,]|$)/;
const peer =
  /(?:^|[\s:,])(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[0-9a-f]{0,4}:[0-9a-f:]{2,40})(?:\((\d{1,5})\))?(?=[\s:,]|$)/;
const pairs = /\b(user|db|app|client|host)=([^,]{0,256}?)(?=,\s?\w{2,6}=|\s*$)/g;
const keyOfPair = /\b(user|db|app|client|host)=/g;
/** The parts of a message that explain the line before. */
const additions = new Set(['DETAIL', 'HINT', 'QUERY', 'CONTEXT', 'STATEMENT', 'LOCATION']);

/** A line that begins with a time. False when it is none of PostgreSQL's. */
export function readPostgresqlLine(draft: EventDraft, wall: WallTime): boolean {
  const { text } = draft;
  zoneWord.lastIndex = wall.end;
  const zone = zoneWord.exec(text);
  const at = zone === null ? wall.end : zoneWord.lastIndex;
  const code = text.charCodeAt(at);
  if (code === 44) return readCsvLine(draft, { wall, zone: zone?.[1] ?? '', at });
  const hasZone = zone !== null || wall.offsetMinutes !== undefined;
  if (!hasZone && (text.charCodeAt(at + 1) !== 91 || !isDigitAt(text, at + 2))) return false;
  if (!readPrefixed(draft, at)) return false;
  draft.setWall(wall, 0);
  if (zone !== null) draft.setZone(zone[1] ?? '');
  return true;
}

const bracketed = /^\[(?=\d{4}-\d\d-\d\d )/;

/** `[2026-11-22 10:00:00.123 JST] 192.0.2.7: FATAL: …`: a prefix of `[%m] %r`. */
export function readBracketedPostgresql(draft: EventDraft): boolean {
  const { text } = draft;
  if (!bracketed.test(text)) return false;
  const wall = readIsoTime(text, 1);
  if (wall === undefined) return false;
  zoneWord.lastIndex = wall.end;
  const zone = zoneWord.exec(text);
  const at = zone === null ? wall.end : zoneWord.lastIndex;
  if (text.charCodeAt(at) !== 93 || !readPrefixed(draft, at + 1, ownSeverity)) return false;
  draft.setWall(wall, 1);
  if (zone !== null) draft.setZone(zone[1] ?? '');
  return true;
}

const sequence = /^\[\d{1,10}(?:-\d{1,10})?\] ?/;

/** The message through syslog: `[3-1] user=…,db=… LOG:  …`, with or without a time of its own. */
export function readPostgresqlMessage(draft: EventDraft, message: string): boolean {
  const start = draft.messageEnd - message.length;
  const skipped = sequence.exec(message)?.[0].length ?? 0;
  const wall = readIsoTime(draft.text, start + skipped);
  return readPrefixed(draft, wall === undefined ? start + skipped : wall.end);
}

function readPrefixed(draft: EventDraft, at: number, pattern = severity): boolean {
  const { text } = draft;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null || match.index - at > maxPrefixChars) return false;
  const start = pattern.lastIndex;
  const isDoubtful = pattern.exec(text.slice(0, start + 2048)) !== null;
  draft.parsedAs(postgresqlFormat);
  draft.set('process.name', 'postgres');
  const prefix = text.slice(at, match.index);
  if (isDoubtful) draft.flaw ??= 'malformed';
  else placePrefix(draft, prefix);
  draft.long('process.pid', pid.exec(prefix)?.[1]);
  draft.messageStart = start;
  const message = text.slice(start, draft.messageEnd).trimEnd();
  const word = match[1] ?? '';
  if (additions.has(word)) placeAddition(draft, word, message);
  else placeMessage(draft, word, message);
  return true;
}

function placePrefix(draft: EventDraft, prefix: string): void {
  if (prefix.includes('=')) {
    const keys = [...prefix.matchAll(keyOfPair)].map(([, key]) => key);
    if (new Set(keys).size < keys.length) {
      draft.flaw ??= 'malformed';
      return;
    }
    for (const [, name, value = ''] of prefix.matchAll(pairs)) placePair(draft, name, value.trim());
    return;
  }
  const account = userAtDatabase.exec(prefix);
  draft.keyword('user.name', known(account?.[1]));
  draft.keyword('database.name', known(account?.[2]));
  const client = peer.exec(prefix);
  draft.endpoint('source', client?.[1], client?.[2]);
}

function placePair(draft: EventDraft, name: string | undefined, value: string): void {
  if (known(value) === undefined) return;
  if (name === 'user') draft.keyword('user.name', value);
  else if (name === 'db') draft.keyword('database.name', value);
  else if (name === 'app') draft.label('application_name', value);
  else if (value !== '[local]')
    draft.endpoint('source', value.replace(/\(\d{1,5}\)$/, ''), /\((\d{1,5})\)$/.exec(value)?.[1]);
}

function known(value: string | undefined): string | undefined {
  return value === '[unknown]' || value === '' ? undefined : value;
}

function placeAddition(draft: EventDraft, word: string, message: string): void {
  draft.event('db_message_detail', 'database');
  draft.keyword('log.level', word.toLowerCase());
  if (word === 'STATEMENT' || word === 'QUERY') draft.keyword('database.statement', message);
}

const columns =
  'user_name database_name process_id connection_from session_id session_line_num command_tag session_start_time virtual_transaction_id transaction_id error_severity sql_state_code message detail hint internal_query internal_query_pos context query query_pos location application_name backend_type leader_pid query_id'.split(
    ' ',
  );

function readCsvLine(draft: EventDraft, { wall, zone, at }: { wall: WallTime; zone: string; at: number }): boolean {
  const values = readCsvRow(draft.text, at + 1, { most: columns.length });
  const level = values[10] ?? '';
  if (values.length < 20 || !/^(?:DEBUG[1-5]|[A-Z]{3,7})$/.test(level)) return false;
  draft.setWall(wall, 0);
  draft.setZone(zone);
  const value = (name: string): string => values[columns.indexOf(name)] ?? '';
  placeColumns(draft, value, level);
  return true;
}

function placeColumns(draft: EventDraft, value: (name: string) => string, level: string): void {
  draft.parsedAs(postgresqlFormat);
  draft.set('process.name', 'postgres');
  draft.keyword('user.name', value('user_name'));
  draft.keyword('database.name', value('database_name'));
  draft.long('process.pid', value('process_id'));
  const from = /^(.{1,64}?)(?::(\d{1,5}))?$/.exec(value('connection_from'));
  if (from?.[1] !== '[local]') draft.endpoint('source', from?.[1], from?.[2]);
  draft.keyword('database.session', value('session_id'));
  draft.keyword('error.code', value('sql_state_code') === '00000' ? '' : value('sql_state_code'));
  draft.label('application_name', value('application_name'));
  draft.label('detail', value('detail'));
  placeMessage(draft, level, value('message'));
  draft.keyword('database.statement', value('query'));
  draft.detachedMessage = value('message');
}

const jsonNames: Readonly<Record<string, string>> = {
  user_name: 'user',
  database_name: 'dbname',
  process_id: 'pid',
  sql_state_code: 'state_code',
  query: 'statement',
};

/** jsonlog (15 and later). */
export function readPostgresqlJson(draft: EventDraft, object: JsonObject): JsonObject | undefined {
  const level = object['error_severity'];
  if (typeof level !== 'string' || (object['backend_type'] ?? object['line_num']) === undefined) return undefined;
  const text = (name: string): string => {
    const value = object[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  takeTime(draft, text('timestamp').replace(/ [A-Z]{2,5}$/, ''));
  draft.setZone(/ ([A-Z]{2,5})$/.exec(text('timestamp'))?.[1] ?? '');
  draft.endpoint('source', text('remote_host') === '[local]' ? '' : text('remote_host'), text('remote_port'));
  placeColumns(draft, (name) => text(jsonNames[name] ?? name), level);
  draft.detachedMessage = undefined;
  return typeof object['message'] === 'string' ? { message: object['message'] } : {};
}
