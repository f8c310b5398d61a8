/**
 * Digests of index documents, exactly as they were written to the index. They are keyed: whoever holds the index and the
 * database but not the organisation's keys cannot make the digest of another document.
 */
import { sha256, writeSha256 } from './sha256.ts';

export const documentHashBytes = 32;
/** Of each document's hash so much is kept beside the digest, to name the one that was altered. */
export const documentMarkBytes = 4;

const lineEnd = 0x0a;
/** One whole input block of SHA-256, so that every document begins at a block's edge. */
const keyBlockBytes = 64;

export interface DocumentHasher {
  /** Writes the keyed hash (32 bytes) of one document, without its line end, into the target at the offset. */
  write(document: Uint8Array, target: Buffer, offset: number): void;
  /** The hashes of all documents of a `_bulk` body (action line, document line, …), in their order. */
  ofBulk(body: Uint8Array): Buffer;
}

/** `key` has 1 to 64 bytes and is the organisation's own (`documentsKey` of its keys). */
export function createDocumentHasher(key: Uint8Array): DocumentHasher {
  if (key.length === 0 || key.length > keyBlockBytes) throw new RangeError('a documents key has 1 to 64 bytes');
  let scratch = Buffer.alloc(keyBlockBytes + 64 * 1024);
  scratch.set(key);

  function write(document: Uint8Array, target: Buffer, offset: number): void {
    const end = keyBlockBytes + document.length;
    if (end > scratch.length) {
      const larger = Buffer.alloc(Math.max(end, scratch.length * 2));
      scratch.copy(larger, 0, 0, keyBlockBytes);
      scratch = larger;
    }
    scratch.set(document, keyBlockBytes);
    writeSha256(scratch.subarray(0, end), target, offset);
  }

  function ofBulk(body: Uint8Array): Buffer {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    let hashes = Buffer.allocUnsafe(2048 * documentHashBytes);
    let used = 0;
    for (let at = 0; at < bytes.length;) {
      const start = lineAfter(bytes, at);
      const next = lineAfter(bytes, start);
      if (used === hashes.length) hashes = Buffer.concat([hashes], hashes.length * 2);
      write(bytes.subarray(start, bytes[next - 1] === lineEnd ? next - 1 : next), hashes, used);
      used += documentHashBytes;
      at = next;
    }
    return hashes.subarray(0, used);
  }

  return { write, ofBulk };
}

function lineAfter(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(lineEnd, at);
  return end < 0 ? bytes.length : end + 1;
}

/** What the ledger keeps of a segment's documents, from their hashes in order of position. */
export interface DocumentsDigest {
  readonly sha256: Buffer;
  readonly marks: Buffer;
}

export function documentsDigest(hashes: Uint8Array): DocumentsDigest {
  const count = hashes.length / documentHashBytes;
  if (!Number.isInteger(count)) throw new RangeError('hashes are 32 bytes each');
  const marks = Buffer.allocUnsafe(count * documentMarkBytes);
  for (let index = 0; index < count; index++) {
    const start = index * documentHashBytes;
    marks.set(hashes.subarray(start, start + documentMarkBytes), index * documentMarkBytes);
  }
  return { sha256: sha256(hashes), marks };
}
