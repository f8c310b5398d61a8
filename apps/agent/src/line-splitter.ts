import type { TextEncodingName } from './text-encoding.ts';

export type SplitRules = {
  readonly encoding: TextEncodingName;
  /** True when a line (without its end) begins a new record; other lines join the record above them. */
  readonly startsRecord: (line: Buffer) => boolean;
  /** A longer line is cut into several records; a longer multi-line record is closed. */
  readonly maxRecordBytes: number;
  readonly maxLines: number;
};

/** Offsets into the split bytes: text is [start, textEnd), the record with its line ends is [start, end). */
export type RecordRange = { readonly start: number; readonly textEnd: number; readonly end: number };
export type OpenRecord = RecordRange & { readonly terminated: boolean };
export type SplitResult = { readonly closed: RecordRange[]; readonly open: OpenRecord | null };

/** How far back a place between two characters is looked for in Shift_JIS and EUC-JP. */
const legacyCutSearchBytes = 4096;

/**
 * Splits bytes that begin at a record's start. `closed` records can't change any more; `open` is the last one, which a
 * further line (or the rest of its own last line) may still belong to. Empty lines give ranges without text. The result
 * depends on the bytes alone, so a range that was shipped once splits into the same records again: for that, lines join
 * only up to a size that no cut part has, else a range that ends in a cut part could not tell it from a short line.
 */
export function splitRecords(bytes: Buffer, rules: SplitRules): SplitResult {
  const closed: RecordRange[] = [];
  let current: (RecordRange & { lines: number }) | null = null;
  let position = 0;
  const close = (): void => {
    if (current !== null) closed.push({ start: current.start, textEnd: current.textEnd, end: current.end });
    current = null;
  };
  while (position < bytes.length) {
    const found = findLineEnd(bytes, position, rules.encoding);
    const lineEnd = found === -1 ? bytes.length : found;
    if (lineEnd - position > rules.maxRecordBytes) {
      close();
      const cut = cutPosition(bytes, { from: position, limit: position + rules.maxRecordBytes }, rules.encoding);
      closed.push({ start: position, textEnd: cut, end: cut });
      position = cut;
      continue;
    }
    const textEnd =
      found === -1 ? lineEnd : withoutCarriageReturn(bytes, { from: position, to: lineEnd }, rules.encoding);
    const end = found === -1 ? lineEnd : lineEnd + rules.encoding.unit;
    const previous: (RecordRange & { lines: number }) | null = current;
    const joins: boolean =
      previous !== null &&
      end - (previous as RecordRange).start <= rules.maxRecordBytes - cutSlackBytes(rules.encoding) &&
      (previous as { lines: number }).lines < rules.maxLines &&
      (textEnd === position || !rules.startsRecord(bytes.subarray(position, textEnd)));
    if (joins && previous !== null) {
      const above = previous as RecordRange & { lines: number };
      current = {
        start: above.start,
        textEnd: textEnd === position ? above.textEnd : textEnd,
        end,
        lines: above.lines + 1,
      };
    } else {
      close();
      current = { start: position, textEnd, end, lines: 1 };
    }
    position = end;
    if (found === -1) return { closed, open: { ...rangeOf(current), terminated: false } };
  }
  return { closed, open: current === null ? null : { ...rangeOf(current), terminated: true } };
}

function rangeOf(record: RecordRange): RecordRange {
  return { start: record.start, textEnd: record.textEnd, end: record.end };
}

function findLineEnd(bytes: Buffer, from: number, encoding: TextEncodingName): number {
  if (encoding.unit === 1) return bytes.indexOf(0x0a, from);
  const [first, second] = encoding.kind === 'utf-16be' ? [0x00, 0x0a] : [0x0a, 0x00];
  for (let index = bytes.indexOf(0x0a, from); index !== -1; index = bytes.indexOf(0x0a, index + 1)) {
    const start = encoding.kind === 'utf-16be' ? index - 1 : index;
    if (start >= from && (start - from) % 2 === 0 && bytes[start] === first && bytes[start + 1] === second)
      return start;
  }
  return -1;
}

function withoutCarriageReturn(bytes: Buffer, line: { from: number; to: number }, encoding: TextEncodingName): number {
  const last = line.to - encoding.unit;
  if (last < line.from) return line.to;
  const unit =
    encoding.unit === 1
      ? bytes[last]
      : encoding.kind === 'utf-16be'
        ? bytes.readUInt16BE(last)
        : bytes.readUInt16LE(last);
  return unit === 0x0d ? last : line.to;
}

/** The most that a cut part can be shorter than the limit, and one. */
function cutSlackBytes(encoding: TextEncodingName): number {
  return encoding.kind === 'legacy' ? legacyCutSearchBytes + 1 : 4;
}

/** Where a line that is too long is cut: between characters, so that no part gains a broken one. */
function cutPosition(bytes: Buffer, line: { from: number; limit: number }, encoding: TextEncodingName): number {
  let cut = line.limit;
  switch (encoding.kind) {
    case 'utf-8':
      for (let back = 0; back < 3 && ((bytes[cut] ?? 0) & 0xc0) === 0x80; back += 1) cut -= 1;
      return cut;
    case 'utf-16le':
    case 'utf-16be': {
      cut -= (cut - line.from) % 2;
      const before = encoding.kind === 'utf-16be' ? bytes.readUInt16BE(cut - 2) : bytes.readUInt16LE(cut - 2);
      return before >= 0xd800 && before <= 0xdbff ? cut - 2 : cut;
    }
    case 'legacy':
      // In Shift_JIS and EUC-JP a byte below 0x40 is always a whole character.
      for (let index = cut; index > Math.max(line.from, cut - legacyCutSearchBytes); index -= 1) {
        if ((bytes[index - 1] ?? 0xff) < 0x40) return index;
      }
      return cut;
  }
}
