import { createHash } from 'node:crypto';

import { decodeText } from '@akashi/line-text';

import { splitRecords, type InsideLine, type SplitRules } from './line-splitter.ts';

/** How much of the end may be taken: records that can't grow; also a last whole line; also a line without its end. */
export type BatchEnd = 'closed' | 'terminated' | 'everything';

export type Batch = {
  /** Bytes of the file that the batch stands for, empty lines and line ends among them. */
  readonly length: number;
  readonly records: string[];
  /** Set where the first record goes on a line of the batch before, other than with its end alone. */
  readonly inside: InsideLine;
  /** Set where what comes next goes on the line of the last record: that was cut, or its end was not there yet. */
  readonly after: InsideLine;
  /** The last record was cut from a line that is too long for one. */
  readonly isCut: boolean;
};

export type BatchLimits = { readonly count: number; readonly bytes: number };

/** Added per record when a batch's size is counted, as awslogs does. */
const perRecordBytes = 26;

/**
 * The next batch from bytes that begin at a record's start, or within a line that is too long for one; null when there is none
 * yet. A part of a line with more to come is the last record of its batch. The same bytes taken up to the
 * same length give the same records again, which is what makes a repeated batch recognisable.
 */
export function takeBatch(
  input: { bytes: Buffer; offset: number; end: BatchEnd; inside?: InsideLine; endsInCut?: boolean },
  rules: SplitRules,
  limits: BatchLimits,
): Batch | null {
  const { closed, open } = splitRecords(input.bytes, rules, {
    start: input.inside ?? null,
    endsInCut: input.endsInCut ?? false,
  });
  const ranges =
    open !== null && (input.end === 'everything' || (input.end === 'terminated' && open.terminated))
      ? [...closed, open]
      : closed;
  const records: string[] = [];
  let size = 0;
  let length = 0;
  let inside: InsideLine = null;
  let after: InsideLine = null;
  let isCut = false;
  for (const range of ranges) {
    const recordSize = range.textEnd - range.start + perRecordBytes;
    if (records.length >= limits.count || (records.length > 0 && size + recordSize > limits.bytes)) break;
    length = range.end;
    after = null;
    isCut = range.isCut;
    if (range.textEnd === range.start) continue;
    size += recordSize;
    if (records.length === 0) inside = range.inside;
    const bytes = input.bytes.subarray(range.start, range.textEnd);
    const decoded = decodeText(bytes, rules.encoding, range.inside?.state);
    if (isCut || (range === open && !open.terminated)) after = { state: decoded.state };
    const text = decoded.text.replaceAll('\r\n', '\n');
    const startsFile = input.offset + range.start === 0;
    // A writer that goes on at its old place in a truncated file leaves a hole there, which reads as NUL bytes.
    records.push(startsFile && text.startsWith('\uFEFF') ? text.slice(1) : text.replace(/^\0+/, ''));
    if (isCut) break;
  }
  if (length === 0) return null;
  return { length, records: records.filter((record) => record !== ''), inside, after, isCut };
}

export function batchDigest(records: string[]): string {
  return createHash('sha256').update(JSON.stringify(records)).digest('hex');
}

/** The idempotency key: the file as the agent knows it, where it goes, the byte range, and what was in it. */
export function batchKey(batch: {
  fileId: string;
  logGroup: string;
  logStream: string;
  from: number;
  to: number;
  digest: string;
}): string {
  const parts = [batch.fileId, batch.logGroup, batch.logStream, String(batch.from), String(batch.to), batch.digest];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** The key of one part of a batch that had to be sent in parts. */
export function partKey(key: string, part: string): string {
  return createHash('sha256').update(`${key}\n${part}`).digest('hex');
}
