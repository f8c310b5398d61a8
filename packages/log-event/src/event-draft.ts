import { classBit } from './classes/class-set.ts';
import type { EventClass } from './classes/event-class.ts';
import type { EventFieldType } from './fields/event-field.ts';
import { eventFields, isStructuralField } from './fields/event-fields.ts';
import { pciFields } from './fields/pci-fields.ts';
import type { CompiledFormat } from './own-formats/compile-own-format.ts';
import { isIpAddress, plainIpv4 } from './ip-address.ts';
import { isPrivateAddress, readWrittenAddress } from './written-address.ts';
import type { FieldValue, ParseReason, ParseStatus } from './log-event.ts';
import type { WallTime } from './time/wall-time.ts';
import { readWrittenZone } from './time/written-zone.ts';

/** A longer value would pass the index's limit of 32,766 bytes for one term (three bytes a UTF-16 unit, and a key). */
const maxValueChars = 8_000;
const maxLabels = 64;
const maxLabelKeyChars = 128;
const maxLabelValueChars = 2_000;
const maxListEntries = 16;

const endpointNames = {
  source: { ip: 'source.ip', address: 'source.address', port: 'source.port' },
  destination: { ip: 'destination.ip', address: 'destination.address', port: 'destination.port' },
} as const;

const unsafeKeyPart = /^\.|\.$|\.\.|[^!-<>-~\u0080-\uffff]|^$/;

/** A field that a record may fill. */
export interface DerivedField {
  /** The one string of its name. */
  readonly name: string;
  readonly type: EventFieldType;
}

const derivedFields = new Map<string, DerivedField>(
  Object.entries(eventFields)
    .filter(([name]) => !isStructuralField(name) && !Object.hasOwn(pciFields, name))
    .map(([name, { type }]) => [name, { name, type }]),
);

/** Undefined for a name that the catalogue does not have or that no record may fill. */
export function derivedField(name: string): DerivedField | undefined {
  return derivedFields.get(name);
}

/** An event while its formats fill it in. A format only adds: what an outer format has set stays. */
export class EventDraft {
  readonly text: string;
  readonly receivedAtUs: number;
  readonly names: string[] = [];
  readonly values: FieldValue[] = [];
  readonly labelKeys: string[] = [];
  readonly labelValues: string[] = [];
  /** Those that the reader set beside its format's table, as the bits of a `ClassSet`. */
  classBits = 0;
  format = 'text';
  status: ParseStatus = 'unparsed';
  reason: ParseReason | undefined = 'no-format';
  /** What is wrong with a record whose format is nevertheless known; shows once all formats are done. */
  flaw: ParseReason | undefined = undefined;
  wall: WallTime | undefined = undefined;
  epochUs: number | undefined = undefined;
  /** The zone that the line names for `wall`, one that the runtime knows. */
  timeZone: string | undefined = undefined;
  timeText: string | undefined = undefined;
  /** `X-Forwarded-For` as the sender's key has it. */
  forwardedFor: string | undefined = undefined;
  /** The organisation's own formats, tried on what an envelope leaves; set where there are any. */
  ownFormats: readonly CompiledFormat[] | undefined = undefined;
  /** A time that detection has read, and where it starts, so that the format need not read it again. */
  foundWall: WallTime | undefined = undefined;
  foundAt = -1;
  /** What the other records of the event say, when this record is their head; `part` when it is one of them. */
  joined: readonly string[] | 'part' | undefined = undefined;
  /** The message as a part of the text… */
  messageStart = 0;
  messageEnd: number;
  /** …or, when it is none, by itself. */
  detachedMessage: string | undefined = undefined;

  constructor(text: string, receivedAtUs: number) {
    this.text = text;
    this.receivedAtUs = receivedAtUs;
    this.messageEnd = text.length;
  }

  get hasTime(): boolean {
    return this.wall !== undefined || this.epochUs !== undefined;
  }

  parsedAs(format: string): void {
    this.format = format;
    this.status = 'parsed';
    this.reason = undefined;
  }

  /** The format is certain, something of it is not. The first reason stays. */
  partly(format: string, reason: ParseReason): void {
    this.format = format;
    this.status = 'partial';
    this.reason ??= reason;
  }

  setWall(wall: WallTime, from: number): void {
    if (this.hasTime) return;
    this.wall = wall;
    const text = this.text.slice(from, wall.end);
    this.timeText = text.charCodeAt(0) === 32 ? text.trim() : text;
  }

  /** The line's own zone, for a time that was read without one. A text that names none leaves it to the source. */
  setZone(written: string): void {
    const { wall } = this;
    if (written === '' || wall === undefined || wall.offsetMinutes !== undefined) return;
    const zone = readWrittenZone(written);
    if (zone === undefined) wall.hasUnknownZone = true;
    else if ('timeZone' in zone) this.timeZone = zone.timeZone;
    else wall.offsetMinutes = zone.offsetMinutes;
  }

  /** The sender says that its clock is not synchronised (PCI DSS 10.6.1). */
  markClock(): void {
    this.set('ntp.state', 'unsynchronized');
    this.flaw ??= 'clock-unsynchronized';
  }

  /** A catalogued value of the catalogue's type, which the caller answers for. The first value of a name stays. */
  set(name: string, value: FieldValue): void {
    if (this.has(name)) return;
    this.names.push(name);
    this.values.push(value);
  }

  get(name: string): FieldValue | undefined {
    const { names } = this;
    for (let i = 0; i < names.length; i++) if (names[i] === name) return this.values[i];
    return undefined;
  }

  /** Names are the catalogue's own strings, so that comparing them is comparing pointers. */
  private has(name: string): boolean {
    const { names } = this;
    for (let i = 0; i < names.length; i++) if (names[i] === name) return true;
    return false;
  }

  keyword(name: string, value: string | undefined): void {
    if (value === undefined || value === '') return;
    this.set(name, value.length > maxValueChars ? value.slice(0, maxValueChars).toWellFormed() : value);
  }

  /** A number in digits; text that is none is left out. */
  long(name: string, digits: string | undefined): void {
    if (digits === undefined || digits === '') return;
    const value = Number(digits);
    if (Number.isSafeInteger(value)) this.set(name, value);
  }

  double(name: string, digits: string | undefined): void {
    if (digits === undefined || digits === '') return;
    const value = Number(digits);
    if (Number.isFinite(value)) this.set(name, value);
  }

  /**
   * `source` or `destination`: an IP address goes to `.ip`, a name to `.address`. What is written around an address (a
   * zone, other addresses) stays in `.address`.
   */
  endpoint(side: 'source' | 'destination', address: string | undefined, port?: string): void {
    if (address === undefined || address === '' || address === '-' || address === '?') return;
    const names = endpointNames[side];
    if (isIpAddress(address)) this.set(names.ip, address.startsWith('::ffff:') ? plainIpv4(address) : address);
    else this.writtenEndpoint(names, address);
    this.long(names.port, port);
  }

  private writtenEndpoint(names: (typeof endpointNames)['source' | 'destination'], written: string): void {
    const found = readWrittenAddress(written);
    if (found !== undefined) {
      this.set(names.ip, found.ip);
      this.long(names.port, found.port);
    }
    if (found?.saysMore !== false) this.keyword(names.address, written);
  }

  event(action: string, category: string, outcome?: 'success' | 'failure' | 'unknown'): void {
    this.set('event.action', action);
    this.set('event.category', [category]);
    if (outcome !== undefined) this.set('event.outcome', outcome);
  }

  /** A value instead of one that a key of any sender's has set before the sender was known. */
  revise(name: string, value: FieldValue): void {
    const at = this.names.indexOf(name);
    if (at < 0) this.set(name, value);
    else this.values[at] = value;
  }

  /** Classes that the action alone does not decide. */
  classify(...classes: readonly EventClass[]): void {
    for (const name of classes) this.classBits |= classBit(name);
  }

  /** A value of a field, if it is of the field's type and not set yet; false when it was not taken. */
  take(field: DerivedField | undefined, value: unknown): boolean {
    if (field === undefined || this.has(field.name)) return false;
    if (field.type === 'ip' && typeof value === 'string' && !isIpAddress(value)) return this.takeAddress(field, value);
    const fitting = fittingValue(field.type, value);
    if (fitting === undefined) return false;
    this.names.push(field.name);
    this.values.push(fitting);
    return true;
  }

  /**
   * The client behind an own proxy: what a proxy says of others counts where the record names no address, or a private
   * one, since anybody may send such a header. The proxy stays as a label.
   */
  placeForwarded(): void {
    if (this.forwardedFor === undefined) return;
    const client = readWrittenAddress(this.forwardedFor);
    const at = this.names.indexOf('source.ip');
    const peer = this.values[at];
    if (client === undefined || (typeof peer === 'string' && !isPrivateAddress(peer))) return;
    if (typeof peer !== 'string') {
      this.endpoint('source', this.forwardedFor);
      return;
    }
    this.values[at] = client.ip;
    this.label('proxy', peer);
    const portAt = this.names.indexOf('source.port');
    if (portAt < 0) return;
    this.names.splice(portAt, 1);
    this.values.splice(portAt, 1);
  }

  /** An address with a port or a zone, or a list of them, under a key that means one. */
  private takeAddress(field: DerivedField, written: string): boolean {
    const found = readWrittenAddress(written);
    if (found === undefined) return false;
    this.set(field.name, found.ip);
    const side = Object.values(endpointNames).find(({ ip }) => ip === field.name);
    if (side !== undefined) {
      this.long(side.port, found.port);
      if (found.saysMore) this.keyword(side.address, written);
    }
    return true;
  }

  /** A key that the catalogue does not know. Bounded: what is over the bound stays searchable in the record. */
  label(key: string, value: string): void {
    if (value !== '') this.namedLabel(labelName(key), value);
  }

  /** The same with the name that `labelName` has made of a key. */
  namedLabel(name: string, value: string): void {
    if (value === '') return;
    if (this.labelKeys.length >= maxLabels) {
      this.flaw ??= 'fields-dropped';
      return;
    }
    if (this.labelKeys.includes(name)) return;
    this.labelKeys.push(name);
    this.labelValues.push(
      value.length > maxLabelValueChars ? value.slice(0, maxLabelValueChars).toWellFormed() : value,
    );
  }
}

/** Names below `labels` that are terms of the index itself. */
const indexOwnName = /^_value(?:AndPath)?(?=\.|$)/;

/**
 * Keys that the index takes as one path: no empty parts, no blanks, not the one name that objects reserve, and nothing
 * that the index's own terms (`labels._valueAndPath`, which hold `name=value`) could mean otherwise.
 */
export function labelName(key: string): string {
  let name = key.length > maxLabelKeyChars ? key.slice(0, maxLabelKeyChars).toWellFormed() : key;
  if (unsafeKeyPart.test(name)) {
    name = name
      .split('.')
      .map((part) => part.replace(/[^!-<>-~\u0080-\uffff]/g, '_') || '_')
      .join('.');
  }
  if (indexOwnName.test(name)) return `_${name}`;
  return name === '__proto__' ? '_proto_' : name;
}

function fittingValue(type: EventFieldType, value: unknown): FieldValue | undefined {
  if (type === 'keyword' || type === 'text') return fittingText(value);
  if (type === 'ip') return typeof value === 'string' && isIpAddress(value) ? value : undefined;
  if (type === 'boolean') {
    if (value === 'true' || value === 'false') return value === 'true';
    return typeof value === 'boolean' ? value : undefined;
  }
  if (type !== 'long' && type !== 'double') return undefined;
  const number = typeof value === 'string' && /^[+-]?\d{1,16}(?:\.\d{1,16})?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number') return undefined;
  return type === 'long' ? (Number.isSafeInteger(number) ? number : undefined) : number;
}

function fittingText(value: unknown): FieldValue | undefined {
  if (typeof value === 'string') {
    if (value === '') return undefined;
    return value.length > maxValueChars ? value.slice(0, maxValueChars).toWellFormed() : value;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const list: string[] = [];
  for (const entry of value as unknown[]) {
    if (typeof entry !== 'string' || list.length === maxListEntries) return undefined;
    list.push(entry.slice(0, maxValueChars).toWellFormed());
  }
  return list;
}
