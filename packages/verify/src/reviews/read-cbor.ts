/**
 * As much of CBOR (RFC 8949) as WebAuthn's keys and attestation objects have: integers, byte and text strings, arrays and
 * maps of definite length, and simple values. Keys of maps become texts, so 1 and "1" are one key.
 */
export type Cbor = number | string | Uint8Array | boolean | null | readonly Cbor[] | ReadonlyMap<string, Cbor>;

export class CborError extends Error {
  override readonly name = 'CborError';
}

const deepest = 8;

/** The value at the beginning of the bytes, and how many bytes it takes. Throws a CborError. */
export function readCbor(bytes: Uint8Array): { value: Cbor; bytes: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;

  const take = (count: number): number => {
    const start = at;
    if (count > bytes.length - at) throw new CborError('cut');
    at += count;
    return start;
  };

  const argument = (info: number): number => {
    if (info < 24) return info;
    if (info === 24) return view.getUint8(take(1));
    if (info === 25) return view.getUint16(take(2));
    if (info === 26) return view.getUint32(take(4));
    throw new CborError('a length that is not supported');
  };

  const item = (depth: number): Cbor => {
    if (depth > deepest) throw new CborError('too deep');
    const head = view.getUint8(take(1));
    const major = head >> 5;
    if (major === 7) return simple(head & 31);
    const value = argument(head & 31);
    if (major === 0) return value;
    if (major === 1) return -1 - value;
    if (major === 2 || major === 3) {
      const start = take(value);
      const part = bytes.subarray(start, start + value);
      return major === 2 ? part : Buffer.from(part).toString('utf8');
    }
    if (major === 6 || value > bytes.length) throw new CborError('a value that is not supported');
    if (major === 4) return Array.from({ length: value }, () => item(depth + 1));
    const entries = Array.from({ length: value }, () => [nameOf(item(depth + 1)), item(depth + 1)] as const);
    const map = new Map(entries);
    if (map.size !== entries.length) throw new CborError('a key twice');
    return map;
  };

  const value = item(0);
  return { value, bytes: at };
}

function simple(info: number): boolean | null {
  if (info === 20 || info === 21) return info === 21;
  if (info === 22) return null;
  throw new CborError('a value that is not supported');
}

function nameOf(key: Cbor): string {
  if (typeof key !== 'number' && typeof key !== 'string') throw new CborError('a key that is not supported');
  return String(key);
}
