export type RawPiece =
  | { kind: 'text'; text: string }
  /** A control or invisible character: `text` is the character itself, `shown` what stands for it. */
  | { kind: 'control'; text: string; shown: string }
  | { kind: 'masked'; text: string; rule: string };

export interface MaskNote {
  rule: string;
  /** Byte offset and length in the UTF-8 of the record. */
  start: number;
  length: number;
}

/** A record cut into what is shown differently. The texts of all pieces in order are the record, byte for byte. */
export function rawPieces(record: string, notes: readonly MaskNote[]): RawPiece[] {
  const pieces: RawPiece[] = [];
  let at = 0;
  for (const { start, end, rule } of characterRanges(record, notes)) {
    if (start < at) continue;
    pieces.push(...plainPieces(record.slice(at, start)));
    pieces.push({ kind: 'masked', text: record.slice(start, end), rule });
    at = end;
  }
  pieces.push(...plainPieces(record.slice(at)));
  return pieces;
}

function characterRanges(record: string, notes: readonly MaskNote[]) {
  const wanted = notes.toSorted((a, b) => a.start - b.start);
  const ranges: { start: number; end: number; rule: string }[] = [];
  let bytes = 0;
  let at = 0;
  const advance = (target: number) => {
    while (bytes < target && at < record.length) {
      const point = record.codePointAt(at) ?? 0;
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      at += point < 0x10000 ? 1 : 2;
    }
    return at;
  };
  for (const note of wanted) {
    const start = advance(note.start);
    const end = advance(note.start + note.length);
    if (end > start) ranges.push({ start, end, rule: note.rule });
  }
  return ranges;
}

/** C0, DEL, C1, and what is invisible or turns the reading direction, so that a record cannot look like another. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const hidden = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

const cut = new RegExp(`(${hidden.source})`, 'u');

function plainPieces(text: string): RawPiece[] {
  const pieces: RawPiece[] = [];
  for (const part of text.split(cut)) {
    if (part === '') continue;
    if (part.length === 1 && hidden.test(part)) pieces.push({ kind: 'control', text: part, shown: pictureOf(part) });
    else pieces.push({ kind: 'text', text: part });
  }
  return pieces;
}

function pictureOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
