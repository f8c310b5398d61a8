import {
  decodeRecordText,
  eventFields,
  expandDocument,
  isStructuralField,
  labelPrefix,
  maskedRules,
  searchText,
  searchTextField,
  type BatchOrigin,
  type EventReading,
} from '@akashi/log-event';
import { tokenize, type FieldSource, type FlatDocument, type TextToken } from '@akashi/query';
import { fieldTexts, none } from './field-texts.ts';

/** Fields, sorted by where an event has them. */
export interface FieldSet {
  readonly names: readonly string[];
  /** Of those that formats fill, by their names; of labels, by their keys the names. */
  readonly read: ReadonlySet<string>;
  readonly labels: ReadonlyMap<string, string>;
  /** Those that every event may have, or that are put together. */
  readonly others: readonly string[];
}

export function fieldSet(names: readonly string[]): FieldSet {
  const labels = names.filter((name) => name.startsWith(labelPrefix));
  const read = names.filter((name) => Object.hasOwn(eventFields, name) && !isStructuralField(name));
  const known = new Set([...labels, ...read]);
  return {
    names,
    read: new Set(read),
    labels: new Map(labels.map((name) => [name.slice(labelPrefix.length), name])),
    others: names.filter((name) => !known.has(name)),
  };
}

/** An event as rules are asked about it: its place, and its fields by the names of the index document. */
export interface RuleEvent extends FieldSource {
  /**
   * A field's values as texts. Besides names of the document: `a\\b` joins the values of two fields, `record:a` is the pair `a=…` of
   * the record's text, `json:a.b` a member of a record that is JSON.
   */
  texts(field: string): readonly string[];
  /** The same in lower case. */
  lowered(field: string): readonly string[];
  /** Gives the texts of those of these fields that the event has. */
  visit(fields: FieldSet, tell: (field: string, text: string) => void): void;
  readonly eventId: string;
  /** Among the records of its segment. */
  readonly position: number;
  readonly receivedAtUs: number;
  readonly eventAtUs: number;
  readonly logGroup: string;
  readonly logStream: string;
  readonly format: string;
  /** Whether it is a record of an event whose first record says everything: no rule is asked about it. */
  readonly isPart: boolean;
  /** The record's sealed text. */
  readonly text: string;
}

export interface ReadEvent {
  readonly reading: EventReading;
  readonly record: Uint8Array;
  readonly origin: BatchOrigin;
  readonly receivedAtUs: number;
  readonly position: number;
  /** JSON of the record's mask notes, empty when there are none. */
  readonly notes: Uint8Array;
  readonly isPart: boolean;
  /** Asked for where a rule matches. */
  readonly eventId: () => string;
}

/** One field of an event in the forms that were asked for. */
class FieldForms {
  readonly texts: readonly string[];
  #lowered: readonly string[] | undefined;
  #tokens: readonly (readonly TextToken[])[] | undefined;

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  get lowered(): readonly string[] {
    return (this.#lowered ??= this.texts.map((text) => text.toLowerCase()));
  }

  get tokens(): readonly (readonly TextToken[])[] {
    return (this.#tokens ??= this.texts.map((text) => tokenize(text)));
  }
}

const absent = new FieldForms(none);

abstract class KeptTexts {
  #forms: Map<string, FieldForms> | undefined;

  abstract readonly text: string;
  abstract value(field: string): unknown;

  #of(field: string): FieldForms {
    this.#forms ??= new Map();
    const kept = this.#forms.get(field);
    if (kept !== undefined) return kept;
    const texts = fieldTexts(this, field);
    const forms = texts.length === 0 ? absent : new FieldForms(texts);
    this.#forms.set(field, forms);
    return forms;
  }

  tokens(field: string): readonly (readonly TextToken[])[] {
    return this.#of(field).tokens;
  }
  texts(field: string): readonly string[] {
    return this.#of(field).texts;
  }
  lowered(field: string): readonly string[] {
    return this.#of(field).lowered;
  }

  visit({ names }: FieldSet, tell: (field: string, text: string) => void): void {
    for (const field of names) for (const text of this.texts(field)) tell(field, text);
  }
}

/** What the pipeline has just read, without its document being made. A test holds it equal to `eventOfDocument`. */
class EventOfReading extends KeptTexts implements RuleEvent {
  readonly #event: ReadEvent;
  #text: string | undefined;

  constructor(event: ReadEvent) {
    super();
    this.#event = event;
  }

  get eventId(): string {
    return this.#event.eventId();
  }
  get position(): number {
    return this.#event.position;
  }
  get receivedAtUs(): number {
    return this.#event.receivedAtUs;
  }
  get eventAtUs(): number {
    return this.#event.reading.timestampUs;
  }
  get logGroup(): string {
    return this.#event.origin.logGroup;
  }
  get logStream(): string {
    return this.#event.reading.logStream;
  }
  get format(): string {
    return this.#event.reading.parse.format;
  }
  get isPart(): boolean {
    return this.#event.isPart;
  }
  get text(): string {
    return (this.#text ??= decodeRecordText(this.#event.record));
  }

  value(field: string): unknown {
    const { reading } = this.#event;
    const at = reading.fieldNames.indexOf(field);
    if (at >= 0) return reading.fieldValues[at];
    if (!field.startsWith(labelPrefix)) return this.#structural(field);
    const label = reading.labelKeys.indexOf(field.slice(labelPrefix.length));
    return label < 0 ? undefined : reading.labelValues[label];
  }

  /** What the event has is looked up among the fields: most rules look for much more than an event has. */
  override visit(fields: FieldSet, tell: (field: string, text: string) => void): void {
    const { fieldNames, fieldValues, labelKeys, labelValues } = this.#event.reading;
    for (let at = 0; at < fieldNames.length; at++) {
      const name = fieldNames[at] ?? '';
      if (!fields.read.has(name)) continue;
      const value = fieldValues[at];
      if (typeof value === 'string') tell(name, value);
      else if (Array.isArray(value)) for (const each of value) tell(name, each);
      else tell(name, String(value));
    }
    if (fields.labels.size > 0) {
      for (let at = 0; at < labelKeys.length; at++) {
        const name = fields.labels.get(labelKeys[at] ?? '');
        if (name !== undefined) tell(name, labelValues[at] ?? '');
      }
    }
    for (const field of fields.others) {
      const value = field === 'record' ? this.text : undefined;
      if (value !== undefined) tell(field, value);
      else for (const text of this.texts(field)) tell(field, text);
    }
  }

  #structural(field: string): unknown {
    const { reading, origin, receivedAtUs, position } = this.#event;
    switch (field) {
      case 'record':
        return this.text;
      case 'message':
        return reading.messageOffset < 0 ? reading.message : undefined;
      case searchTextField:
        return searchText(this.text);
      case '@timestamp':
        return Math.floor(reading.timestampUs / 1_000);
      case 'received_at':
        return Math.floor(receivedAtUs / 1_000);
      case 'original_time':
        return reading.originalTime;
      case 'log.group':
        return origin.logGroup;
      case 'log.stream':
        return reading.logStream;
      case 'parse.format':
        return reading.parse.format;
      case 'parse.status':
        return reading.parse.status;
      case 'parse.reason':
        return reading.parse.reason;
      case 'masked_rules':
        return maskedRules(this.#event.notes);
      case 'akashi.position':
        return position;
      case 'akashi.source':
        return origin.source.id;
      case 'akashi.transport':
        return origin.source.kind;
      case 'akashi.address':
        return origin.source.address;
      default:
        return undefined;
    }
  }
}

export function eventOfReading(event: ReadEvent): RuleEvent {
  return new EventOfReading(event);
}

class EventOfDocument extends KeptTexts implements RuleEvent {
  readonly eventId: string;
  readonly #document: FlatDocument;

  constructor(eventId: string, document: FlatDocument) {
    super();
    this.eventId = eventId;
    this.#document = expandDocument(document);
  }

  get position(): number {
    return Number(this.#document['akashi.position']);
  }
  get receivedAtUs(): number {
    return microsOf(this.#document['received_at']);
  }
  get eventAtUs(): number {
    return microsOf(this.#document['@timestamp']);
  }
  get logGroup(): string {
    return textOf(this.#document['log.group']);
  }
  get logStream(): string {
    return textOf(this.#document['log.stream']);
  }
  get format(): string {
    return textOf(this.#document['parse.format']);
  }
  get isPart(): boolean {
    return this.#document['akashi.part_of'] !== undefined;
  }
  get text(): string {
    return textOf(this.#document['record']);
  }

  value(field: string): unknown {
    if (!field.startsWith(labelPrefix)) return this.#document[field];
    const labels = this.#document['labels'];
    const key = field.slice(labelPrefix.length);
    if (typeof labels !== 'object' || labels === null || !Object.hasOwn(labels, key)) return undefined;
    return (labels as Record<string, unknown>)[key];
  }
}

/** An index document, as the archive's search and the index give it. */
export function eventOfDocument(eventId: string, document: FlatDocument): RuleEvent {
  return new EventOfDocument(eventId, document);
}

/** Microseconds of a time as documents keep it: epoch milliseconds when whole, else RFC 3339 text. */
function microsOf(value: unknown): number {
  if (typeof value === 'number') return value * 1_000;
  const text = String(value as string);
  const digits = /\.(\d{1,6})/.exec(text)?.[1] ?? '';
  return Math.floor(Date.parse(text) / 1_000) * 1_000_000 + Number(digits.padEnd(6, '0'));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
