import { createHash } from 'node:crypto';

import { splitRecords, type SplitRules } from './line-splitter.ts';
import { decodeText } from './text-encoding.ts';

/** How much of the end may be taken: records that can't grow; also a last whole line; also a line without its end. */
export type BatchEnd = 'closed' | 'terminated' | 'everything';

export type Batch = {
  /** Bytes of the file that the batch stands for, empty lines and line ends among them. */
  readonly length: number;
  readonly records: string[];
};

export type BatchLimits = { readonly count: number; readonly bytes: number };

/** Added per record when a batch's size is counted, as awslogs does. */
const perRecordBytes = 26;

/**
 * The next batch from bytes that begin at a record's start; null when there is none yet. The same bytes taken up to the
 * same length give the same records again, which is what makes a repeated batch recognisable.
 */
export function takeBatch(
  input: { bytes: Buffer; offset: number; end: BatchEnd },
  rules: SplitRules,
  limits: BatchLimits,
): Batch | null {
  const { closed, open } = splitRecords(input.bytes, rules);
  const ranges =
    open !== null && (input.end === 'everything' || (input.end === 'terminated' && open.terminated))
      ? [...closed, open]
      : closed;
  const records: string[] = [];
  let size = 0;
  let length = 0;
  for (const range of ranges) {
    const recordSize = range.textEnd - range.start + perRecordBytes;
    if (records.length >= limits.count || (records.length > 0 && size + recordSize > limits.bytes)) break;
    length = range.end;
    if (range.textEnd === range.start) continue;
    size += recordSize;
    const text = decodeText(input.bytes.subarray(range.start, range.textEnd), rules.encoding).replaceAll('\r\n', '\n');
    const startsFile = input.offset + range.start === 0;
    // A writer that goes on at its old place in a truncated file leaves a hole there, which reads as NUL bytes.
    records.push(startsFile && text.startsWith('\uFEFF') ? text.slice(1) : text.replace(/^\0+/, ''));
  }
  return length === 0 ? null : { length, records: records.filter((record) => record !== '') };
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
