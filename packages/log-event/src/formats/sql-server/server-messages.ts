/** What SQL Server writes into its error log and, as events of `MSSQLSERVER`, into Windows' application log. */

import { messageRow, messageTable } from '../message-rows.ts';

/** The client is written behind what was typed. */
const client = ' {1,2}\\[CLIENT: ([^\\]\\s]{1,64}|<[^>\\]]{1,64}>|<named pipe>)\\]\\.?$';

export const sqlServerMessages = messageTable([
  messageRow(
    `^Login failed for user '(.{0,256})'\\.(?: Reason: (.{0,512}?))?${client}`,
    'db_login authentication failure',
    'user.name event.reason source',
  ),
  messageRow(`^Login failed for user '(.{0,256})'\\.?$`, 'db_login authentication failure', 'user.name'),
  messageRow(
    `^Login failed(?:\\.| ){1,2}(.{0,256}?)${client}`,
    'db_login authentication failure',
    'event.reason source',
  ),
  messageRow(
    `^Login succeeded for user '(.{0,256})'\\. Connection made using (.{1,64}) authentication\\.${client}`,
    'db_login authentication success',
    'user.name label:method source',
  ),
  messageRow(
    `^ユーザー '(.{0,256})' はログインできませんでした。(?: ?(?:理由|原因): ?(.{0,512}?))?(?: {0,2}\\[(?:CLIENT|クライアント): ([^\\]]{1,64})\\])?$`,
    'db_login authentication failure',
    'user.name event.reason source',
  ),
  messageRow(
    "^Configuration option '(.{1,128}?)' changed from (-?\\d{1,20} to -?\\d{1,20})\\.",
    'db_setting_changed configuration success',
    'database.object event.reason',
  ),
  messageRow(
    "^Setting database option (.{1,128}?) (?:to (\\S{1,32}) )?for database '?(.{1,128}?)'?\\.$",
    'db_setting_changed configuration success',
    'database.object event.reason database.name',
  ),
  messageRow('^Audit: (.{1,512})$', 'db_audit_changed process success', 'event.reason'),
  messageRow(
    "^SQL Trace ID (\\d{1,10}) was started by login '?(.{1,256}?)'?\\.$",
    'db_trace_started process success',
    'database.object user.name',
  ),
  messageRow(
    "^SQL Trace (?:ID (\\d{1,10}) was )?stopped\\.? ?(?:.*Login Name = '(.{1,256}?)'.*)?$",
    'db_trace_stopped process success',
    'database.object user.name',
  ),
  messageRow('^The error log has been reinitialized', 'db_log_cycled process success'),
  messageRow(
    '^(?:Database|Log) (?:backed up|was restored)\\. Database: ([^,]{1,128}),',
    'db_backup database success',
    'database.name',
  ),
  messageRow('^SQL Server is (?:terminating|now ready)', 'db_state process success'),
  messageRow('^SQL Server (?:is terminating|shutdown).{0,256}', 'db_stopped process success'),
  messageRow(
    "^The (\\w{1,32}) permission was denied on the object '(.{1,256}?)', database '(.{1,128}?)'",
    'db_permission_denied database failure',
    'label:permission database.object database.name',
  ),
]);
