import {
  createDocumentHasher,
  placeAfter,
  readBlockOrigins,
  readBlockRecords,
  type BlockRecord,
  type RecordPlace,
} from '@akashi/integrity';
import {
  createNormalizer,
  decodeBatchOrigin,
  decodeRecordText,
  encodeBulkLines,
  encodeIndexDocument,
  FormatMeter,
  isJoined,
  KeptNormalizers,
  type BatchOrigin,
  type Derivation,
  type FormatCost,
  type LogEvent,
  type Normalizer,
  type OpenHead,
  type RecordJoin,
} from '@akashi/log-event';
import type { RuleMatch } from '@akashi/detection';
import type { NewFact, NewTimeFact, QuarantinedRecord, StreamCounts } from '@akashi/database';
import { LearnedFacts } from './learned-facts.ts';
import { RuleMatches, type RuleCosts, type RulesToMatch } from './match-rules.ts';
import { bodyBytes } from './spare-memory.ts';
import { StreamTally } from './stream-tally.ts';
import { TimeFacts } from './time-facts.ts';

/** Whose documents are made, and what their ids begin with. */
export interface SegmentIdentity {
  readonly tenantId: string;
  readonly segmentId: string;
  readonly documentIdPrefix: string;
  /** The leaf of the segment's first record in the payload; 0 when left out. */
  readonly firstLeaf?: number;
}

export interface BlockPayload {
  readonly payload: Uint8Array;
  readonly segment: SegmentIdentity;
}

/** Where a part of a segment begins, and the events that its first records may belong to. */
export interface PartPlace extends RecordPlace {
  readonly heads: readonly OpenHead[];
}

export interface NormalizeInput extends BlockPayload {
  readonly derivation: Derivation;
  /** The organisation's key for the digests of its documents. */
  readonly documentsKey: Uint8Array;
  /** What its events are matched with; none when left out. */
  readonly rules?: RulesToMatch | undefined;
  /** The beginning of the block when it is not given. */
  readonly from?: PartPlace;
  /** Memory of an earlier body, to be filled again. */
  readonly memory?: Uint8Array;
}

export interface NormalizedPart {
  /** The payload again: its memory goes to the thread and comes back. */
  readonly payload: Uint8Array;
  /** `_bulk` bodies in the order of positions. */
  readonly chunks: Uint8Array[];
  /** The keyed hash (32 bytes) of each document as it stands in the bodies, in the order of positions. */
  readonly documentHashes: Uint8Array;
  readonly streams: StreamCounts[];
  readonly quarantined: QuarantinedRecord[];
  readonly learned: NewFact[];
  /** What its events match of the organisation's rules. */
  readonly matches: readonly RuleMatch[];
  readonly ruleCosts: RuleCosts;
  /** What its lines say of clocks. */
  readonly timeFacts: NewTimeFact[];
  /** What the organisation's own formats took. */
  readonly formatCosts: readonly FormatCost[];
  /** Where the next part begins; null after the last. */
  readonly next: PartPlace | null;
}

interface MeteredNormalizer {
  readonly normalizer: Normalizer;
  readonly meter: FormatMeter;
}

const normalizers = new KeptNormalizers(meteredNormalizer, 1_000);

function meteredNormalizer({ settings }: Derivation): MeteredNormalizer {
  const meter = new FormatMeter(() => performance.now());
  return { normalizer: createNormalizer(settings, { meter }), meter };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * What one call takes on: a body of under 2 MB, which the index server is given while the next one is computed. Larger ones
 * would cost it little less, and have everybody else's lines wait for longer behind each of them.
 */
const recordsInPart = 1_500;
const leafBytesInPart = 450_000;

/** Records from a place on, as many as make one body; `next` is where they ended. */
class PartReader {
  readonly #payload: Buffer;
  next: RecordPlace | null;

  constructor(payload: Buffer, from: RecordPlace | undefined) {
    this.#payload = payload;
    this.next = from ?? null;
  }

  *records(): Generator<BlockRecord, void, undefined> {
    let count = 0;
    let bytes = 0;
    for (const record of readBlockRecords(this.#payload, this.next ?? undefined)) {
      if (count === recordsInPart || bytes > leafBytesInPart) return;
      count += 1;
      bytes += record.leafBytes.length;
      this.next = placeAfter(this.#payload, record);
      yield record;
    }
    this.next = null;
  }
}

/** sealed → normalized: derives the events of a part of a block's payload. Running it again gives the same bytes. */
export function normalizeRecords(input: NormalizeInput): NormalizedPart {
  const payload = asBuffer(input.payload);
  const origins = readBlockOrigins(payload).map((json) => decodeBatchOrigin(json));
  const tally = new StreamTally(input.segment.firstLeaf);
  const learned = new LearnedFacts(input.segment.firstLeaf);
  const rules = new RuleMatches(input.rules, input.segment);
  const times = new TimeFacts(input.segment.firstLeaf);
  const reader = new PartReader(payload, input.from);
  const records = [...reader.records()];
  const { next } = reader;
  const { normalizer, meter } = normalizers.of(input.derivation);
  const joined = normalizer.join({
    origins,
    records,
    following: next === null ? [] : readBlockRecords(payload, next),
    heads: input.from?.heads ?? [],
  });
  const chunks = [
    ...encodeBulkLines({
      ...input.segment,
      origins,
      records,
      joins: joined.byLeaf,
      chunkBytes: bodyBytes,
      normalizer,
      ...(input.memory === undefined ? {} : { memory: asBuffer(input.memory) }),
      onEvent: (event, record, origin) => {
        tally.count(event, record, origin);
        learned.take(event, record, origin);
        rules.take(event, record, { origin, isPart: isPart(joined.byLeaf.get(record.leaf), event) });
        times.take(event, record, origin);
      },
    }),
  ];
  const hasher = createDocumentHasher(input.documentsKey);
  return {
    payload: input.payload,
    chunks,
    documentHashes: Buffer.concat(chunks.map((chunk) => hasher.ofBulk(chunk))),
    streams: tally.list(),
    quarantined: tally.quarantined,
    learned: learned.facts,
    matches: rules.found,
    ruleCosts: rules.takeCosts(),
    timeFacts: times.list(),
    formatCosts: meter.take(),
    next: next === null ? null : { ...next, heads: joined.heads },
  };
}

/** As documents say it (`akashi.part_of`): the first record of the event says everything. */
function isPart(join: RecordJoin | undefined, { parse }: LogEvent): boolean {
  return isJoined(join, parse.format) && join.kind === 'part';
}

export interface PlainTextInput extends BlockPayload {
  /** The positions whose documents the index refused. */
  readonly positions: readonly number[];
}

/** The document of a record whose derived fields the index refused: its text, its place and the reason. */
function plainDocument(record: BlockRecord, origin: BatchOrigin, segment: SegmentIdentity): string {
  const text = decodeRecordText(record.record);
  const event: LogEvent = {
    timestampUs: record.receivedAtUs,
    logStream: origin.logStream ?? origin.source.address,
    message: text,
    messageOffset: 0,
    fields: {},
    labels: {},
    parse: { format: 'text', status: 'quarantined', reason: 'index-refused' },
  };
  const { receivedAtUs, notes } = record;
  const position = positionOf(record, segment);
  const { tenantId, segmentId } = segment;
  return encodeIndexDocument(event, { tenantId, segmentId, position, record: text, origin, receivedAtUs, notes });
}

function positionOf({ leaf }: BlockRecord, { firstLeaf = 0 }: SegmentIdentity): number {
  return leaf - firstLeaf;
}

/** `_bulk` body that stores refused records as plain text, so that they are found although their fields are not. */
export function plainTextLines(input: PlainTextInput): Uint8Array {
  const payload = asBuffer(input.payload);
  const origins = readBlockOrigins(payload).map((json) => decodeBatchOrigin(json));
  const { segment } = input;
  const wanted = new Set(input.positions);
  let lines = '';
  for (const record of readBlockRecords(payload)) {
    const origin = origins[record.originIndex];
    const position = positionOf(record, segment);
    if (!wanted.has(position) || origin === undefined) continue;
    lines += `{"create":{"_id":"${segment.documentIdPrefix}${position}"}}\n${plainDocument(record, origin, segment)}\n`;
  }
  return Buffer.from(lines, 'utf8');
}
