/** What AIDE and Tripwire find changed since their last look (PCI DSS 10.3.4, 11.5.2). */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow, messageTable, readByTable } from '../message-rows.ts';

const table = messageTable([
  messageRow('^[Aa]dded(?: file)?: "?(/.{0,4096}?)"?$', 'file_added file success', 'file.path'),
  messageRow('^[Rr]emoved(?: file)?: "?(/.{0,4096}?)"?$', 'file_removed file success', 'file.path'),
  messageRow('^(?:[Cc]hanged|[Mm]odified)(?: file)?: "?(/.{0,4096}?)"?$', 'file_changed file success', 'file.path'),
  messageRow('^[fdlpscbFDL]\\+{8,32}: (/.{0,4096})$', 'file_added file success', 'file.path'),
  messageRow('^[fdlpscbFDL]-{8,32}: (/.{0,4096})$', 'file_removed file success', 'file.path'),
  messageRow('^[fdlpscbFDL][ .<>=a-zA-Z+!:-]{8,32}: (/.{0,4096})$', 'file_changed file success', 'file.path'),
  messageRow(
    '^(?:AIDE \\S{0,16} ?)?found (?:NO )?differences between .{1,128}(?:Looks okay!{0,2})?',
    'integrity_checked file success',
  ),
  messageRow('^(?:#{1,3} )?All files match AIDE database', 'integrity_checked file success'),
  messageRow(
    '^(AIDE .{0,32}(?:initialized|updated) .{0,128})$',
    'integrity_database_made configuration success',
    'event.reason',
  ),
  messageRow(
    '^Integrity Check Complete: .{0,256}?\\bV:(\\d{1,10}) S:(\\d{1,10}) A:(\\d{1,10}) R:(\\d{1,10}) C:(\\d{1,10})',
    'integrity_checked file success',
    'label:violations label:severity label:added label:removed label:changed',
  ),
  messageRow(
    '^Database (?:Initialized|Updated|Update Complete|File Updated)(?::? (\\S{1,512}))?',
    'integrity_database_made configuration success',
    'file.path',
  ),
  messageRow(
    '^Policy (?:File )?Update(?:d| Complete)?(?::? (\\S{1,512}))?',
    'integrity_policy_changed configuration success',
    'file.path',
  ),
  messageRow('^(Integrity Check [Ff]ailed.{0,256})$', 'integrity_checked file failure', 'event.reason'),
]);

/** False for the other lines of a report. */
export function readFileIntegrity(draft: EventDraft, message: string): boolean {
  if (!readByTable(draft, message.trimEnd(), table)) return false;
  draft.parsedAs('file-integrity');
  return true;
}
