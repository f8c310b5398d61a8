import type { MaskedRecord } from './create-masker.ts';
import type { EditedRecord, MaskNote } from './record-edits.ts';

const star = 0x2a;

/** The masked line in its parts again, each as if it had been masked alone: null where nothing changed. */
export function splitMasked(line: EditedRecord, parts: readonly Buffer[]): (MaskedRecord | null)[] {
  const { buffer, byteOffset, length } = line.record;
  const masked = Buffer.from(buffer, byteOffset, length);
  const ends = [...line.cuts, length];
  let start = 0;
  return parts.map((part, index) => {
    const end = ends[index] ?? length;
    const record = masked.subarray(start, end);
    const notes = notesWithin(line, start, end);
    start = end;
    return notes.length === 0 && record.equals(part) ? null : { record, notes };
  });
}

/** What lies within the part of each note, from its first star there to its last. */
function notesWithin({ record, notes }: EditedRecord, start: number, end: number): MaskNote[] {
  const within: MaskNote[] = [];
  for (const note of notes) {
    let first = Math.max(note.start, start);
    let behind = Math.min(note.start + note.length, end);
    while (first < behind && record[first] !== star) first++;
    while (behind > first && record[behind - 1] !== star) behind--;
    if (first < behind) within.push({ rule: note.rule, start: first - start, length: behind - first });
  }
  return within;
}
