/** SQL Server's error log: `2026-11-22 10:00:00.12 Logon       Login failed for user 'sa'. Reason: … [CLIENT: 192.0.2.7]`. */

import type { EventDraft } from '../../event-draft.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { readByTable } from '../message-rows.ts';
import { sqlServerMessages } from './server-messages.ts';

export const sqlServerFormat = 'sql-server';

const source = / (Logon|spid\d{1,6}s?|Server|Backup|ログオン) {2,16}/y;
const errorNumber = /^(?:Error|エラー): (\d{1,6}), (?:Severity|重大度): ?(\d{1,2}), (?:State|状態): ?(\d{1,3})\./;

/** A line that begins with a time. False when it is none of SQL Server's. */
export function readSqlServerLine(draft: EventDraft, wall: WallTime): boolean {
  // Hundredths of a second, which few others write.
  if (draft.text.charCodeAt(wall.end - 3) !== 46) return false;
  source.lastIndex = wall.end;
  const match = source.exec(draft.text);
  if (match === null) return false;
  draft.parsedAs(sqlServerFormat);
  draft.setWall(wall, 0);
  draft.set('process.name', 'sqlservr');
  draft.messageStart = source.lastIndex;
  const from = match[1] ?? '';
  if (from.startsWith('spid')) draft.keyword('database.session', from);
  draft.keyword('log.logger', from);
  placeSqlServerMessage(draft, draft.text.slice(draft.messageStart, draft.messageEnd).trimEnd());
  return true;
}

export function placeSqlServerMessage(draft: EventDraft, message: string): void {
  const error = errorNumber.exec(message);
  if (error !== null) {
    draft.event('db_error', 'database', 'failure');
    draft.keyword('error.code', error[1]);
    draft.long('event.severity', error[2]);
    return;
  }
  if (!readByTable(draft, message, sqlServerMessages)) draft.event('db_message', 'database');
}
