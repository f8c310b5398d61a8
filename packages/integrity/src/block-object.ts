/** Where a block is stored and how its object is put together: header text, one LF, body. */
import {
  formatBlockHeader,
  hasBlockObject,
  maxHeaderBytes,
  parseBlockHeader,
  type BlockHeader,
  type DecodedBlockHeader,
} from './block-header.ts';
import { decodeUtf8 } from './bytes.ts';
import { sha256 } from './sha256.ts';

/** Canonical bytes of a header: what the log entry is, and what the object begins with. */
export function encodeBlockHeader(header: BlockHeader): Buffer {
  return Buffer.from(formatBlockHeader(header), 'utf8');
}

/** Reads canonical header bytes; refuses every other spelling. */
export function decodeBlockHeader(bytes: Uint8Array): DecodedBlockHeader {
  const text = bytes.length > maxHeaderBytes ? null : decodeUtf8(bytes);
  return text === null ? { ok: false, code: 'malformed', line: 1 } : parseBlockHeader(text);
}

/** The stored object. */
export function encodeBlockObject(headerBytes: Uint8Array, body: Uint8Array): Buffer {
  return Buffer.concat([headerBytes, Buffer.from('\n', 'latin1'), body]);
}

export type SplitBlockObject =
  { ok: true; headerBytes: Buffer; header: BlockHeader; body: Buffer } | { ok: false; code: 'malformed-header' };

/** Header and body of a stored object (views). The body is not checked against the header: see `checkBlockBody`. */
export function splitBlockObject(object: Uint8Array): SplitBlockObject {
  const bytes = Buffer.from(object.buffer, object.byteOffset, object.byteLength);
  const end = bytes.subarray(0, maxHeaderBytes + 2).indexOf('\n\n', 0, 'latin1');
  if (end < 0) return { ok: false, code: 'malformed-header' };
  const headerBytes = bytes.subarray(0, end + 1);
  const decoded = decodeBlockHeader(headerBytes);
  if (!decoded.ok) return { ok: false, code: 'malformed-header' };
  return { ok: true, headerBytes, header: decoded.header, body: bytes.subarray(end + 2) };
}

/** Whether the stored body is the one its header commits to. */
export function checkBlockBody(header: BlockHeader, body: Uint8Array): 'ok' | 'length' | 'sha256' {
  if (body.length !== header.bodyLength) return 'length';
  return sha256(body).equals(header.bodySha256) ? 'ok' : 'sha256';
}

/** Key of the header's object below the tenant's folder; null for a heartbeat without one. */
export function blockObjectKey(header: BlockHeader): string | null {
  return hasBlockObject(header) ? blockKey(header.block, header.createdUs) : null;
}

/** Key of a block below the tenant's folder: UTC day of its creation, then the number in twelve digits. */
export function blockKey(block: number, createdUs: number): string {
  const day = new Date(Math.floor(createdUs / 1000)).toISOString().slice(0, 10).replaceAll('-', '/');
  return `blocks/${day}/${String(block).padStart(12, '0')}.akb`;
}
