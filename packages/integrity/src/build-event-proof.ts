/** Puts the proof of one event together from its block's payload and the tenant's log. */
import { buildKeyChanges } from './build-key-changes.ts';
import { leafHashAt, openLeafCursor, readBlockOrigins, readBlockRecords, type BlockRecord } from './block-records.ts';
import { decodeBlockHeader } from './block-object.ts';
import { decodeUtf8, equalBytes, encodeUtf8 } from './bytes.ts';
import { eventProofFormat, type EventProof, type ProofBytes } from './event-proof.ts';
import { inclusionRanges } from './merkle-ranges.ts';
import { createNodeLevel } from './node-level.ts';
import { createLogReader } from './read-log.ts';
import { parseCheckpoint } from './signed-note.ts';
import type { ReadLogFile } from './tile-edition.ts';

export interface EventProofSources {
  /** The block's decrypted payload and its header's canonical bytes. */
  payload: Uint8Array;
  header: Uint8Array;
  /** Position of the event in the block. */
  leaf: number;
  /** A signed checkpoint of a log that already holds the block. */
  checkpoint: string;
  /** Files of the tenant's log. */
  read: ReadLogFile;
  /** Entries of the log that changed the signing key. */
  keyChanges?: readonly number[];
}

export type BuiltEventProof =
  | { ok: true; proof: EventProof }
  | { ok: false; code: 'no-such-record' | 'malformed-header' | 'malformed-checkpoint' | 'not-sealed' };

/**
 * Builds the proof. What it is built from is not verified here: `checkEventProof` tells whether it holds. Throws a
 * BlockFormatError or LogReadError when the payload or the log cannot be read.
 */
export async function buildEventProof(sources: EventProofSources): Promise<BuiltEventProof> {
  const decoded = decodeBlockHeader(sources.header);
  if (!decoded.ok) return { ok: false, code: 'malformed-header' };
  const parsed = parseCheckpoint(sources.checkpoint);
  if (!parsed.ok) return { ok: false, code: 'malformed-checkpoint' };
  const { size } = parsed.checkpoint;
  if (decoded.header.block >= size) return { ok: false, code: 'not-sealed' };

  const record = recordAt(sources.payload, sources.leaf);
  if (record === undefined || record.isRemoved) return { ok: false, code: 'no-such-record' };
  const origin = readBlockOrigins(sources.payload)[record.originIndex] ?? Buffer.alloc(0);
  const changes = (sources.keyChanges ?? []).filter((entry) => entry < size);
  const keyChanges = await buildKeyChanges(sources.read, changes);
  const logPath = await createLogReader(sources.read).inclusionProof(decoded.header.block, size);
  return {
    ok: true,
    proof: {
      format: eventProofFormat,
      event: {
        leaf: record.leaf,
        flags: record.flags,
        origin: proofBytes(origin),
        receivedAtUs: record.receivedAtUs,
        sequence: record.sequence,
        notes: proofBytes(record.notes),
        record: proofBytes(record.record),
      },
      blockPath: pathInBlock(sources.payload, record.leaf).map((hash) => hash.toString('base64')),
      header: Buffer.from(sources.header).toString('utf8'),
      logPath: logPath.map((hash) => hash.toString('base64')),
      checkpoint: sources.checkpoint,
      ...(keyChanges.length === 0 ? {} : { keyChanges }),
    },
  };
}

function recordAt(payload: Uint8Array, leaf: number): BlockRecord | undefined {
  for (const record of readBlockRecords(payload)) if (record.leaf === leaf) return record;
  return undefined;
}

/** Of the records that were removed the hashes stand in the payload. */
function pathInBlock(payload: Uint8Array, leaf: number): Buffer[] {
  const cursor = openLeafCursor(payload);
  const hashes: Buffer[] = [];
  while (cursor.next()) hashes.push(leafHashAt(cursor));
  return inclusionRanges(leaf, hashes.length).map(({ start, end }) => {
    const level = createNodeLevel(end - start);
    for (const hash of hashes.slice(start, end)) level.addHash(hash);
    return level.reduce();
  });
}

function proofBytes(bytes: Uint8Array): ProofBytes {
  const text = decodeUtf8(bytes);
  return text !== null && equalBytes(encodeUtf8(text), bytes)
    ? { text }
    : { base64: Buffer.from(bytes).toString('base64') };
}
