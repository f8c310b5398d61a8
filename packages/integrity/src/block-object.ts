/** Where a block is stored and how its object is put together: header text, one LF, body. */
import {
  formatBlockHeader,
  hasBlockObject,
  maxHeaderBytes,
  parseBlockHeader,
  type BlockHeader,
  type DecodedBlockHeader,
} from './block-header.ts';
import { decodeBlockBody, type DecodedBlockBody } from './block-body.ts';
import { decodeUtf8 } from './bytes.ts';
import { parseReplacementHeader, replacementFormatLine, type ReplacementHeader } from './replacement-header.ts';
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

/** A stored object in its parts. */
export interface StoredBlock {
  /** The block's header, which is its entry in the log. */
  headerBytes: Buffer;
  header: BlockHeader;
  body: Buffer;
  /** What the body is when records were removed from the block; null for the block as it was sealed. */
  replacement: ReplacementHeader | null;
}

export type SplitBlockObject = ({ ok: true } & StoredBlock) | { ok: false; code: 'malformed-header' };

/** Longer is no text of a replacement. */
const maxReplacementTextBytes = 512;

/**
 * Header and body of a stored object, be it a block or what took its place (views). The body is not checked against the header:
 * see `checkStoredBody`.
 */
export function splitBlockObject(object: Uint8Array): SplitBlockObject {
  const bytes = Buffer.from(object.buffer, object.byteOffset, object.byteLength);
  if (!bytes.subarray(0, replacementFormatLine.length).equals(replacementStart)) return splitBlock(bytes);
  const end = bytes.subarray(0, maxReplacementTextBytes).indexOf('\n\n', 0, 'latin1');
  const text = end < 0 ? null : decodeUtf8(bytes.subarray(0, end + 1));
  const replacement = text === null ? null : parseReplacementHeader(text);
  const block = splitBlock(bytes.subarray(end + 2));
  return replacement === null || !block.ok ? { ok: false, code: 'malformed-header' } : { ...block, replacement };
}

const replacementStart = Buffer.from(replacementFormatLine, 'latin1');

function splitBlock(bytes: Buffer): SplitBlockObject {
  const end = bytes.subarray(0, maxHeaderBytes + 2).indexOf('\n\n', 0, 'latin1');
  if (end < 0) return { ok: false, code: 'malformed-header' };
  const headerBytes = bytes.subarray(0, end + 1);
  const decoded = decodeBlockHeader(headerBytes);
  if (!decoded.ok) return { ok: false, code: 'malformed-header' };
  return { ok: true, headerBytes, header: decoded.header, body: bytes.subarray(end + 2), replacement: null };
}

/** Whether the stored body is the one its header commits to. */
export function checkBlockBody(header: BlockHeader, body: Uint8Array): 'ok' | 'length' | 'sha256' {
  if (body.length !== header.bodyLength) return 'length';
  return sha256(body).equals(header.bodySha256) ? 'ok' : 'sha256';
}

/** The same of a stored object, which may be a replacement: then its own text says what its body is. */
export function checkStoredBody({ header, body, replacement }: StoredBlock): 'ok' | 'length' | 'sha256' {
  if (replacement === null) return checkBlockBody(header, body);
  if (body.length !== replacement.bodyLength) return 'length';
  return sha256(body).equals(replacement.bodySha256) ? 'ok' : 'sha256';
}

/** Id of the key with which the stored body opens; null for a heartbeat. */
export function dataKeyIdOf({ header, replacement }: Pick<StoredBlock, 'header' | 'replacement'>): string | null {
  return replacement?.dataKeyId ?? header.dataKeyId;
}

/** Opens the body of a stored object. Nothing is returned unless all of it is authentic for this tenant and block number. */
export function decodeStoredBlock(
  { header, body, replacement }: StoredBlock,
  { tenantId, blockNumber, key }: { tenantId: string; blockNumber: number; key: Uint8Array },
): DecodedBlockBody {
  const { version } = header;
  return decodeBlockBody({ version, tenantId, blockNumber, key, body, isReplacement: replacement !== null });
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

/** Key of the object that takes the block's place when the tombstone at that entry removes records of it. */
export function replacementKey(block: Pick<BlockHeader, 'block' | 'createdUs'>, tombstone: number): string {
  const original = blockKey(block.block, block.createdUs);
  return `${original.slice(0, -'.akb'.length)}.r${String(tombstone).padStart(12, '0')}.akb`;
}

const replacementKeyPattern = /^(blocks\/\d{4}\/\d{2}\/\d{2}\/\d{12,16})\.r(\d{12,16})\.akb$/;

/** The key of the block, and the tombstone's entry, of a replacement's key; null for any other key. */
export function parseReplacementKey(key: string): { readonly original: string; readonly tombstone: number } | null {
  const [, stem, entry] = replacementKeyPattern.exec(key) ?? [];
  return stem === undefined || entry === undefined ? null : { original: `${stem}.akb`, tombstone: Number(entry) };
}
