/**
 * The systemd journal as `journalctl -o json` and its shippers write it (systemd.journal-fields): names with an underscore before
 * them are set by journald itself, the others by the program. The message is read as that of the program behind syslog.
 */

import type { EventDraft } from '../../event-draft.ts';
import type { JsonObject } from '../json/read-json.ts';
import { readByProgram } from '../program-readers.ts';
import { priorityNames, priorityValues } from '../syslog/priority.ts';

/** `unset` of the audit system as an unsigned number. */
const unsetId = '4294967295';

/** What of a journal's entry stays as labels: the rest is about where and how the entry was taken. */
const kept =
  '@timestamp timestamp time MESSAGE_ID _TRANSPORT JOB_TYPE JOB_RESULT ERRNO EXIT_STATUS EXIT_CODE COMMAND SEAT_ID LEADER RESULT TID DOCUMENTATION _CONTAINER_NAME CONTAINER_NAME CONTAINER_ID _SELINUX_CONTEXT'.split(
    ' ',
  );

/** Undefined for an object that is no entry of a journal. */
export function readJournald(draft: EventDraft, entry: JsonObject): JsonObject | undefined {
  if (entry['__REALTIME_TIMESTAMP'] === undefined && entry['_SOURCE_REALTIME_TIMESTAMP'] === undefined) {
    if (entry['MESSAGE'] === undefined || entry['_HOSTNAME'] === undefined) return undefined;
  }
  draft.parsedAs('journald');
  takeTime(draft, entry);
  draft.keyword('host.name', text(entry['_HOSTNAME']));
  takePriority(draft, entry);
  const program = text(entry['SYSLOG_IDENTIFIER']) ?? text(entry['_COMM']);
  draft.keyword('log.syslog.appname', text(entry['SYSLOG_IDENTIFIER']));
  draft.keyword('process.name', program);
  draft.long('process.pid', text(entry['_PID']) ?? text(entry['SYSLOG_PID']));
  const message = messageOf(entry['MESSAGE']);
  if (message !== undefined) readByProgram(draft, message);
  takeOrigin(draft, entry);
  return restOf(entry, message);
}

/** Microseconds since 1970. */
function takeTime(draft: EventDraft, entry: JsonObject): void {
  const written = text(entry['__REALTIME_TIMESTAMP']) ?? text(entry['_SOURCE_REALTIME_TIMESTAMP']);
  if (written === undefined || draft.hasTime || !/^\d{15,16}$/.test(written)) return;
  draft.epochUs = Number(written);
  draft.timeText = written;
}

function takePriority(draft: EventDraft, entry: JsonObject): void {
  const severity = Number(text(entry['PRIORITY']) ?? Number.NaN);
  if (!(severity >= 0 && severity <= 7)) return;
  const facility = Number(text(entry['SYSLOG_FACILITY']) ?? Number.NaN);
  const hasFacility = facility >= 0 && facility <= 23;
  const values = priorityValues((hasFacility ? facility * 8 : 0) + severity);
  for (const [index, name] of priorityNames.entries()) {
    if (hasFacility || name.startsWith('log.syslog.severity.')) draft.set(name, values[index] ?? 0);
  }
}

/** What journald knows of the process that wrote: it gives way to what the message says of an act. */
function takeOrigin(draft: EventDraft, entry: JsonObject): void {
  const login = setId(entry['_AUDIT_LOGINUID']);
  if (draft.get('user.name') === undefined) draft.keyword('user.id', login ?? text(entry['_UID']));
  draft.keyword('session.id', text(entry['SESSION_ID']) ?? setId(entry['_AUDIT_SESSION']));
  if (draft.get('user.name') === undefined) draft.keyword('user.name', text(entry['USER_ID']));
  draft.keyword('process.executable', text(entry['_EXE']));
  draft.keyword('process.command_line', text(entry['_CMDLINE']));
  draft.keyword('service.name', text(entry['UNIT']) ?? text(entry['_SYSTEMD_UNIT']));
}

function setId(value: unknown): string | undefined {
  const id = text(value);
  return id === unsetId ? undefined : id;
}

function restOf(entry: JsonObject, message: string | undefined): JsonObject {
  const rest: JsonObject = {};
  for (const key of kept) if (entry[key] !== undefined) rest[key] = entry[key];
  // fluent-bit puts its own time beside the fields of the journal.
  if (typeof entry['date'] === 'number') rest['timestamp'] = entry['date'];
  if (message !== undefined) rest['MESSAGE'] = message;
  return rest;
}

/** A text, or the numbers of its bytes where it is not UTF-8 or holds control characters. */
function messageOf(value: unknown): string | undefined {
  if (!Array.isArray(value)) return text(value);
  const isBytes = value.every((byte) => typeof byte === 'number' && byte >= 0 && byte <= 255);
  if (!isBytes) return text(value.at(-1));
  return new TextDecoder('utf-8').decode(Uint8Array.from(value as number[]));
}

/** Of a field that was set several times, the first. */
function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) && typeof value[0] === 'string' ? value[0] : undefined;
}
