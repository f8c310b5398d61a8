import type { EventDraft } from '../../event-draft.ts';
import { readCsvRow } from '../../csv-row.ts';
import { readByTable } from '../message-rows.ts';
import { placeSql } from '../sql-statement.ts';
import { serverMessages } from './server-messages.ts';

export const postgresqlFormat = 'postgresql';

const failures = new Set(['ERROR', 'FATAL', 'PANIC']);
/** `statement: …`, `execute name: …`, and the same behind the time that it took. */
const statement =
  /^(?:duration: [\d.]{1,24} ms {1,2})?(?:statement|execute [^:]{0,128}|parse [^:]{0,128}|bind [^:]{0,128}): /;

/** What the message of a line with this severity says. */
export function placeMessage(draft: EventDraft, severity: string, message: string): void {
  draft.keyword('log.level', severity.toLowerCase());
  if (message.startsWith('AUDIT: ')) {
    placeAudit(draft, message);
    return;
  }
  const match = statement.exec(message);
  if (match !== null) {
    placeSql(draft, message.slice(match[0].length), { outcome: 'success' });
    return;
  }
  if (readByTable(draft, message, serverMessages)) return;
  draft.event(
    failures.has(severity) ? 'db_error' : 'db_message',
    'database',
    failures.has(severity) ? 'failure' : undefined,
  );
  if (failures.has(severity)) draft.keyword('error.message', message);
}

/**
 * pgaudit: `AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.cards,"select …",<not logged>`. Names and statements are in quotes
 * where they hold a comma.
 */
function placeAudit(draft: EventDraft, message: string): void {
  const [kind = '', , , group = '', command = '', objectType, objectName, sql = ''] = readCsvRow(
    message,
    'AUDIT: '.length,
    { most: 9 },
  );
  draft.keyword('database.object', objectName);
  draft.keyword('database.object_type', objectType?.toLowerCase());
  draft.label('audit_type', kind);
  draft.label('audit_class', group);
  placeSql(draft, sql, { outcome: 'success', command });
}
