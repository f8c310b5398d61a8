import type { FieldValue, ParseStatus } from './log-event.ts';

/** What masking changed in a record: the rule and the place, never the value. Offsets are bytes of the masked text. */
export interface MaskNoteEntry {
  rule: string;
  start: number;
  length: number;
}

/**
 * One document of the search index, flat dotted keys as they stand in `_source`. Catalogued ECS fields stand beside
 * these. Times are epoch milliseconds when whole, else RFC 3339 text with microseconds.
 */
export interface IndexDocument {
  '@timestamp': number | string;
  received_at: number | string;
  original_time?: string;
  'log.group': string;
  'log.stream': string;
  'akashi.tenant': string;
  'akashi.segment': string;
  'akashi.position': number;
  /** Of a record that is one event with others: the id of the first of them… */
  'akashi.part_of'?: string;
  /** …and of the first, the positions of the others. */
  'akashi.parts'?: number[];
  'akashi.source': string;
  'akashi.transport': string;
  'akashi.address': string;
  /** The sealed masked text. */
  record: string;
  /** Only when it is not a part of the record. */
  message?: string;
  message_offset?: number;
  /** Only when the message ends before the record. */
  message_length?: number;
  /** In place of the five fields of a syslog priority. */
  pri?: number;
  /** Only when escapes hide words of the record (`searchText`). */
  search_text?: string;
  'parse.format': string;
  'parse.status': ParseStatus;
  'parse.reason'?: string;
  masked?: MaskNoteEntry[];
  masked_rules?: string[];
  labels?: Record<string, string>;
  [field: string]: FieldValue | number[] | MaskNoteEntry[] | Record<string, string> | undefined;
}

/** A sealed record as the encoder takes it (the shape of a block's record, bytes as views). */
export interface IndexableRecord {
  leaf: number;
  originIndex: number;
  flags: number;
  receivedAtUs: number;
  sequence: number;
  /** JSON of the mask notes, empty when there are none. */
  notes: Uint8Array;
  record: Uint8Array;
}

/** What an index document gives of an event of the API; where it is sealed is not in it. Times are RFC 3339 in UTC. */
export interface ApiEvent {
  id: string;
  '@timestamp': string;
  receivedAt: string;
  originalTime?: string;
  logGroup: string;
  logStream: string;
  /** The source that delivered the record, with the event's own source.ip and source.port. */
  source: ApiEventSource;
  message: string;
  record: string;
  /** The id of the event that this record is a part of, which says what all of its records say. */
  partOf?: string;
  /** The ids of the event's other records. */
  parts?: string[];
  masked: MaskNoteEntry[];
  parse: { format: string; status: ParseStatus; reason?: string };
  labels: Record<string, string>;
  /** Every catalogued ECS field of the event under its dotted name. */
  fields: Record<string, FieldValue>;
  /** The same fields as nested ECS objects (`user.name` at `user`.`name`), except `source`, which stands above. */
  [ecsObject: string]: unknown;
}

export interface ApiEventSource {
  id: string;
  kind: string;
  address: string;
  ip?: string;
  port?: number;
  mac?: string;
}
