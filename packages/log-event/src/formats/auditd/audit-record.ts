/**
 * One record of Linux audit as it is written: `node=web01 type=USER_AUTH msg=audit(1364481363.243:24287): pid=1 uid=0 … msg='op=…
 * acct="bob" res=failed'`, and behind a group separator what auditd itself has looked up (`AUID="alice"`).
 */

import { fromHexadecimal, isHexadecimal } from './audit-values.ts';
import { typeName } from './record-types.ts';

export interface AuditRecord {
  readonly type: string;
  /** Seconds since 1970 with a fraction, as written; '' where only the envelope has a time. */
  readonly time: string;
  /** '' where the writer leaves it out. */
  readonly serial: string;
  readonly node: string;
  /** In the order of writing; the first of a name stays: what the kernel says comes before what a program says. */
  readonly pairs: ReadonlyMap<string, string>;
  /** What stands before the first pair, as of auditd's own messages and of SELinux. */
  readonly lead: string;
  /** The same of the message of a program. */
  readonly innerLead: string;
  /** The message of a program, without its quotes, as a part of the text; -1 where there is none. */
  readonly innerStart: number;
  readonly innerEnd: number;
}

const maxRecords = 64;
const stamp =
  /(?:node=(\S{1,255}) )?type=([A-Z][A-Z0-9_]{1,31}|UNKNOWN\[\d{1,5}\]) msg=audit\((\d{1,12}(?:\.\d{1,9})?):(\d{1,20})\):? ?/y;
const follower = /[\s](?=(?:node=\S{1,255} )?type=[A-Z][A-Z0-9_]{1,31} msg=audit\(\d)/g;

/** The records of one text, which relays write one after the other; empty where none begins at this place. */
export function findAuditRecords(text: string, start: number): AuditRecord[] {
  const records: AuditRecord[] = [];
  const first = text.charCodeAt(start);
  if (first !== 116 && first !== 110) return records;
  let at = start;
  while (at >= 0 && at < text.length && records.length < maxRecords) {
    stamp.lastIndex = at;
    const match = stamp.exec(text);
    if (match === null) break;
    const [head, node = '', type = '', time = '', serial = ''] = match;
    const from = at + head.length;
    const next = followerOf(text, from);
    // What a program has typed between quotes may look like the start of a record, and is none: it is in digits there.
    const end = next === null ? text.length : next.index;
    records.push(readAuditRecord(text, { node, type, time, serial }, { from, end }));
    at = next === null ? -1 : next.index + 1;
  }
  return records;
}

/** Nearly all texts hold one record. */
function followerOf(text: string, from: number): RegExpExecArray | null {
  if (!text.includes(' msg=audit(', from)) return null;
  follower.lastIndex = from;
  return follower.exec(text);
}

type Head = Pick<AuditRecord, 'node' | 'type' | 'time' | 'serial'>;

/** Reads the pairs of one record. Looks at each character a fixed number of times, whatever it holds. */
export function readAuditRecord(text: string, head: Head, { from, end }: { from: number; end: number }): AuditRecord {
  const pairs = new Map<string, string>();
  const scan: Scan = { text, end, floor: from, innerStart: -1, innerEnd: -1 };
  let first = -1;
  for (let equals = text.indexOf('=', from); equals >= 0 && equals < end; equals = text.indexOf('=', scan.floor)) {
    const keyAt = keyStart(text, equals, scan.floor);
    if (keyAt === equals) {
      scan.floor = equals + 1;
      continue;
    }
    if (first < 0) first = keyAt;
    readPair(scan, text.slice(keyAt, equals), { equals, type: head.type, pairs });
  }
  const lead = text.slice(from, first < 0 ? end : first).trim();
  const { innerStart, innerEnd } = scan;
  return {
    node: head.node,
    type: typeName(head.type),
    time: head.time,
    serial: head.serial,
    pairs,
    lead,
    innerLead: innerStart < 0 ? '' : leadOf(text.slice(innerStart, innerEnd)),
    innerStart,
    innerEnd,
  };
}

const words = /^[^=]{1,200}? (?=\(?[\w-]{1,32}=)/;

function leadOf(inner: string): string {
  return (
    words
      .exec(inner)?.[0]
      .replace(/[\s:(]+$/, '')
      .trim() ?? ''
  );
}

interface Scan {
  readonly text: string;
  readonly end: number;
  /** Where the next key may begin. */
  floor: number;
  innerStart: number;
  innerEnd: number;
}

interface PairPlace {
  readonly equals: number;
  readonly type: string;
  readonly pairs: Map<string, string>;
}

function readPair(scan: Scan, key: string, { equals, type, pairs }: PairPlace): void {
  const { text, end } = scan;
  const valueAt = equals + 1;
  const quote = text.charCodeAt(valueAt);
  if (quote === 39 && key === 'msg') {
    scan.innerStart = valueAt + 1;
    const separator = text.indexOf('\u001d', valueAt);
    const last = text.lastIndexOf("'", separator < 0 || separator > end ? end : separator);
    scan.innerEnd = last > valueAt ? last : end;
    scan.floor = valueAt + 1;
    return;
  }
  if (quote === 34) {
    const close = text.indexOf('"', valueAt + 1);
    const valueEnd = close < 0 || close >= end ? end : close;
    scan.floor = valueEnd + 1;
    put(pairs, key, text.slice(valueAt + 1, valueEnd));
    return;
  }
  const valueEnd = bareEnd(scan, key, valueAt);
  scan.floor = valueEnd;
  const value = text.slice(valueAt, withoutMarks(text, valueAt, valueEnd));
  put(pairs, key, isHexadecimal(type, key, value) ? fromHexadecimal(value, key) : value);
}

function put(pairs: Map<string, string>, key: string, value: string): void {
  if (value === '' || value === '?' || value === '(null)' || pairs.has(key)) return;
  pairs.set(key, value);
}

function bareEnd({ text, end }: Scan, key: string, start: number): number {
  let at = start;
  // `saddr={ saddr_fam=inet laddr=192.0.2.7 lport=80 }` holds pairs of its own.
  if (text.charCodeAt(at) === 123) return at + 1;
  if (text.startsWith('(null)', at)) return at + 6;
  while (at < end && text.charCodeAt(at) > 32 && !startsLookedUp(text, at)) at++;
  // Older programs write `op=adding user`.
  if (key !== 'op' && key !== 'reason') return at;
  while (at < end && text.charCodeAt(at) === 32) {
    let word = at + 1;
    while (word < end && text.charCodeAt(word) > 32 && text.charCodeAt(word) !== 61) word++;
    if (text.charCodeAt(word) === 61 || word === at + 1) break;
    at = word;
  }
  return at;
}

/** Without the marks that stand between pairs in some records: `(hostname=?, addr=?, res=failed)'`. */
function withoutMarks(text: string, start: number, end: number): number {
  let at = end;
  while (at > start) {
    const code = text.charCodeAt(at - 1);
    if (code !== 44 && code !== 41 && code !== 39) break;
    at--;
  }
  // `(null)` and `(none)` are values.
  return text.charCodeAt(start) === 40 && at < end && text.charCodeAt(at) === 41 ? at + 1 : at;
}

/** The group separator before what auditd has looked up, as relays write it. */
const writtenSeparator = '#035';

function startsLookedUp(text: string, at: number): boolean {
  return text.charCodeAt(at) === 35 && text.startsWith(writtenSeparator, at);
}

function keyStart(text: string, equals: number, floor: number): number {
  let at = equals;
  while (at > floor && isKeyChar(text.charCodeAt(at - 1))) at--;
  return at > 0 && startsLookedUp(text, at - 1) ? at + writtenSeparator.length - 1 : at;
}

function isKeyChar(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 91) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 93
  );
}
