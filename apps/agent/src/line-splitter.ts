import { encodedPartEnd, type TextEncoding } from '@akashi/line-text';

export type SplitRules = {
  readonly encoding: TextEncoding;
  /** True when a line (without its end) begins a new record; other lines join the record above them. */
  readonly startsRecord: (line: Buffer) => boolean;
  /** A longer line is cut into several records; a longer multi-line record is closed. */
  readonly maxRecordBytes: number;
  readonly maxLines: number;
};

/** Where in a line the bytes begin: null at a line's start, else what has to be known to read on in it. */
export type InsideLine = { readonly state: string } | null;

/**
 * Offsets into the split bytes: text is [start, textEnd), the record with its line ends is [start, end). `inside` is set where the
 * record goes on a line that an earlier one began; where it was cut, the next one goes on its line.
 */
export type RecordRange = {
  readonly start: number;
  readonly textEnd: number;
  readonly end: number;
  readonly inside: InsideLine;
  readonly isCut: boolean;
};
export type OpenRecord = RecordRange & { readonly terminated: boolean };
export type SplitResult = { readonly closed: RecordRange[]; readonly open: OpenRecord | null };

type Current = RecordRange & { lines: number };

/**
 * Splits bytes that begin at a record's start. `closed` records can't change any more; `open` is the last one, which a
 * further line (or the rest of its own last line) may still belong to. Empty lines give ranges without text. The result
 * depends on the bytes alone and on whether they begin or end within a line, so a range that was shipped once splits into the
 * same records again.
 */
export function splitRecords(
  bytes: Buffer,
  rules: SplitRules,
  within: { start: InsideLine; endsInCut: boolean } = { start: null, endsInCut: false },
): SplitResult {
  const closed: RecordRange[] = [];
  let current: Current | null = null;
  let position = 0;
  let inside = within.start;
  const close = (): void => {
    if (current !== null) closed.push(rangeOf(current));
    current = null;
  };
  while (position < bytes.length) {
    const found = findLineEnd(bytes, position, rules.encoding);
    const lineEnd = found === -1 ? bytes.length : found;
    if (lineEnd - position > rules.maxRecordBytes) {
      close();
      const line = { start: position, end: lineEnd, maxBytes: rules.maxRecordBytes };
      const { end: cut, state } = encodedPartEnd(bytes, line, { encoding: rules.encoding, state: inside?.state ?? '' });
      closed.push({ start: position, textEnd: cut, end: cut, inside, isCut: true });
      inside = { state };
      position = cut;
      continue;
    }
    const textEnd =
      found === -1 ? lineEnd : withoutCarriageReturn(bytes, { from: position, to: lineEnd }, rules.encoding);
    const end = found === -1 ? lineEnd : lineEnd + rules.encoding.unit;
    const isCut = found === -1 && within.endsInCut;
    const previous: Current | null = current;
    const joins: boolean =
      previous !== null &&
      inside === null &&
      !isCut &&
      end - (previous as Current).start <= rules.maxRecordBytes &&
      (previous as Current).lines < rules.maxLines &&
      (textEnd === position || !rules.startsRecord(bytes.subarray(position, textEnd)));
    if (joins && previous !== null) {
      const above = previous as Current;
      current = { ...above, textEnd: textEnd === position ? above.textEnd : textEnd, end, lines: above.lines + 1 };
    } else {
      close();
      current = { start: position, textEnd, end, inside, isCut, lines: 1 };
    }
    inside = null;
    position = end;
    if (found === -1) return { closed, open: { ...rangeOf(current), terminated: false } };
  }
  return { closed, open: current === null ? null : { ...rangeOf(current), terminated: true } };
}

function rangeOf(record: RecordRange): RecordRange {
  const { start, textEnd, end, inside, isCut } = record;
  return { start, textEnd, end, inside, isCut };
}

function findLineEnd(bytes: Buffer, from: number, encoding: TextEncoding): number {
  let nearest = -1;
  for (const lineEnd of encoding.lineEnds) {
    const found =
      encoding.unit === 1 ? bytes.indexOf(lineEnd, from) : findUnit(bytes, from, { encoding, unit: lineEnd });
    if (found !== -1 && (nearest === -1 || found < nearest)) nearest = found;
  }
  return nearest;
}

/** A character of several bytes, at places that are a whole number of characters on. */
function findUnit(bytes: Buffer, from: number, { encoding, unit }: { encoding: TextEncoding; unit: number }): number {
  const back = encoding.isBigEndian ? encoding.unit - 1 : 0;
  for (let index = bytes.indexOf(unit, from + back); index !== -1; index = bytes.indexOf(unit, index + 1)) {
    const start = index - back;
    if (
      (start - from) % encoding.unit === 0 &&
      start + encoding.unit <= bytes.length &&
      unitAt(bytes, start, encoding) === unit
    )
      return start;
  }
  return -1;
}

function unitAt(bytes: Buffer, at: number, { unit, isBigEndian }: TextEncoding): number {
  return isBigEndian ? bytes.readUIntBE(at, unit) : bytes.readUIntLE(at, unit);
}

function withoutCarriageReturn(bytes: Buffer, line: { from: number; to: number }, encoding: TextEncoding): number {
  const last = line.to - encoding.unit;
  return last >= line.from && unitAt(bytes, last, encoding) === 0x0d ? last : line.to;
}
