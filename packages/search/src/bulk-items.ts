import { readList, readObject } from './search-client.ts';

/** One `create` of a `_bulk` body: its action line and its document line with their line ends. */
export interface BulkItem {
  id: string;
  lines: Buffer;
}

const lineEnd = 0x0a;

/** The items of a `_bulk` body. Needed only when something went wrong, so bodies stay whole buffers until then. */
export function splitBulkLines(body: Buffer): BulkItem[] {
  const items: BulkItem[] = [];
  let start = 0;
  while (start < body.length) {
    const actionEnd = endOfLine(body, start);
    const documentEnd = endOfLine(body, actionEnd);
    items.push({ id: readActionId(body.subarray(start, actionEnd)), lines: body.subarray(start, documentEnd) });
    start = documentEnd;
  }
  return items;
}

/** The id of a body's first item. */
export function firstBulkId(body: Buffer): string {
  return readActionId(body.subarray(0, endOfLine(body, 0)));
}

/** How many items a body has: two lines each. */
export function countBulkItems(body: Buffer): number {
  let lines = 0;
  for (let at = 0; at < body.length; at = endOfLine(body, at)) lines++;
  return lines / 2;
}

function endOfLine(body: Buffer, start: number): number {
  const end = body.indexOf(lineEnd, start);
  return end < 0 ? body.length : end + 1;
}

function readActionId(line: Buffer): string {
  const action = readObject(readObject(JSON.parse(line.toString('utf8')) as unknown)['create']);
  return typeof action['_id'] === 'string' ? action['_id'] : '';
}

export type ItemOutcome = 'created' | 'existing' | 'retry' | { reasonCode: string };

/** One outcome for each item that an answer to `bulkFilterPath` speaks of, in the order of the body. */
export function readItemOutcomes(answer: unknown): readonly ItemOutcome[] {
  return readList(readObject(answer)['items']).map((item): ItemOutcome => {
    const { status, error } = readObject(readObject(item)['create']);
    const type = readObject(error)['type'];
    return outcomeOf(Number(status), typeof type === 'string' ? type : 'unknown');
  });
}

function outcomeOf(status: number, errorType: string): ItemOutcome {
  if (status === 201 || status === 200) return 'created';
  if (status === 409) return 'existing';
  // A stream that is not there yet, an overloaded server, a disk at its flood stage: all pass.
  if (status === 404 || status === 429 || status >= 500 || errorType === 'cluster_block_exception') return 'retry';
  return { reasonCode: errorType };
}
