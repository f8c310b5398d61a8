/**
 * Records that are one event together, as those of Linux audit, or of an own format with several lines: the first of them,
 * the head, says what all of them say, and the others say whose part they are. Each stays a record, a leaf and a document of
 * its own. Which records join follows from the records of a segment and their order alone, however they are divided for the
 * work.
 */

import type { BatchOrigin } from '../batch-origin.ts';
import { auditEventKey, stampStart } from '../formats/auditd/event-key.ts';
import type { IndexableRecord } from '../index-document.ts';
import type { LinearExpression } from '../own-formats/linear-expression.ts';
import { decodeRecordText } from '../record-text.ts';

/** A part stands at most so many records behind its head; between them are other events of other hosts. */
export const joinedWithin = 512;

/** A head that later records may still belong to. */
export interface OpenHead {
  readonly key: string;
  readonly leaf: number;
}

/** What a record is in its event. */
export type RecordJoin =
  | {
      readonly kind: 'head';
      readonly by: JoinRule;
      readonly parts: readonly number[];
      readonly texts: readonly string[];
    }
  | { readonly kind: 'part'; readonly by: JoinRule; readonly head: number };

/** The number that Linux audit gives its events, or how an organisation's own format begins one. */
export type JoinRule = 'audit' | 'own';

/** Whether a join stands for an event as it was read: audit records are joined before anybody knows that they are read as such. */
export function isJoined(join: RecordJoin | undefined, format: string | null | undefined): join is RecordJoin {
  return join !== undefined && (join.by === 'own' || format === 'auditd');
}

export interface RecordsToJoin {
  /** The block's origins, by `originIndex`. */
  readonly origins: readonly BatchOrigin[];
  readonly records: readonly IndexableRecord[];
  /** What comes behind these records in the segment: read as far as it may belong to one of them. */
  readonly following?: Iterable<IndexableRecord>;
  /** Of the records before these. */
  readonly heads?: readonly OpenHead[];
}

export interface JoinedRecords {
  /** By leaf; records that stand alone are not in it. */
  readonly byLeaf: ReadonlyMap<number, RecordJoin>;
  /** For the records that follow. */
  readonly heads: readonly OpenHead[];
}

const nothing: ReadonlyMap<number, RecordJoin> = new Map();

interface Head {
  readonly by: JoinRule;
  readonly parts: number[];
  readonly texts: string[];
}

/** How the first record of an origin's events is known, where an organisation says so. */
export type BeginsOf = (origin: BatchOrigin) => Pick<LinearExpression, 'exec'> | undefined;

/** Leaves of parts and heads are those of the records. */
export function joinRecords(
  { origins, records, following = [], heads = [] }: RecordsToJoin,
  beginsOf: BeginsOf,
): JoinedRecords {
  const begins = origins.map(beginsOf);
  if (begins.every((each) => each === undefined) && !mayHoldParts(records))
    return { byLeaf: nothing, heads: heads.filter((head) => isNear(head.leaf, endOf(records))) };
  const open = new Map(heads.map(({ key, leaf }) => [key, leaf]));
  const byLeaf = new Map<number, RecordJoin>();
  const own = new Map<number, Head>();
  const keyOf = keyReader(origins, begins);
  let last = -1;
  for (const record of records) {
    const found = keyOf(record);
    if (found === undefined) continue;
    const { leaf } = record;
    const { key, by, text } = found;
    const head = found.isFirst === true ? undefined : open.get(key);
    if (head !== undefined && isNear(head, leaf)) {
      byLeaf.set(leaf, { kind: 'part', by, head });
      add(own.get(head), leaf, text);
    } else if (found.isFirst !== false) {
      open.set(key, leaf);
      own.set(leaf, { by, parts: [], texts: [] });
      last = leaf;
    }
  }
  const end = endOf(records);
  const stillOpen = [...open].map(([key, leaf]) => ({ key, leaf })).filter(({ leaf }) => isNear(leaf, end));
  if (last >= 0) addFollowing({ following, last, open, own, keyOf });
  for (const [leaf, head] of own) if (head.parts.length > 0) byLeaf.set(leaf, { kind: 'head', ...head });
  return { byLeaf, heads: stillOpen };
}

interface Following {
  readonly following: Iterable<IndexableRecord>;
  /** The last head among the records themselves. */
  readonly last: number;
  readonly open: Map<string, number>;
  readonly own: ReadonlyMap<number, Head>;
  readonly keyOf: KeyReader;
}

function addFollowing({ following, last, open, own, keyOf }: Following): void {
  for (const record of following) {
    const { leaf } = record;
    if (!isNear(last, leaf)) return;
    const found = keyOf(record);
    if (found === undefined) continue;
    // Another event begins: nothing behind it is of the one before.
    if (found.isFirst === true) open.delete(found.key);
    const head = open.get(found.key);
    if (head !== undefined && isNear(head, leaf)) add(own.get(head), leaf, found.text);
  }
}

/** More would be no event that a host writes; they stay parts, and the head does not say what they say. */
const mostTexts = 62;

function add(head: Head | undefined, leaf: number, text: string): void {
  if (head === undefined) return;
  head.parts.push(leaf);
  if (head.texts.length < mostTexts) head.texts.push(text);
}

function isNear(head: number, leaf: number): boolean {
  return leaf - head <= joinedWithin;
}

function endOf(records: readonly IndexableRecord[]): number {
  return (records.at(-1)?.leaf ?? -1) + 1;
}

interface FoundKey {
  readonly by: JoinRule;
  readonly key: string;
  readonly text: string;
  /** Whether the record begins an event; undefined where only the order tells. */
  readonly isFirst?: boolean;
}

type KeyReader = (record: IndexableRecord) => FoundKey | undefined;

function keyReader(origins: readonly BatchOrigin[], begins: readonly ReturnType<BeginsOf>[]): KeyReader {
  const names = origins.map(({ logGroup, logStream, source }) =>
    JSON.stringify([logGroup, logStream, source.id, source.address]),
  );
  return ({ record, originIndex }) => {
    const name = names[originIndex] ?? '';
    const first = begins[originIndex];
    if (first !== undefined) {
      const text = decodeRecordText(record);
      return { by: 'own', key: name, text, isFirst: first.exec(text) !== undefined };
    }
    if (!asBuffer(record).includes(stampStart)) return undefined;
    const text = decodeRecordText(record);
    const found = auditEventKey(text);
    if (found === undefined) return undefined;
    return { by: 'audit', key: `${name} ${found.key}`, text: text.slice(found.start) };
  };
}

/** Records of a segment lie one after the other in one memory: one search says whether any of them can be a part. */
function mayHoldParts(records: readonly IndexableRecord[]): boolean {
  const [first] = records;
  const last = records.at(-1);
  if (first === undefined || last === undefined) return false;
  const start = first.record.byteOffset;
  const length = last.record.byteOffset + last.record.length - start;
  if (first.record.buffer !== last.record.buffer || length < 0) return true;
  return Buffer.from(first.record.buffer, start, length).includes(stampStart);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
