/** What systemd says of units and logind of sessions; what they say of the clock is the clock's format. */

import type { EventDraft } from '../../event-draft.ts';
import { isLogService } from '../log-daemon/log-services.ts';
import { messageRow, messageTable, readByTable, type MessageRow } from '../message-rows.ts';

const unit = '([\\w@:.\\\\-]{1,200}\\.(?:service|socket|timer|mount|scope|target|slice|path|swap|device))';

/** The unit's name where systemd says it (since 253 beside the description), else the description. */
function ofUnit(verb: string, event: string): MessageRow[] {
  return [
    messageRow(`^${verb} ${unit}(?: - .{0,256})?$`, event, 'service.name'),
    messageRow(`^${verb} (.{1,256}?)(?:\\.{1,3}|…)?$`, event, 'service.name'),
  ];
}

const units = messageTable([
  messageRow(
    `^Started [Ss]ession (\\S{1,32}) of [Uu]ser (.{1,256}?)\\.?$`,
    'session_started session success',
    'session.id user.name',
  ),
  ...ofUnit('Started', 'service_started process success'),
  ...ofUnit('Finished', 'service_finished process success'),
  ...ofUnit('Reloaded', 'service_reloaded process success'),
  ...ofUnit('Stopped', 'service_stopped process success'),
  ...ofUnit('Starting', 'service_starting process'),
  ...ofUnit('Stopping', 'service_stopping process'),
  messageRow(
    '^(?:Reloading|Reexecuting)(?: requested from .{0,256})?\\.?$',
    'systemd_reloaded configuration success',
    'service.name=systemd',
  ),
  messageRow(
    `^Failed to (start|stop|reload|mount) ${unit}(?: - .{0,256})?$`,
    'service_failed process failure',
    'label:step service.name',
  ),
  messageRow(
    '^Failed to (start|stop|reload|mount) (.{1,256}?)\\.?$',
    'service_failed process failure',
    'label:step service.name',
  ),
  messageRow(`^Failed to (.{1,512})$`, 'service_failed process failure', 'event.reason'),
  messageRow(`^${unit}: (Main process exited, .{1,128})$`, 'service_exited process', 'service.name event.reason'),
  messageRow(
    `^${unit}: (Failed with result .{1,64}|Unit entered failed state)\\.?$`,
    'service_failed process failure',
    'service.name event.reason',
  ),
  messageRow(
    `^${unit}: (?:Deactivated successfully|Succeeded|Consumed .{1,256})\\.?$`,
    'service_ended process success',
    'service.name',
  ),
  messageRow(`^${unit}: (.{1,512})$`, 'service_notice process', 'service.name event.reason'),
  messageRow(
    '^(?:Created slice|Removed slice|Reached target|Stopped target|Listening on|Closed|Mounted|Unmounted|Mounting|Unmounting|Set up|Activating|Activated|Deactivated|Found device) (.{1,256}?)(?:\\.{1,3}|…)?$',
    'unit_changed process success',
    'service.name',
  ),
  messageRow(
    '^(?:Shutting down|Rebooting|Powering off|System is (?:rebooting|powering down|halting))',
    'system_shutdown host success',
    '',
  ),
  messageRow('^Startup finished in ', 'system_started host success', ''),
]);

const sessions = messageTable([
  messageRow(
    "^New session '?([^' ]{1,32})'? of user '?(.{1,256}?)'?(?: with class '\\S{1,32}' and type '\\S{1,32}')?\\.$",
    'session_opened session success',
    'session.id user.name',
  ),
  messageRow("^Removed session '?([^' ]{1,32}?)'?\\.$", 'session_closed session success', 'session.id'),
  messageRow("^Session '?([^' ]{1,32}?)'? logged out", 'session_logged_out session success', 'session.id'),
  messageRow(
    '^(System is (?:rebooting|powering down|halting|suspending).{0,128})$',
    'system_shutdown host success',
    'event.reason',
  ),
  messageRow('^(?:New seat|Removed seat|Watching system buttons|Lid |Power key|Operation )', 'seat_notice host', ''),
  messageRow('^(Failed to .{1,512})$', 'session_failed session failure', 'event.reason'),
]);

/** False for what is about neither units nor sessions. */
export function readSystemd(draft: EventDraft, message: string): boolean {
  const isLogin = draft.get('process.name') === 'systemd-logind';
  if (!readByTable(draft, message.trimEnd(), isLogin ? sessions : units)) return false;
  draft.parsedAs('systemd');
  const service = draft.get('service.name');
  const action = draft.get('event.action');
  if (typeof service === 'string' && typeof action === 'string' && changesState.has(action) && isLogService(service))
    draft.classify('log-control');
  return true;
}

const changesState = new Set(
  'service_started service_stopped service_failed service_ended service_reloaded'.split(' '),
);
