const space = 0x20;
const lessThan = 0x3c;
const greaterThan = 0x3e;
const zero = 0x30;
const nine = 0x39;

/** Digits of an octet count: nobody sends messages of 10 MB and more, so a longer number is text. */
const maxCountDigits = 7;
const maxPriorityDigits = 3;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** The most that has to be seen of a frame to know how it begins: a count, a space and a priority. */
export const longestStart = maxCountDigits + 1 + maxPriorityDigits + 2;

/** An octet count, after which the message stands at `at`. */
export interface CountedStart {
  at: number;
  octets: number;
}

/** How a frame begins: with an octet count, or as a line, which begins at `at`. */
export type FrameStart =
  | ({ kind: 'counted' } & CountedStart)
  | {
      kind: 'line';
      at: number;
      /** It begins as a syslog message does. */
      hasPriority: boolean;
      /** It begins as an octet count does, but no priority follows. */
      maybe?: CountedStart;
    };

export interface Bytes {
  source: Buffer;
  /** Where `source` is filled up to. */
  length: number;
}

/**
 * Digits, a space and a priority are an octet count (RFC 6587 section 3.4.1 lets a counted message begin with nothing
 * else); where the frame before was counted as well (`isCounting`), digits and a space are. Anything else is a line. The
 * first frame of a stream may have a byte order mark before it, as some libraries write it. Undefined when the bytes so far
 * do not decide.
 */
export function readFrameStart(
  bytes: Bytes,
  at: number,
  { isFirst, isCounting }: { isFirst: boolean; isCounting: boolean },
): FrameStart | undefined {
  const from = isFirst ? skipByteOrderMark(bytes, at) : at;
  if (from === undefined) return undefined;
  const count = readCount(bytes, from);
  if (count === 'undecided') return undefined;
  if (count !== undefined) {
    const priority = findPriority(bytes, count.at);
    if (priority === 'here' || (isCounting && !count.isPadded))
      return { kind: 'counted', at: count.at, octets: count.octets };
    if (priority === 'undecided') return undefined;
    return { kind: 'line', at, hasPriority: false, ...(count.isPadded ? {} : { maybe: count }) };
  }
  return { kind: 'line', at, hasPriority: bytes.source[from] === lessThan };
}

/** `at` itself where there is none; undefined when it could still become one, or nothing stands behind it yet. */
function skipByteOrderMark({ source, length }: Bytes, at: number): number | undefined {
  for (const [index, byte] of byteOrderMark.entries()) {
    if (at + index === length) return undefined;
    if (source[at + index] !== byte) return at;
  }
  return at + byteOrderMark.length < length ? at + byteOrderMark.length : undefined;
}

function readCount(
  { source, length }: Bytes,
  at: number,
): (CountedStart & { isPadded: boolean }) | undefined | 'undecided' {
  const digits = countDigits({ source, length }, at, maxCountDigits);
  const end = at + digits;
  if (digits === 0) return undefined;
  if (end === length) return 'undecided';
  if (source[end] !== space) return undefined;
  const octets = Number(source.toString('latin1', at, end));
  return octets === 0 ? undefined : { at: end + 1, octets, isPadded: source[at] === zero };
}

/** Whether a priority (`<13>`) stands at `at`. */
export function findPriority({ source, length }: Bytes, at: number): 'here' | 'undecided' | undefined {
  if (at === length) return 'undecided';
  if (source[at] !== lessThan) return undefined;
  const digits = countDigits({ source, length }, at + 1, maxPriorityDigits);
  const end = at + 1 + digits;
  if (end === length) return 'undecided';
  return digits > 0 && source[end] === greaterThan ? 'here' : undefined;
}

/** How many digits stand at `at`, at most `most`. */
function countDigits({ source, length }: Bytes, at: number, most: number): number {
  let digits = 0;
  while (digits < most && at + digits < length && isDigit(source[at + digits])) digits += 1;
  return digits;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= nine;
}
