import { createCipheriv, createDecipheriv } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { ReportObjectError } from './report-object-error.ts';

export const tagBytes = 16;
/** What a frame holds at most: rows are put together to about a mebibyte, and one row is never near this. */
export const maxContentBytes = 64 * 1024 * 1024;

export interface FramePlace {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly prefixSha256: Uint8Array;
  readonly number: number;
  readonly isTable: boolean;
}

export function sealFrame(content: Uint8Array, place: FramePlace): Buffer {
  const packed = zstdCompressSync(content, {
    pledgedSrcSize: content.length,
    params: { [constants.ZSTD_c_compressionLevel]: 3 },
  });
  const cipher = createCipheriv('aes-256-gcm', place.key, nonceOf(place), { authTagLength: tagBytes });
  cipher.setAAD(additionalData(place));
  const sealed = cipher.update(packed);
  cipher.final();
  return Buffer.concat([sealed, cipher.getAuthTag()]);
}

/** Throws a ReportObjectError; nothing of a frame is returned unless all of it is authentic for its place. */
export function openFrame(frame: Uint8Array, place: FramePlace): Buffer {
  const tagStart = frame.length - tagBytes;
  if (tagStart < 0) throw new ReportObjectError('cut', { frame: place.number });
  const decipher = createDecipheriv('aes-256-gcm', place.key, nonceOf(place), { authTagLength: tagBytes });
  decipher.setAAD(additionalData(place));
  decipher.setAuthTag(frame.subarray(tagStart));
  try {
    const packed = decipher.update(frame.subarray(0, tagStart));
    decipher.final();
    return zstdDecompressSync(packed, { maxOutputLength: maxContentBytes });
  } catch (cause) {
    throw new ReportObjectError('not-authentic', { frame: place.number, cause });
  }
}

function nonceOf({ nonce, number }: FramePlace): Buffer {
  const own = Buffer.from(nonce);
  own.writeUInt32BE((own.readUInt32BE(8) + number) % 2 ** 32, 8);
  return own;
}

function additionalData({ prefixSha256, number, isTable }: FramePlace): Buffer {
  const place = Buffer.alloc(5);
  place.writeUInt32BE(number);
  place[4] = isTable ? 1 : 0;
  return Buffer.concat([prefixSha256, place]);
}
