import { isBase64Code } from './base64-tokens.ts';
import type { DecodedRecord } from './decoded-record.ts';
import { isDigit } from './digit-groups.ts';
import type { MaskMarks } from './mask-marks.ts';

/** Ends at which a text goes on with what is not here. */
export interface OpenEnds {
  start: boolean;
  end: boolean;
}

/** So many characters without a digit lie in no card number, whatever separates its digits, and between no key and its value. */
const firmGap = 32;
/** How far from the cut is looked: longer than any number, track or list of them. */
const farthest = 512;

/** Of a shorter word at the cut less than six bytes are told, if it is a piece of a base64 token at all. */
const shortestPiece = 8;

/**
 * Stars what may belong to a value that goes on across an open end: every digit up to a firm gap, and a word that the cut
 * stands in, which may be a base64 token or a PIN block. Called when everything else is marked; where the cut was made
 * between words, apart from digits, nothing is starred.
 */
export function starOpenEnds(decoded: DecodedRecord, marks: MaskMarks, open: OpenEnds): void {
  const { length } = decoded;
  if (open.start) starFrom(decoded, marks, (step) => step);
  if (open.end) starFrom(decoded, marks, (step) => length - 1 - step);
}

function starFrom({ codes, length }: DecodedRecord, marks: MaskMarks, placeOf: (step: number) => number): void {
  const most = Math.min(length, farthest);
  let word = 0;
  while (word < most && isBase64Code(codes[placeOf(word)])) word++;
  const piece = word < shortestPiece ? 0 : word;
  let gap = 0;
  let runStart = -1;
  for (let step = 0; step <= most && gap < firmGap; step++) {
    const goes = step < most && (step < piece || isDigit(codes[placeOf(step)]));
    gap = goes ? 0 : gap + 1;
    if (goes && runStart < 0) runStart = step;
    if (goes || runStart < 0) continue;
    const [one, other] = [placeOf(runStart), placeOf(step - 1)];
    marks.markWhole('cut', Math.min(one, other), Math.max(one, other));
    runStart = -1;
  }
}
