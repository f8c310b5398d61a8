import { decodeText, type TextEncodingName } from './text-encoding.ts';

/** Only this much of a line is tried against a pattern: enough for any time stamp, and bounded for any pattern. */
const triedBytes = 4096;

/** Tells whether a line begins a record: by the section's pattern, else as awslogs does, by not beginning with white space. */
export function recordStart(pattern: RegExp | null, encoding: TextEncodingName): (line: Buffer) => boolean {
  if (pattern === null) return (line) => !beginsWithSpace(line, encoding);
  return (line) => pattern.test(decodeText(line.subarray(0, triedBytes), encoding));
}

function beginsWithSpace(line: Buffer, encoding: TextEncodingName): boolean {
  if (line.length < encoding.unit) return false;
  const unit =
    encoding.unit === 1 ? line[0] : encoding.kind === 'utf-16be' ? line.readUInt16BE(0) : line.readUInt16LE(0);
  return unit === 0x20 || (unit !== undefined && unit >= 0x09 && unit <= 0x0d);
}
