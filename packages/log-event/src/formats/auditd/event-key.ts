/**
 * Which event of Linux audit a record belongs to: the kernel writes one record for each thing that a call touched, all of them
 * with the time and the number of the event.
 */

/** What the envelope of a relay may be before the record begins: nothing that somebody types stands there. */
const time =
  '(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d|\\d{4}-\\d\\d-\\d\\d[T ][\\d:.,]{8,18}(?:Z|[+-]\\d\\d:?\\d\\d)?)';
const tagged = '\\S{1,128}: ';
const structured = '\\S{1,48} \\S{1,128} \\S{1,32} (?:-|\\[[^\\]]{0,256}\\]) ';
const envelope = new RegExp(
  `^(?:<\\d{1,3}>)?(?:1 )?${time} (\\S{1,255}) (?:${tagged}|${structured})(?:\\[ {0,8}\\d{1,8}\\.\\d{6}\\] )?(?:audit: )?$`,
);
const opening = /(?:node=(\S{1,255}) )?type=(?:[A-Z][A-Z0-9_]{1,31}|\d{4}|UNKNOWN\[\d{1,5}\]) (?:msg=)?$/;
const stamp = /audit\((\d{1,12}\.\d{1,9}:\d{1,20})\)/y;

/** The stamp stands near the beginning, behind an envelope at most. */
const mostBefore = 600;
/** What every record of audit holds that has a stamp. */
export const stampStart = 'audit(';

export interface AuditEventKey {
  /** Host, time and number. */
  readonly key: string;
  /** Where the record begins in its text. */
  readonly start: number;
}

/** Undefined for a text that is no such record, and for one that tells no number. */
export function auditEventKey(text: string): AuditEventKey | undefined {
  const at = text.indexOf(stampStart);
  if (at < 0 || at > mostBefore) return undefined;
  stamp.lastIndex = at;
  const number = stamp.exec(text)?.[1];
  if (number === undefined) return undefined;
  const before = text.slice(0, at);
  const opened = opening.exec(before);
  if (opened === null) return undefined;
  const host = opened.index === 0 ? '' : envelope.exec(before.slice(0, opened.index))?.[1];
  return host === undefined ? undefined : { key: `${host} ${opened[1] ?? ''} ${number}`, start: opened.index };
}
