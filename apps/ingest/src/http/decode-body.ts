import { gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';
import { AppError } from '@akashi/server-kit';
import { httpLimits } from './http-limits.ts';

type Decompress = (
  body: Buffer,
  options: { maxOutputLength: number },
  done: (error: Error | null, decoded: Buffer) => void,
) => void;

/** "deflate" is zlib's format by RFC 9110 section 8.4.1.2; some senders leave its two-byte header out. */
const decompressDeflate: Decompress = (body, options, done) => {
  const [first = 0, second = 0] = body;
  const hasHeader = (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
  (hasHeader ? inflate : inflateRaw)(body, options, done);
};

const decompressors: Readonly<Record<string, Decompress>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: decompressDeflate,
  zstd: zstdDecompress,
};

/** Undoes the content encoding. Never inflates more than the limit, whatever the body claims. */
export async function decodeBody(body: Buffer, contentEncoding: string | undefined): Promise<Buffer> {
  const coding = (contentEncoding ?? 'identity').trim().toLowerCase();
  if (coding === 'identity' || coding === '') return body;
  const decompress = decompressors[coding];
  if (decompress === undefined) {
    throw new AppError('media-type-unsupported', {
      detail: 'Content-Encoding must be gzip, deflate, zstd or identity.',
      reason: 'content-encoding',
    });
  }
  return new Promise((resolve, reject) => {
    decompress(body, { maxOutputLength: httpLimits.decodedBytes }, (error, decoded) => {
      if (error === null) resolve(decoded);
      else reject(explain(error));
    });
  });
}

function explain(error: Error & { code?: string }): AppError {
  if (error.code === 'ERR_BUFFER_TOO_LARGE') return tooLarge('decoded-bytes', httpLimits.decodedBytes);
  return new AppError('body-invalid', {
    detail: 'The body cannot be decompressed as its Content-Encoding says.',
    reason: 'content-encoding',
  });
}

export function tooLarge(what: 'body-bytes' | 'decoded-bytes' | 'records', limit: number): AppError {
  const unit = what === 'records' ? 'records' : what === 'body-bytes' ? 'bytes of body' : 'bytes after decompression';
  return new AppError('too-large', { detail: `At most ${limit} ${unit} are taken.`, reason: what, params: { limit } });
}
