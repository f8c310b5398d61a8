/**
 * The body of a block object: `12-byte nonce | AES-256-GCM(zstd(payload)) | 16-byte tag`. The additional data binds the
 * body to its tenant and number, so a body moved to another block does not open.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { BlockHeader } from './block-header.ts';
import { splitSegmentTable, type SegmentShare } from './segment-table.ts';

const nonceBytes = 12;
const tagBytes = 16;
const codecChunkBytes = 1024 * 1024;
const leastChunkBytes = 64;
/** A frame that states more gets its memory only as it turns out to be true. */
const mostStatedBytes = 64 * 1024 * 1024;
/** Many times what one block can become; bounds the memory that a hostile body can ask for. */
const defaultMaxPayloadBytes = 512 * 1024 * 1024;

export interface BlockPosition {
  tenantId: string;
  blockNumber: number;
  /** Of the block's header. */
  version: BlockHeader['version'];
  /** Of the object that took the block's place when records of it were removed. */
  isReplacement?: boolean | undefined;
}

export interface BlockBodyInput extends BlockPosition {
  /** The tenant's data key, 32 bytes. */
  key: Uint8Array;
  /** 12 bytes, never used before with this key. */
  nonce: Uint8Array;
}

export type DecodedBlockBody =
  | {
      ok: true;
      /** Origins, records and marks, for `readBlockRecords`. */
      payload: Buffer;
      /** The segment table; null in version 1, whose header names the one segment. */
      segments: SegmentShare[] | null;
    }
  | { ok: false; code: 'too-short' | 'not-authentic' | 'not-decompressable' | 'bad-segment-table' };

/** zstd, level 1. */
export function compressPayload(payload: Uint8Array): Buffer {
  return zstdCompressSync(payload, {
    chunkSize: codecChunkBytes,
    pledgedSrcSize: payload.length,
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
  });
}

/** The payload, or null when the bytes are not zstd or would become larger than the limit. */
export function decompressPayload(compressed: Uint8Array, maxBytes: number = defaultMaxPayloadBytes): Buffer | null {
  const size = statedPayloadBytes(compressed) ?? codecChunkBytes;
  try {
    return zstdDecompressSync(compressed, {
      // One piece of the stated size: nothing has to be put together, which costs as much as the unpacking.
      chunkSize: Math.max(leastChunkBytes, Math.min(size, maxBytes, mostStatedBytes)),
      maxOutputLength: maxBytes,
    });
  } catch {
    return null;
  }
}

/** The size that a zstd frame states in its header (RFC 8878 section 3.1.1.1); null when it states none. */
function statedPayloadBytes(frame: Uint8Array): number | null {
  const descriptor = frame[4] ?? 0;
  const singleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 0x03] ?? 0;
  const start = 5 + (singleSegment ? 0 : 1) + dictionaryBytes;
  const width = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  if (width === 0 || frame.length < start + width) return null;
  let size = width === 2 ? 256 : 0;
  for (let index = width - 1, scale = 256 ** index; index >= 0; index--, scale /= 256) {
    size += (frame[start + index] ?? 0) * scale;
  }
  return size;
}

/** The body of the block at that position, from its payload or from the payload already compressed. */
export function encodeBlockBody(
  input: BlockBodyInput & ({ payload: Uint8Array } | { compressed: Uint8Array }),
): Buffer {
  const compressed = 'compressed' in input ? input.compressed : compressPayload(input.payload);
  const cipher = createCipheriv('aes-256-gcm', input.key, input.nonce, { authTagLength: tagBytes });
  cipher.setAAD(additionalData(input));
  const sealed = cipher.update(compressed);
  cipher.final();
  return Buffer.concat([input.nonce, sealed, cipher.getAuthTag()]);
}

/** Opens a body. Nothing of it is returned unless all of it is authentic for this tenant and block number. */
export function decodeBlockBody(
  input: BlockPosition & { body: Uint8Array; key: Uint8Array; maxPayloadBytes?: number },
): DecodedBlockBody {
  const { body } = input;
  if (body.length < nonceBytes + tagBytes) return { ok: false, code: 'too-short' };
  const tagStart = body.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', input.key, body.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(additionalData(input));
  decipher.setAuthTag(body.subarray(tagStart));
  let compressed: Buffer;
  try {
    compressed = decipher.update(body.subarray(nonceBytes, tagStart));
    decipher.final();
  } catch {
    return { ok: false, code: 'not-authentic' };
  }
  const payload = decompressPayload(compressed, input.maxPayloadBytes);
  if (payload === null) return { ok: false, code: 'not-decompressable' };
  if (input.version === 1) return { ok: true, payload, segments: null };
  const parted = splitSegmentTable(payload);
  return parted === null
    ? { ok: false, code: 'bad-segment-table' }
    : { ok: true, payload: parted.records, segments: parted.segments };
}

/**
 * The compressed payload of a body that may have been altered, without the authentication: only for telling how far the
 * records are still readable. Null when the body is too short to hold anything.
 */
export function decryptBlockBodyUnverified(input: { body: Uint8Array; key: Uint8Array }): Buffer | null {
  const { body, key } = input;
  if (body.length < nonceBytes + tagBytes) return null;
  const counter = Buffer.alloc(16);
  counter.set(body.subarray(0, nonceBytes));
  counter[15] = 2;
  return createDecipheriv('aes-256-ctr', key, counter).update(body.subarray(nonceBytes, body.length - tagBytes));
}

/**
 * What can be unpacked from the beginning of compressed bytes that may be altered or cut; `complete` when all of it could.
 */
export function decompressReadablePart(
  compressed: Uint8Array,
  maxBytes: number = defaultMaxPayloadBytes,
): { payload: Buffer; complete: boolean } {
  const whole = decompressPayload(compressed, maxBytes);
  if (whole !== null) return { payload: whole, complete: true };
  let payload: Buffer = Buffer.alloc(0);
  let readable = 0;
  let unreadable = compressed.length + 1;
  while (unreadable - readable > 1) {
    const middle = Math.floor((readable + unreadable) / 2);
    const part = decompressBeginning(compressed.subarray(0, middle), maxBytes);
    if (part === null) unreadable = middle;
    else {
      readable = middle;
      payload = part;
    }
  }
  return { payload, complete: false };
}

function decompressBeginning(compressed: Uint8Array, maxBytes: number): Buffer | null {
  try {
    const finishFlush = constants.ZSTD_e_continue;
    return zstdDecompressSync(compressed, { chunkSize: codecChunkBytes, maxOutputLength: maxBytes, finishFlush });
  } catch {
    return null;
  }
}

function additionalData(position: BlockPosition): Buffer {
  const { version, tenantId, blockNumber, isReplacement = false } = position;
  const last = isReplacement ? 'replacement\n' : '';
  return Buffer.from(`akashi block v${version}\n${tenantId}\n${blockNumber}\n${last}`, 'utf8');
}
