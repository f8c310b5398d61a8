import { decodeText, type TextEncoding } from '@akashi/line-text';

/** Only this much of a line is tried against a pattern: enough for any time stamp, and bounded for any pattern. */
const triedBytes = 4096;

/**
 * Tells whether a line begins a record: by the section's pattern, else as awslogs does, by not beginning with white space. A day of
 * one digit that is padded with a blank (` 1 Dec 13:49:00`) begins one as well: ntpd writes so for nine days of each month, and
 * awslogs joins those lines into one.
 */
export function recordStart(pattern: RegExp | null, encoding: TextEncoding): (line: Buffer) => boolean {
  if (pattern === null) return (line) => !beginsWithSpace(line, encoding) || beginsWithPaddedDay(line, encoding);
  return (line) => pattern.test(decodeText(line.subarray(0, triedBytes), encoding).text);
}

/** Enough for the first character of every encoding, and for what switches to its set. */
const firstBytes = 8;

function beginsWithSpace(line: Buffer, encoding: TextEncoding): boolean {
  const isAscii = encoding.unit === 1 && encoding.lineEnds[0] === 0x0a;
  const code = isAscii ? line[0] : decodeText(line.subarray(0, firstBytes), encoding).text.codePointAt(0);
  return code === 0x20 || (code !== undefined && code >= 0x09 && code <= 0x0d);
}

const paddedDay = /^ [1-9] [A-Z][a-z]{2} \d{2}:\d{2}:\d{2}\b/;
/** Of ` 1 Dec 13:49:00`, in encodings of up to four bytes a character. */
const paddedDayBytes = 4 * 17;

function beginsWithPaddedDay(line: Buffer, encoding: TextEncoding): boolean {
  return paddedDay.test(decodeText(line.subarray(0, paddedDayBytes), encoding).text);
}
