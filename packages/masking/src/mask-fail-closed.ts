import { createDecodedRecord, decodeRecord } from './decoded-record.ts';
import { isDigit } from './digit-groups.ts';
import { type MaskedRecord, MaskMarks } from './mask-marks.ts';

/**
 * The way out when masking itself failed: every digit of the record goes, in whatever script or escape it is written.
 * Nothing is searched for, so nothing can be overlooked.
 */
export function maskFailClosed(record: Buffer): MaskedRecord {
  const decoded = createDecodedRecord(record.length);
  decodeRecord(record, decoded);
  const marks = new MaskMarks(record, decoded);
  let first = -1;
  for (let at = 0; at <= decoded.length; at++) {
    const isNumeral = at < decoded.length && isDigit(decoded.codes[at]);
    if (isNumeral && first < 0) first = at;
    if (isNumeral || first < 0) continue;
    marks.markWhole('fail-closed', first, at - 1);
    first = -1;
  }
  return marks.length === 0 ? { record, notes: [] } : marks.toRecord();
}
