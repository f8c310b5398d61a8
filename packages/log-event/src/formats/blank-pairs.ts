/**
 * `key=value key=value` where a value may hold blanks: it goes on until a blank that another key follows. `\=` and `\\`
 * stand for themselves.
 */

export interface FoundPair {
  key: string;
  /** As it was written, without blanks around it. */
  raw: string;
  /** Where it stands in the text. */
  at: number;
}

export interface FoundPairs {
  pairs: FoundPair[];
  /** There were more than the bound. */
  isCut: boolean;
}

const maxPairs = 256;
const maxKeyChars = 128;

/** Looks at each character a fixed number of times, whatever the text holds. */
export function findBlankPairs(text: string, start: number, end: number): FoundPairs {
  const pairs: FoundPair[] = [];
  let key: { text: string; valueAt: number } | undefined;
  let floor = start;
  const close = (valueEnd: number): void => {
    if (key !== undefined) pairs.push(pairOf(text, key, valueEnd));
  };
  for (let equals = text.indexOf('=', start); equals >= 0 && equals < end; equals = text.indexOf('=', equals + 1)) {
    const keyAt = keyStart(text, equals, { floor, start });
    floor = equals + 1;
    if (keyAt < 0) continue;
    close(keyAt);
    if (pairs.length === maxPairs) return { pairs, isCut: true };
    key = { text: text.slice(keyAt, equals), valueAt: equals + 1 };
  }
  close(end);
  return { pairs, isCut: false };
}

/** The same where one separator stands between pairs, which no value holds. */
export function findSeparatedPairs(
  text: string,
  start: number,
  { end, separator }: { end: number; separator: string },
): FoundPairs {
  const pairs: FoundPair[] = [];
  let equals = text.indexOf('=', start);
  for (let at = start; at < end && equals >= 0;) {
    const found = text.indexOf(separator, at);
    const pairEnd = found < 0 || found > end ? end : found;
    if (equals >= 0 && equals < at) equals = text.indexOf('=', at);
    if (equals > at && equals < pairEnd) {
      if (pairs.length === maxPairs) return { pairs, isCut: true };
      pairs.push(pairOf(text, { text: text.slice(at, equals).trim(), valueAt: equals + 1 }, pairEnd));
    }
    at = pairEnd + separator.length;
  }
  return { pairs, isCut: false };
}

function pairOf(text: string, key: { text: string; valueAt: number }, valueEnd: number): FoundPair {
  let at = key.valueAt;
  let end = valueEnd;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  while (end > at && isBlank(text.charCodeAt(end - 1))) end--;
  return { key: key.text, raw: text.slice(at, end), at };
}

/** Where the key before an `=` begins, -1 when none stands there. */
function keyStart(text: string, equals: number, { floor, start }: { floor: number; start: number }): number {
  let at = equals;
  while (at > floor && isKeyChar(text.charCodeAt(at - 1))) at--;
  if (at === equals || equals - at > maxKeyChars) return -1;
  return at === start || isBlank(text.charCodeAt(at - 1)) ? at : -1;
}

function isKeyChar(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 91) ||
    (code >= 97 && code <= 122) ||
    code === 93 ||
    code === 95 ||
    code === 46 ||
    code === 45 ||
    (code >= 0x3041 && code < 0xff00)
  );
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0;
}
