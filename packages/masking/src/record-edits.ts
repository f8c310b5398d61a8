export interface MaskNote {
  /** Which rule masked: `pan`, `pan-key`, `track`, `verification-code`, `pin`, `base64`, `cut`, `fail-closed`. */
  rule: string;
  /** Byte offset in the masked record. */
  start: number;
  length: number;
}

/** Bytes `at` up to `until` of a record become `bytes`; an insertion where both are the same. */
export interface Edit {
  at: number;
  until: number;
  bytes: Uint8Array;
}

/** What was found in one reading of a record: edits in order of place, and for each mark the edits that it made. */
export interface Findings {
  edits: Edit[];
  marks: { rule: string; firstEdit: number; lastEdit: number }[];
}

export const nothingFound: Findings = { edits: [], marks: [] };

export interface EditedRecord {
  record: Uint8Array;
  notes: MaskNote[];
  /** Byte places in the record, in order; one within what was replaced has moved behind it. */
  cuts: number[];
}

/** The record with the edits done; its notes and cuts moved to where they are now, and the new notes among them. */
export function applyEdits(edited: EditedRecord, findings: Findings): EditedRecord {
  const { record } = edited;
  const { edits, marks } = findings;
  if (edits.length === 0) return edited;
  let size = record.length;
  for (const edit of edits) size += edit.bytes.length - (edit.until - edit.at);
  const out = new Uint8Array(size);
  /** Where each edit stands in the result. */
  const places = new Uint32Array(edits.length);
  let written = 0;
  let copied = 0;
  for (const [index, { at, until, bytes }] of edits.entries()) {
    if (at > copied) {
      out.set(record.subarray(copied, at), written);
      written += at - copied;
    }
    places[index] = written;
    out.set(bytes, written);
    written += bytes.length;
    copied = until;
  }
  out.set(record.subarray(copied), written);
  const notes = moved(edited.notes, edits, places);
  for (const { rule, firstEdit, lastEdit } of marks) {
    const start = places[firstEdit] ?? 0;
    notes.push({ rule, start, length: (places[lastEdit] ?? start) + (edits[lastEdit]?.bytes.length ?? 0) - start });
  }
  notes.sort((a, b) => a.start - b.start);
  return { record: out, notes, cuts: movedCuts(edited.cuts, edits, places) };
}

function movedCuts(cuts: readonly number[], edits: readonly Edit[], places: Uint32Array): number[] {
  let next = 0;
  let shift = 0;
  return cuts.map((cut) => {
    for (; next < edits.length && (edits[next]?.at ?? 0) < cut; next++) {
      const edit = edits[next];
      if (edit !== undefined) shift = (places[next] ?? 0) + edit.bytes.length - edit.until;
    }
    const within = next > 0 ? (edits[next - 1]?.until ?? 0) : 0;
    return Math.max(cut, within) + shift;
  });
}

function moved(notes: readonly MaskNote[], edits: readonly Edit[], places: Uint32Array): MaskNote[] {
  let next = 0;
  let shift = 0;
  const shiftAt = (place: number): number => {
    for (; next < edits.length && (edits[next]?.until ?? 0) <= place; next++) {
      const edit = edits[next];
      if (edit !== undefined) shift = (places[next] ?? 0) + edit.bytes.length - edit.until;
    }
    return place + shift;
  };
  // Ends are moved in a walk of their own, as notes may lie within each other.
  const starts = notes.map((note) => shiftAt(note.start));
  next = shift = 0;
  const byEnd = notes.map((note, index) => ({ index, end: note.start + note.length }));
  const ends: number[] = [];
  for (const { index, end } of byEnd.sort((a, b) => a.end - b.end)) ends[index] = shiftAt(end - 1) + 1;
  return notes.map(({ rule }, index) => {
    const start = starts[index] ?? 0;
    return { rule, start, length: (ends[index] ?? start) - start };
  });
}

/** Where the bytes of a reading stand in the record: first byte of byte k, and the first behind it. */
export interface Origin {
  from: Uint32Array;
  to: Uint32Array;
}

/**
 * Findings in a reading as findings in the record itself; `written` says how what replaces something is written there.
 * Edits that fall together (several bytes of a reading may stand for one place) are done once.
 */
export function inRecord(
  findings: Findings,
  origin: Origin,
  written: (bytes: Uint8Array, at: number) => Uint8Array,
): Findings {
  const edits: Edit[] = [];
  const index: number[] = [];
  let end = 0;
  for (const { at, until, bytes } of findings.edits) {
    const isInsertion = at === until;
    const first = isInsertion
      ? at < origin.from.length
        ? (origin.from[at] ?? 0)
        : (origin.to[at - 1] ?? 0)
      : (origin.from[at] ?? 0);
    const last = isInsertion ? first : Math.max(origin.to[until - 1] ?? first, first);
    const isDone = first < end;
    if (!isDone) {
      edits.push({ at: first, until: last, bytes: written(bytes, first) });
      end = last;
    }
    index.push(Math.max(0, edits.length - 1));
  }
  const marks = findings.marks.map(({ rule, firstEdit, lastEdit }) => ({
    rule,
    firstEdit: index[firstEdit] ?? 0,
    lastEdit: index[lastEdit] ?? 0,
  }));
  return { edits, marks };
}
