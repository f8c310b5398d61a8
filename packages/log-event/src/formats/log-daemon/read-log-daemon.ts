/**
 * What the daemons of logging say of themselves: rsyslogd, syslogd, syslog-ng, auditd, journald, logrotate. Whether they run, lost
 * something, or were told otherwise (PCI DSS 10.2.1.6).
 */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow, messageTable, readByTable } from '../message-rows.ts';

const table = messageTable([
  // rsyslogd
  messageRow('^\\[origin software="rsyslogd" .{0,256}\\] (?:start|restart)', 'log_started process success'),
  messageRow(
    '^\\[origin software="rsyslogd" .{0,256}\\] (exiting on signal \\d{1,3})',
    'log_stopped process success',
    'event.reason',
  ),
  messageRow('^\\[origin software="rsyslogd" .{0,256}\\] rsyslogd was HUPed', 'log_reopened process success'),
  messageRow('^(exiting on signal \\d{1,3})', 'log_stopped process success', 'event.reason'),
  messageRow(
    '^(im\\w{1,16} (?:begins to drop|lost \\d{1,12}) messages.{0,256})$',
    'log_dropped process failure',
    'event.reason',
  ),
  messageRow(
    '^(.{0,64}(?:begins to drop|lost \\d{1,12}) messages.{0,256})$',
    'log_dropped process failure',
    'event.reason',
  ),
  messageRow(
    "^(action '.{1,128}' suspended(?: \\(module .{1,128}\\))?(?:, (?:next )?retry .{0,256})?)$",
    'log_suspended process failure',
    'event.reason',
  ),
  messageRow("^action '(.{1,128})' resumed(?: \\(module .{1,128}\\))?$", 'log_resumed process success', 'event.reason'),
  // syslogd, klogd
  messageRow('^restart(?: \\((.{1,64})\\))?\\.?$', 'log_started process success', 'event.reason'),
  messageRow('^(?:started: )?BusyBox v', 'log_started process success'),
  messageRow('^(?:Kernel logging .{0,32} stopped|Kernel log daemon terminating)', 'log_stopped process success'),
  messageRow('^.{0,64}log source = \\S{1,128} started', 'log_started process success'),
  // syslog-ng
  messageRow('^syslog-ng starting up', 'log_started process success'),
  messageRow('^syslog-ng shutting down', 'log_stopped process success'),
  messageRow('^Configuration reload (?:request received|finished)', 'log_reloaded configuration success'),
  messageRow('^(Syslog connection (?:broken|failed).{0,256})$', 'log_suspended network failure', 'event.reason'),
  messageRow('^Syslog connection (?:established|accepted)', 'log_resumed network success'),
  messageRow(
    '^(Number of allowed concurrent connections reached.{0,256})$',
    'log_dropped network failure',
    'event.reason',
  ),
  messageRow('^Log statistics', 'log_statistics process'),
  // auditd
  messageRow('^Init complete, auditd ', 'log_started process success'),
  messageRow('^The audit daemon is (?:exiting|now .{1,64})', 'log_stopped process success'),
  messageRow('^Audit daemon rotating log files', 'log_rotated process success'),
  messageRow(
    '^(Audit daemon is (?:suspending|resuming|now suspending) logging.{0,128})$',
    'log_suspended process failure',
    'event.reason',
  ),
  messageRow(
    '^(Audit daemon (?:is low on|log file is larger|has no|will).{0,256})$',
    'log_notice process failure',
    'event.reason',
  ),
  messageRow('^(?:config change requested by|Config changed)', 'log_reloaded configuration success'),
  messageRow(
    '^(dispatch err .{0,256}|dispatch error .{0,256}|queue (?:is |to audispd is )?full.{0,256})$',
    'log_dropped process failure',
    'event.reason',
  ),
  // journald
  messageRow('^Journal started', 'log_started process success'),
  messageRow('^Journal stopped', 'log_stopped process success'),
  messageRow('^(Suppressed \\d{1,12} messages from .{0,256})$', 'log_dropped process failure', 'event.reason'),
  messageRow('^(Forwarding to syslog missed \\d{1,12} messages\\.?)$', 'log_dropped process failure', 'event.reason'),
  messageRow('^(Vacuuming done, freed .{0,256})$', 'log_removed file success', 'event.reason'),
  messageRow('^Deleted archived journal (\\S{1,512})', 'log_removed file success', 'file.path'),
  messageRow(
    '^(File (\\S{1,512}) corrupted or uncleanly shut down.{0,128})$',
    'log_damaged file failure',
    'event.reason file.path',
  ),
  // logrotate
  messageRow('^(ALERT exited abnormally with \\[\\d{1,3}\\])', 'log_rotated process failure', 'event.reason'),
  messageRow('^(error: .{1,512})$', 'log_rotated process failure', 'event.reason'),
]);

/** `rsyslogd-2177` carries the number of the message. */
export const logPrograms =
  'rsyslogd rsyslogd-2177 rsyslogd-2007 rsyslogd-2359 rsyslogd-2027 rsyslogd0 rsyslog syslogd klogd syslog-ng auditd systemd-journald systemd-journal journald logrotate';

/** False for what says nothing of logging itself. */
export function readLogDaemon(draft: EventDraft, message: string): boolean {
  if (!readByTable(draft, message.trimEnd(), table)) return false;
  draft.parsedAs('log-daemon');
  const program = draft.get('process.name');
  if (typeof program === 'string') draft.keyword('service.name', program.replace(/-\d{1,6}$/, ''));
  return true;
}
