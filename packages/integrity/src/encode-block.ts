import { encodeBlockBody } from './block-body.ts';
import type { BlockHeader } from './block-header.ts';
import { blockKey, encodeBlockHeader, encodeBlockObject } from './block-object.ts';
import { sha256 } from './sha256.ts';

/** A block with all that its header says but what follows from its body. */
export type BlockInput = Omit<BlockHeader, 'bodySha256' | 'bodyLength' | 'dataKeyId'> & {
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

/** The stored object of a block and the log entry that commits to it. */
export function encodeBlock({ dataKey, nonce, ...block }: BlockInput): EncodedBlock {
  const body = encodeBlockBody({ ...block, blockNumber: block.block, key: dataKey.key, nonce });
  const headerBytes = encodeBlockHeader({
    ...block,
    bodySha256: sha256(body),
    bodyLength: body.length,
    dataKeyId: dataKey.id,
  });
  const object = encodeBlockObject(headerBytes, body);
  return { body, headerBytes, object, key: blockKey(block.block, block.createdUs) };
}
