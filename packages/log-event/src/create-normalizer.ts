import type { BatchOrigin } from './batch-origin.ts';
import { placeClasses } from './classes/place-classes.ts';
import { EventDraft } from './event-draft.ts';
import { formatClasses } from './formats/format-classes.ts';
import { readRecord } from './formats/read-record.ts';
import { joinRecords } from './joins/record-joins.ts';
import { ListedEvent } from './event-reading.ts';
import type { Normalizer, NormalizerInput, NormalizerSettings, ParseReason, ParseResult } from './log-event.ts';
import type { FormatMeter } from './own-formats/format-meter.ts';
import { LiveFormats, readOwn } from './own-formats/live-formats.ts';
import { decodeRecordText, keepsBytes, lostBytes } from './record-text.ts';
import { datetimeFormat } from './time/datetime-format.ts';
import { isDigitAt } from './time/read-time.ts';
import { resolveTime } from './time/resolve-time.ts';
import { zoneClock, type ZoneClock } from './time/zone-clock.ts';

/** Flag bits of a sealed record. */
const continuationFlag = 1;
const moreFollowFlag = 2;

const dayUs = 86_400_000_000;
/** Nothing logged before 1971: it is a clock that lost its time, or a number that is none. */
const leastUs = 365 * dayUs;
/** 2250-01-01: inside what the index and a double hold exactly. */
const mostUs = 8_835_955_200_000_000;

const maxStreamChars = 512;

/** A tenant's zone that the runtime does not know. */
export class TimeZoneError extends RangeError {
  readonly code = 'time-zone-unknown';
  constructor() {
    super('time zone is not an IANA name that the runtime knows');
    this.name = 'TimeZoneError';
  }
}

/**
 * Turns sealed records into events (PCI DSS 10.2.2). The same record, origin, receive time and settings always give the
 * same event; it holds nothing but caches. Throws `TimeZoneError` for an unknown zone.
 */
export function createNormalizer(settings: NormalizerSettings, { meter }: { meter?: FormatMeter } = {}): Normalizer {
  const tenantClock = zoneClock(settings.timeZone);
  if (tenantClock === undefined) throw new TimeZoneError();
  const live = new LiveFormats(settings.ownFormats ?? [], meter);
  const read = (input: NormalizerInput): ListedEvent => {
    const text = input.text ?? decodeRecordText(input.record);
    try {
      return readEvent(input, text, { tenantClock, live });
    } catch {
      return textEvent(input, text, { format: 'text', status: 'quarantined', reason: 'parser-failed' });
    }
  };
  return {
    read,
    normalize: (input) => read(input).toLogEvent(),
    join: (records) => joinRecords(records, (origin) => live.beginsOf(origin)),
  };
}

interface NormalizerParts {
  readonly tenantClock: ZoneClock;
  readonly live: LiveFormats;
}

function readEvent(input: NormalizerInput, text: string, { tenantClock, live }: NormalizerParts): ListedEvent {
  const { origin, receivedAtUs, flags } = input;
  if ((flags & continuationFlag) !== 0) {
    return textEvent(input, text, { format: 'text', status: 'partial', reason: 'continuation' });
  }
  const start = lineStart(text, input.record);
  const draft = new EventDraft(start === 0 ? text : text.slice(start), receivedAtUs);
  draft.joined = input.joined;
  draft.ownFormats = live.of(origin);
  readByFormats(draft, origin);
  if (origin.datetimeFormat !== undefined) readConfiguredTime(draft, origin.datetimeFormat);
  if (origin.file !== undefined) draft.keyword('log.file.path', origin.file);
  if (draft.joined !== 'part' || draft.format !== 'auditd') placeClasses(draft, formatClasses);
  const timestampUs = placeInTime(draft, clockOf(draft, origin, tenantClock));
  if (draft.flaw !== undefined) note(draft, draft.flaw);
  if ((flags & moreFollowFlag) !== 0 && draft.status !== 'parsed') draft.reason = 'too-long';
  const isLost = lostBytes(input.record, text);
  if (isLost || keepsBytes(text)) {
    if (draft.status === 'parsed') draft.status = 'partial';
    draft.reason = isLost ? 'invalid-utf8' : 'undecodable-bytes';
  }
  const { detachedMessage, messageStart, messageEnd, format, status, reason } = draft;
  const host = origin.logStream === null ? draft.get('host.name') : undefined;
  const isWhole = messageStart === 0 && messageEnd === draft.text.length;
  return new ListedEvent({
    timestampUs,
    originalTime: draft.timeText,
    logStream: streamOf(origin, typeof host === 'string' ? host : undefined),
    message: detachedMessage ?? (isWhole ? draft.text : draft.text.slice(messageStart, messageEnd)),
    messageOffset: detachedMessage === undefined ? start + messageStart : -1,
    parse: reason === undefined ? { format, status } : { format, status, reason },
    fieldNames: draft.names,
    fieldValues: draft.values,
    labelKeys: draft.labelKeys,
    labelValues: draft.labelValues,
  });
}

/** An organisation's own formats come before those that the product knows: somebody has said what these lines are. */
function readByFormats(draft: EventDraft, origin: BatchOrigin): void {
  const { ownFormats } = draft;
  if (ownFormats !== undefined && readOwn(draft, ownFormats, 'record')) return;
  readRecord(draft, formatOf(origin));
  if (ownFormats !== undefined && draft.status === 'unparsed') readOwn(draft, ownFormats, 'message');
}

const byteOrderMark = 0xfeff;
const maxCountDigits = 7;
/** CR and LF, which are counted and then left out of the record. */
const mostLeftOut = 2;

/**
 * Where the line itself begins: behind a byte order mark, and behind an octet count that stayed because no priority
 * followed it, as of rsyslog with a template for files.
 */
function lineStart(text: string, record: Uint8Array): number {
  if (text.charCodeAt(0) === byteOrderMark) return 1;
  let digits = 0;
  while (digits < maxCountDigits && isDigitAt(text, digits)) digits++;
  if (digits === 0 || text.charCodeAt(digits) !== 32) return 0;
  const start = digits + 1;
  const leftOut = Number(text.slice(0, digits)) - (record.length - start);
  return leftOut >= 0 && leftOut <= mostLeftOut ? start : 0;
}

let lastOrigin: BatchOrigin | undefined;
let lastFormat = '';

/** The source's own format. Log groups named after one (`ntpd`, `web/nginx-access`) say what their lines are, too. */
function formatOf(origin: BatchOrigin): string {
  if (origin !== lastOrigin) {
    const { logGroup } = origin;
    lastOrigin = origin;
    lastFormat = origin.format ?? logGroup.slice(logGroup.lastIndexOf('/') + 1);
  }
  return lastFormat;
}

/** A source's configured format decides the time, also of records whose own format has one. */
function readConfiguredTime(draft: EventDraft, configured: string): void {
  const format = datetimeFormat(configured);
  const found = format?.find(draft.text);
  if (found === undefined) {
    if (!draft.hasTime) draft.flaw ??= 'time-unknown';
    return;
  }
  draft.wall = found.wall;
  draft.timeZone = undefined;
  draft.epochUs = found.epochUs;
  draft.timeText = found.text;
  if (draft.status === 'unparsed') draft.partly(draft.format, 'no-format');
}

/** The line's own zone, else the source's, else the tenant's. A line whose zone nobody can tell is said to be so. */
function clockOf(draft: EventDraft, origin: BatchOrigin, tenantClock: ZoneClock): ZoneClock {
  const own = draft.timeZone === undefined ? undefined : zoneClock(draft.timeZone);
  if (own !== undefined) return own;
  const ofSource = origin.timeZone === undefined ? undefined : zoneClock(origin.timeZone);
  if (ofSource === undefined && draft.wall?.hasUnknownZone === true) draft.flaw ??= 'zone-unknown';
  return ofSource ?? tenantClock;
}

/** Event time in microseconds; the receive time where there is none or one that no clock can have meant. */
function placeInTime(draft: EventDraft, clock: ZoneClock): number {
  const { receivedAtUs } = draft;
  if (!draft.hasTime) {
    note(draft, draft.flaw === 'time-unknown' ? 'time-unknown' : 'no-time');
    return receivedAtUs;
  }
  const timeUs = draft.wall === undefined ? draft.epochUs : resolveTime(draft.wall, clock, receivedAtUs);
  if (timeUs === undefined || !(timeUs >= leastUs)) {
    note(draft, 'past-time');
    return receivedAtUs;
  }
  if (timeUs > receivedAtUs + dayUs) note(draft, 'future-time');
  return timeUs < mostUs ? timeUs : receivedAtUs;
}

/** A doubt about a record that is otherwise read; one that is not keeps its first reason. */
function note(draft: EventDraft, reason: ParseReason): void {
  if (draft.status !== 'parsed') return;
  draft.status = 'partial';
  draft.reason = reason;
}

function streamOf(origin: BatchOrigin, host: string | undefined): string {
  const stream = origin.logStream ?? host ?? origin.source.address;
  return stream.length > maxStreamChars ? stream.slice(0, maxStreamChars).toWellFormed() : stream;
}

function textEvent(input: NormalizerInput, text: string, parse: ParseResult): ListedEvent {
  return new ListedEvent({
    timestampUs: input.receivedAtUs,
    originalTime: undefined,
    logStream: streamOf(input.origin, undefined),
    message: text,
    messageOffset: 0,
    parse,
    fieldNames: [],
    fieldValues: [],
    labelKeys: [],
    labelValues: [],
  });
}
