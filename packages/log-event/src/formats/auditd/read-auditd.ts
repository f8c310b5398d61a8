/** Linux audit: records from auditd's own file or its relays, from the kernel's log, and as journald writes them. */

import type { EventDraft } from '../../event-draft.ts';
import { epochTextMicros } from '../../time/read-epoch.ts';
import { findAuditRecords, readAuditRecord, type AuditRecord } from './audit-record.ts';
import { fillAuditEvent } from './fill-audit.ts';

/** `type=… msg=audit(…): …` from `start`; false where none begins there. */
export function readAuditd(draft: EventDraft, start: number): boolean {
  const { text } = draft;
  const records = findAuditRecords(text, start);
  const [first] = records;
  if (first === undefined) return false;
  if (first.innerStart >= 0 && records.length === 1) {
    draft.messageStart = first.innerStart;
    draft.messageEnd = first.innerEnd;
  }
  fill(draft, records);
  return true;
}

function fill(draft: EventDraft, own: readonly AuditRecord[]): void {
  draft.parsedAs('auditd');
  const { joined } = draft;
  const records = Array.isArray(joined) ? [...own, ...joined.flatMap(recordsOfPart)] : own;
  const [first] = records;
  if (first !== undefined && first.time !== '' && !draft.hasTime) {
    draft.epochUs = epochTextMicros(first.time);
    draft.timeText = first.time;
  }
  fillAuditEvent(draft, records);
}

/** Of a text that begins with its record: `type=SYSCALL msg=audit(…` or, of the kernel's own log, `type=1300 audit(…`. */
function recordsOfPart(text: string): AuditRecord[] {
  const records = findAuditRecords(text, 0);
  if (records.length > 0) return records;
  const match = kernelRecord.exec(text);
  return match === null ? [] : [readKernelRecord(text, match)];
}

function readKernelRecord(text: string, [all, type = '', time = '', serial = '']: RegExpExecArray): AuditRecord {
  return readAuditRecord(text, { node: '', type, time, serial }, { from: all.length, end: text.length });
}

const kernelRecord =
  /^(?:\[ {0,8}\d{1,8}\.\d{6}\] )?(?:audit: )?type=(\d{4}) audit\((\d{9,12}\.\d{1,9}):(\d{1,20})\): ?/;
const journalRecord =
  /^([A-Z][A-Z_]{2,31}) (?=(?:pid|auid|op|arch|item|cwd|proctitle|apparmor|avc|argc|prog-id|saddr|name|unit|res|dev)=|avc: )/;

/** A record as the kernel writes it to its own log, and as journald writes it: false for other messages. */
export function readAuditThroughSyslog(draft: EventDraft, message: string): boolean {
  if (readAuditd(draft, draft.messageStart)) return true;
  const match = kernelRecord.exec(message) ?? journalRecord.exec(message);
  if (match === null) return false;
  fill(draft, [readKernelRecord(message, match)]);
  return true;
}
