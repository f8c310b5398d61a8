import { compressPayload, encodeBlockBody } from './block-body.ts';
import type { KeepUntil } from './block-header.ts';
import { blockKey, encodeBlockHeader, encodeBlockObject } from './block-object.ts';
import type { BlockContent } from './join-segments.ts';
import { merkleRoot } from './merkle-tree.ts';
import type { SegmentShare } from './segment-table.ts';
import { sha256 } from './sha256.ts';

/** What a block and a heartbeat have in common before they are written. */
export interface NewHeader {
  tenantId: string;
  /** Its number, which is the next of the tenant's log. */
  block: number;
  createdUs: number;
  maskingVersion: string;
}

/** A block with all that its header says but what follows from its body. */
export type BlockInput = NewHeader &
  Omit<BlockContent, 'payload' | 'root' | 'segments'> & {
    segments: readonly SegmentShare[];
    root: Uint8Array;
    /** Name of the retention policy of every record. */
    policy: string;
    keepUntilUs: KeepUntil;
    dataKey: { id: string; key: Uint8Array };
    /** 12 bytes, never used before with this key. */
    nonce: Uint8Array;
  } & ({ payload: Uint8Array } | { compressed: Uint8Array });

export interface EncodedBlock {
  body: Buffer;
  /** The entry of the tenant's log. */
  headerBytes: Buffer;
  /** What is stored, and under which key below the tenant's folder. */
  object: Buffer;
  key: string;
}

/** The stored object of a block and the log entry that commits to it, in version 2. */
export function encodeBlock(input: BlockInput): EncodedBlock {
  const { tenantId, block, createdUs, dataKey, nonce } = input;
  const compressed = 'compressed' in input ? input.compressed : compressPayload(input.payload);
  const body = encodeBlockBody({ tenantId, blockNumber: block, version: 2, compressed, key: dataKey.key, nonce });
  const headerBytes = encodeBlockHeader({
    version: 2,
    tenantId,
    block,
    policy: input.policy,
    records: input.records,
    segments: input.segments.length,
    firstReceivedUs: input.firstReceivedUs,
    lastReceivedUs: input.lastReceivedUs,
    createdUs,
    keepUntilUs: input.keepUntilUs,
    root: input.root,
    bodySha256: sha256(body),
    bodyLength: body.length,
    dataKeyId: dataKey.id,
    maskingVersion: input.maskingVersion,
  });
  return { body, headerBytes, object: encodeBlockObject(headerBytes, body), key: blockKey(block, createdUs) };
}

/** The log entry of a heartbeat, which is all there is of it: it says that nothing had arrived when it was made. */
export function encodeHeartbeat({ tenantId, block, createdUs, maskingVersion }: NewHeader): Buffer {
  return encodeBlockHeader({
    version: 2,
    tenantId,
    block,
    policy: null,
    records: 0,
    segments: 0,
    firstReceivedUs: null,
    lastReceivedUs: null,
    createdUs,
    keepUntilUs: null,
    root: merkleRoot([]),
    bodySha256: sha256(new Uint8Array(0)),
    bodyLength: 0,
    dataKeyId: null,
    maskingVersion,
  });
}
