import { readBlockOrigins, readBlockRecords } from '@akashi/integrity';
import { decodeBatchOrigin } from '@akashi/log-event';

/** Which records of a segment's payload a set holds. Times are microseconds, `toUs` not included. */
export interface RecordChoice {
  readonly logGroups: ReadonlySet<string>;
  readonly fromUs: number;
  readonly toUs: number;
}

/** Positions in ascending order. */
export function chosenPositions(payload: Buffer, { logGroups, fromUs, toUs }: RecordChoice): number[] {
  const isChosen = readBlockOrigins(payload).map((json) => logGroups.has(decodeBatchOrigin(json).logGroup));
  if (!isChosen.includes(true)) return [];
  const positions: number[] = [];
  for (const { leaf, originIndex, receivedAtUs } of readBlockRecords(payload))
    if (isChosen[originIndex] === true && receivedAtUs >= fromUs && receivedAtUs < toUs) positions.push(leaf);
  return positions;
}

const lineEnd = 0x0a;

/**
 * A `_bulk` body of consecutive positions from `first` on, without the items of positions that are not chosen. Answers the body
 * itself where all are.
 */
export function withoutOthers(
  body: Buffer,
  { first, chosen }: { readonly first: number; readonly chosen: ReadonlySet<number> },
): { readonly body: Buffer; readonly items: number } {
  const kept: Buffer[] = [];
  let items = 0;
  for (let at = 0; at < body.length; items += 1) {
    const documentAt = endOfLine(body, at);
    const end = endOfLine(body, documentAt);
    if (chosen.has(first + items)) kept.push(body.subarray(at, end));
    at = end;
  }
  return { body: kept.length === items ? body : Buffer.concat(kept), items };
}

function endOfLine(body: Buffer, start: number): number {
  const end = body.indexOf(lineEnd, start);
  return end < 0 ? body.length : end + 1;
}
