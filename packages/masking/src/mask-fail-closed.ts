import type { MaskedRecord } from './create-masker.ts';
import { createDecodedRecord, decodeRecord } from './decoded-record.ts';
import { isDigit } from './digit-groups.ts';
import { MaskMarks } from './mask-marks.ts';
import { applyEdits, type EditedRecord, type Findings, inRecord } from './record-edits.ts';
import { readingsOf } from './readings/readings-of.ts';

/**
 * The way out when masking itself failed: every digit of the record goes, in whatever script, escape or encoding it is
 * written. Nothing is searched for, so nothing can be overlooked.
 */
export function maskFailClosed(record: Buffer): MaskedRecord {
  let masked: EditedRecord = { record, notes: [], cuts: [] };
  const star = (findings: Findings): void => {
    if (findings.edits.length > 0) masked = applyEdits(masked, findings);
  };
  star(digitsIn(record));
  for (const way of readingsOf(masked.record, 'any')) {
    const reading = way.read(masked.record);
    if (reading !== null)
      star(inRecord(digitsIn(reading.text), reading.origin, (ascii, at) => reading.written(ascii, at)));
  }
  return { record: Buffer.from(masked.record), notes: masked.notes };
}

function digitsIn(text: Uint8Array): Findings {
  const decoded = createDecodedRecord(text.length);
  decodeRecord(text, decoded);
  const marks = new MaskMarks(text, decoded);
  let first = -1;
  for (let at = 0; at <= decoded.length; at++) {
    const isNumeral = at < decoded.length && isDigit(decoded.codes[at]);
    if (isNumeral && first < 0) first = at;
    if (isNumeral || first < 0) continue;
    marks.markWhole('fail-closed', first, at - 1);
    first = -1;
  }
  return marks.findings();
}
