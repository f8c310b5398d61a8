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

/**
 * What several readings of the same record show, as one: where edits overlap, the one that takes more of the record is done
 * and reaches as far as both.
 */
export function together(all: readonly Findings[]): Findings {
  const some = all.filter(({ edits }) => edits.length > 0);
  if (some.length < 2) return some[0] ?? nothingFound;
  const tagged = some.flatMap(({ edits }, source) => edits.map((edit, index) => ({ edit, source, index })));
  tagged.sort(({ edit: a }, { edit: b }) => a.at - b.at || isInsertion(b) - isInsertion(a) || b.until - a.until);
  const edits: Edit[] = [];
  const indexes: number[][] = some.map(() => []);
  for (const { edit, source, index } of tagged) {
    const last = edits.at(-1);
    if (last !== undefined && overlap(last, edit)) extend(last, edit);
    else edits.push({ ...edit });
    const of = indexes[source];
    if (of !== undefined) of[index] = edits.length - 1;
  }
  const marks = some.flatMap(({ marks: own }, source) =>
    own.map(({ rule, firstEdit, lastEdit }) => ({
      rule,
      firstEdit: indexes[source]?.[firstEdit] ?? 0,
      lastEdit: indexes[source]?.[lastEdit] ?? 0,
    })),
  );
  const known = new Set<string>();
  return { edits, marks: marks.filter(({ firstEdit, lastEdit }) => isNew(known, `${firstEdit} ${lastEdit}`)) };
}

function extend(one: Edit, other: Edit): void {
  if (other.until <= one.until) return;
  const isByByte = one.bytes.length === one.until - one.at && other.bytes.length === other.until - other.at;
  if (isByByte) {
    const bytes = new Uint8Array(other.until - one.at);
    bytes.set(other.bytes, other.at - one.at);
    bytes.set(one.bytes);
    one.bytes = bytes;
  }
  one.until = other.until;
}

function isNew(known: Set<string>, name: string): boolean {
  if (known.has(name)) return false;
  known.add(name);
  return true;
}

function isInsertion({ at, until }: Edit): number {
  return at === until ? 1 : 0;
}

function overlap(one: Edit, other: Edit): boolean {
  if (isInsertion(one) !== isInsertion(other)) return other.at < one.until;
  return isInsertion(one) === 1 ? one.at === other.at && one.bytes[0] === other.bytes[0] : other.at < one.until;
}

/** How many bytes are replaced. */
function sizeOf({ edits }: Findings): number {
  return edits.reduce((sum, { at, until }) => sum + until - at, 0);
}

/**
 * Of readings that exclude each other, the findings of the one that shows most, and beside it the bytes that another
 * stars and it does not: a record that was cut within a character may end a number one digit early in the one and begin
 * it late in the other. Nothing is put in for these others, which only know a digit's byte as well.
 */
export function ofWhatShowsMost(all: readonly Findings[], record: Uint8Array): Findings[] {
  const [first, ...others] = [...all].sort((a, b) => sizeOf(b) - sizeOf(a));
  if (first === undefined) return [];
  return [first, ...others.map((other) => beside(first, other, record))];
}

function beside(first: Findings, other: Findings, record: Uint8Array): Findings {
  const isCovered = coveredBy(first);
  const edits: Edit[] = [];
  const marks: Findings['marks'] = [];
  for (const { rule, firstEdit, lastEdit } of other.marks) {
    const from = edits.length;
    for (const { at, until, bytes } of other.edits.slice(firstEdit, lastEdit + 1)) {
      if (bytes.length !== until - at) continue;
      for (const [k, byte] of bytes.entries()) {
        if (byte === record[at + k] || isCovered(at + k)) continue;
        const last = edits.at(-1);
        if (last !== undefined && last.until > at + k) continue;
        edits.push({ at: at + k, until: at + k + 1, bytes: Uint8Array.of(byte) });
      }
    }
    if (edits.length > from) marks.push({ rule, firstEdit: from, lastEdit: edits.length - 1 });
  }
  return { edits, marks };
}

/** Whether the findings replace the byte at a place; asked for places in order. */
function coveredBy({ edits }: Findings): (place: number) => boolean {
  let next = 0;
  return (place) => {
    while ((edits[next]?.until ?? Number.POSITIVE_INFINITY) <= place) next++;
    return (edits[next]?.at ?? Number.POSITIVE_INFINITY) <= place;
  };
}

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
    const last = edits[next - 1];
    if (last === undefined || cut >= last.until) return cut + shift;
    // Within a run of stars, one for each byte, there is no need to move.
    const isByByte = last.bytes.length === last.until - last.at;
    return isByByte ? (places[next - 1] ?? 0) + cut - last.at : last.until + shift;
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
  const firsts: number[] = [];
  const lasts: number[] = [];
  let end = 0;
  for (const { at, until, bytes } of findings.edits) {
    const isByByte = bytes.length === until - at && until > at;
    firsts.push(edits.length);
    // A run is done in pieces where something that the reading left out stands between its characters.
    for (let from = at; from < until || from === at;) {
      let to = isByByte ? from + 1 : until;
      while (to < until && origin.to[to - 1] === origin.from[to]) to++;
      const place = placeIn(origin, from, to);
      if (place.at >= end) {
        edits.push({ ...place, bytes: written(isByByte ? bytes.subarray(from - at, to - at) : bytes, place.at) });
        end = place.until;
      }
      from = Math.max(to, from + 1);
    }
    lasts.push(Math.max(0, edits.length - 1));
  }
  const marks = findings.marks.map(({ rule, firstEdit, lastEdit }) => ({
    rule,
    firstEdit: Math.min(firsts[firstEdit] ?? 0, edits.length - 1),
    lastEdit: lasts[lastEdit] ?? 0,
  }));
  return { edits, marks };
}

function placeIn(origin: Origin, at: number, until: number): { at: number; until: number } {
  if (at === until) {
    const place = at < origin.from.length ? (origin.from[at] ?? 0) : (origin.to[at - 1] ?? 0);
    return { at: place, until: place };
  }
  const first = origin.from[at] ?? 0;
  return { at: first, until: Math.max(origin.to[until - 1] ?? first, first) };
}
