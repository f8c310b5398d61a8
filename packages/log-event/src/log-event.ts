import type { BatchOrigin } from './batch-origin.ts';
import type { JoinedRecords, RecordsToJoin } from './joins/record-joins.ts';
import type { LiveFormat } from './own-formats/own-format.ts';

/** One catalogued value. A list only where the catalogue's field holds several, such as `event.category`. */
export type FieldValue = string | number | boolean | string[];

export const parseStatuses = ['parsed', 'partial', 'unparsed', 'quarantined'] as const;

/**
 * parsed: a format knew the record, with its time. partial: something of it is missing, `reason` says what.
 * unparsed: no format knew it, it stays searchable as text. quarantined: reading it failed, its neighbours went on.
 */
export type ParseStatus = (typeof parseStatuses)[number];

export const parseReasons = [
  'no-format',
  'no-time',
  'time-unknown',
  'future-time',
  'past-time',
  'invalid-utf8',
  'undecodable-bytes',
  'unknown-message',
  'malformed',
  'continuation',
  'too-long',
  'fields-dropped',
  'parser-failed',
  'clock-unsynchronized',
  'zone-unknown',
  'index-refused',
] as const;

export type ParseReason = (typeof parseReasons)[number];

export interface ParseResult {
  format: string;
  status: ParseStatus;
  reason?: ParseReason;
}

/** The fields derived from one record. Always derivable again from the sealed record and its origin. */
export interface LogEvent {
  /** Event time in whole microseconds since 1970-01-01T00:00:00Z; the receive time where the record holds none. */
  timestampUs: number;
  /** The time as the sender wrote it. */
  originalTime?: string;
  logStream: string;
  message: string;
  /** Where `message` starts in the record's text, in UTF-16 units; -1 when it is not a part of it. */
  messageOffset: number;
  /** Catalogued ECS names only (`eventFields`), each value of the catalogue's type. */
  fields: Record<string, FieldValue>;
  /** Keys that the catalogue does not know: flattened, bounded in number and length. */
  labels: Record<string, string>;
  parse: ParseResult;
}

export interface NormalizerSettings {
  /** IANA zone of the tenant, for sources that name none. */
  timeZone: string;
  /** The organisation's own formats that read lines now, in the order in which they are tried. */
  ownFormats?: readonly LiveFormat[];
}

export interface NormalizerInput {
  record: Uint8Array;
  origin: BatchOrigin;
  receivedAtUs: number;
  /** Flags of the sealed record: bit 0 continuation of an over-long line, bit 1 more parts follow. */
  flags: number;
  /** The record's text when the caller has decoded it already. */
  text?: string;
  /** Of a record that is one event with others: what those say when it is their head, or that it is a part of another. */
  joined?: readonly string[] | 'part';
}

/**
 * An event as it was read: its fields in two lists, which are far cheaper to fill and to write out than an object with
 * ever new keys. `fields` and `labels` are made of them when somebody asks.
 */
export interface EventReading extends LogEvent {
  readonly fieldNames: readonly string[];
  readonly fieldValues: readonly FieldValue[];
  readonly labelKeys: readonly string[];
  readonly labelValues: readonly string[];
}

export interface Normalizer {
  /** Never throws: a record that breaks its parser comes back with status `quarantined`. */
  normalize(input: NormalizerInput): LogEvent;
  /** The same event in the form that the bulk encoder takes; not a plain object. */
  read(input: NormalizerInput): EventReading;
  /** Which records of a segment are one event together. */
  join(records: RecordsToJoin): JoinedRecords;
}
