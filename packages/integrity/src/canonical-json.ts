/**
 * JSON in one spelling (RFC 8785, JCS): no white space, members by their names' UTF-16 code units, numbers and strings as
 * ECMAScript writes them. What is signed is signed over these bytes. Works in Node and in browsers.
 */
import { decodeUtf8, encodeUtf8 } from './bytes.ts';

/** A value that I-JSON (RFC 7493) cannot carry, or a text that is not in its canonical spelling. */
export class NotCanonicalError extends Error {
  override readonly name = 'NotCanonicalError';
}

/**
 * The canonical text of plain objects, arrays, strings, finite numbers, booleans and null. Members that are undefined are
 * left out. Throws a NotCanonicalError for any other value and for a lone surrogate.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new NotCanonicalError('a text holds a lone surrogate');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotCanonicalError('a number is not finite');
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new NotCanonicalError(`JSON holds no ${typeof value}`);
  return Array.isArray(value) ? `[${value.map((each) => canonicalJson(each)).join(',')}]` : canonicalObject(value);
}

function canonicalObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new NotCanonicalError('JSON holds plain objects only');
  // The default order of sort is that of UTF-16 code units, as RFC 8785 section 3.2.3 asks.
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, each]) => `${canonicalJson(name)}:${canonicalJson(each)}`).join(',')}}`;
}

/** The UTF-8 bytes of `canonicalJson`. */
export function canonicalBytes(value: unknown): Uint8Array {
  return encodeUtf8(canonicalJson(value));
}

/** The value of canonical bytes. Throws a NotCanonicalError for every other spelling, a member named twice among them. */
export function parseCanonicalJson(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    throw new NotCanonicalError('the bytes are no JSON in UTF-8');
  }
  if (canonicalJson(value) !== text) throw new NotCanonicalError('the JSON is not in its canonical spelling');
  return value;
}
