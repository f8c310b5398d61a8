import { addFilter } from '@akashi/query';
import { createParser, createSerializer, parseAsBoolean, parseAsString } from 'nuqs/server';
import { fieldText, type EventRecord } from '../api-client/event.ts';
import { decodeTimeRange, encodeTimeRange, type TimeRange } from '../time-range/time-range.ts';
import { parseInstant } from '../time/format-instant.ts';

const dayRange: TimeRange = { kind: 'last', amount: 24, unit: 'h' };

/** What is followed stands in the address: a person, or a query, and the time. */
export const trailParsers = {
  person: parseAsString.withDefault(''),
  q: parseAsString.withDefault(''),
  t: createParser<TimeRange>({
    parse: decodeTimeRange,
    serialize: encodeTimeRange,
    eq: (a, b) => encodeTimeRange(a) === encodeTimeRange(b),
  }).withDefault(dayRange),
  restored: parseAsBoolean.withDefault(false),
};

const serialize = createSerializer(trailParsers);
const halfDayMs = 43_200_000;

/** Half a day on each side of the event that the trail is taken up at. */
function around(event: EventRecord): TimeRange {
  const at = parseInstant(event['@timestamp']);
  return { kind: 'absolute', from: Math.max(0, at - halfDayMs), to: at + halfDayMs };
}

export function personTrail(person: string, event: EventRecord): string {
  return serialize('/trail', { person, t: around(event) });
}

/** Fields whose values lead through the logs: accounts, devices and addresses, hosts, sessions. */
const followed = new Set([
  'user.name',
  'user.id',
  'user.target.name',
  'user.effective.name',
  'source.ip',
  'source.mac',
  'destination.ip',
  'host.name',
  'host.ip',
  'session.id',
  'process.tty.name',
]);
/** Numbers and names that every machine gives anew. */
const ofOneHost = new Set(['session.id', 'process.tty.name', 'user.id']);

/** The trail of a value; undefined where the field's values lead nowhere. */
export function valueTrail(field: string, value: string, event: EventRecord): string | undefined {
  if (!followed.has(field)) return undefined;
  const host = fieldText(event, 'host.name');
  const from = ofOneHost.has(field) && host !== '' ? (addFilter('', { field: 'host.name', value: host }) ?? '') : '';
  const query = addFilter(from, { field, value });
  return query === undefined ? undefined : serialize('/trail', { q: query, t: around(event) });
}
