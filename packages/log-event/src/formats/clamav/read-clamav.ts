/** What ClamAV found, and whether its patterns are current (PCI DSS 5.3, with 10.2.1 for who and where). */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow, messageTable, readByTable } from '../message-rows.ts';

const table = messageTable([
  messageRow(
    '^(?:ScanOnAccess: )?(.{1,4096}): ([\\w./-]{1,256})(?:\\([0-9a-f:]{1,80}\\))? FOUND$',
    'malware_found malware',
    'file.path rule.name',
  ),
  messageRow(
    "^(?:ScanOnAccess: )?(.{1,4096}): (?:moved|copied) to '(.{1,4096})'",
    'malware_quarantined malware success',
    'file.path file.target_path',
  ),
  messageRow('^(?:ScanOnAccess: )?(.{1,4096}): Removed\\.?$', 'malware_removed malware success', 'file.path'),
  messageRow(
    '^SelfCheck: (Database (?:status OK|modification detected).{0,64})$',
    'malware_patterns_checked host success',
    'event.reason',
  ),
  messageRow(
    '^(\\w{1,32}\\.c[vl]d) updated \\(version: (\\d{1,10})',
    'malware_patterns_updated configuration success',
    'file.name package.version',
  ),
  messageRow('^(?:Database updated|Clamd successfully notified)', 'malware_patterns_updated configuration success'),
  messageRow(
    '^(\\w{1,32}\\.c[vl]d)(?: database)? is up[ -]to[ -]date',
    'malware_patterns_checked host success',
    'file.name',
  ),
  messageRow(
    '^(?:WARNING: )?(Your ClamAV installation is OUTDATED!?)',
    'malware_patterns_checked host failure',
    'event.reason',
  ),
  messageRow('^(?:ERROR|WARNING): (.{1,512})$', 'malware_scanner_notice host failure', 'event.reason'),
  messageRow('^clamd daemon \\S{1,32}', 'malware_scanner_started process success'),
  messageRow('^(?:Pid file removed|--- Stopped at|Exiting)', 'malware_scanner_stopped process success'),
]);

export function readClamav(draft: EventDraft, message: string): boolean {
  if (!readByTable(draft, message.trimEnd(), table)) return false;
  draft.parsedAs('clamav');
  return true;
}
