import { gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';
import { AppError } from '@akashi/server-kit';
import { httpLimits } from './http-limits.ts';

type Decompress = (
  body: Buffer,
  options: { maxOutputLength: number; info: true },
  done: (error: Error | null, result: Buffer) => void,
) => void;

/** What zlib answers when it is asked for `info`: the engine knows how much of the input belonged to the stream. */
interface Decompressed {
  buffer: Buffer;
  engine: { bytesWritten: number };
}

/** "deflate" is zlib's format by RFC 9110 section 8.4.1.2; some senders leave its two-byte header out. */
const decompressDeflate: Decompress = (body, options, done) => {
  const [first = 0, second = 0] = body;
  const hasHeader = (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
  (hasHeader ? inflate : inflateRaw)(body, options, done);
};

const decompressors = new Map<string, (body: Buffer) => Promise<Buffer>>([
  ['gzip', decompressMembers],
  ['x-gzip', decompressMembers],
  ['deflate', decompressOne],
  ['zstd', decompressFrames],
]);

/** Undoes the content encoding. Never inflates more than the limit, whatever the body claims. */
export async function decodeBody(body: Buffer, contentEncoding: string | undefined): Promise<Buffer> {
  const [coding, ...others] = codingsIn(contentEncoding ?? '');
  if (coding === undefined) return body;
  const decompress = decompressors.get(coding);
  if (decompress === undefined || others.length > 0) {
    throw new AppError('media-type-unsupported', {
      detail: 'Content-Encoding must be one of gzip, deflate and zstd, or identity.',
      reason: 'content-encoding',
    });
  }
  return decompress(body);
}

/** "identity" should not be sent (RFC 9110 section 8.4.1), but it changes nothing; empty elements of a list count for nothing. */
function codingsIn(contentEncoding: string): string[] {
  const codings = contentEncoding.split(',').map((coding) => coding.trim().toLowerCase());
  return codings.filter((coding) => coding !== '' && coding !== 'identity');
}

/** zlib itself reads every member of gzip, passes over padding, and refuses anything else behind them. */
async function decompressMembers(body: Buffer): Promise<Buffer> {
  return (await run(gunzip, body, httpLimits.decodedBytes)).buffer;
}

/** zlib leaves what follows a deflate stream, and that must not be lost unnoticed. */
async function decompressOne(body: Buffer): Promise<Buffer> {
  const { buffer, engine } = await run(decompressDeflate, body, httpLimits.decodedBytes);
  if (engine.bytesWritten < body.length) throw unreadable();
  return buffer;
}

/** zlib reads one frame of zstd; a body may have several, and frames to be skipped (RFC 8878 section 3.1). */
async function decompressFrames(body: Buffer): Promise<Buffer> {
  const frames: Buffer[] = [];
  let decodedBytes = 0;
  let rest = body;
  do {
    if (frames.length === httpLimits.frames) throw tooLarge('frames', httpLimits.frames);
    const { buffer, engine } = await run(zstdDecompress, rest, Math.max(1, httpLimits.decodedBytes - decodedBytes));
    frames.push(buffer);
    decodedBytes += buffer.length;
    rest = rest.subarray(engine.bytesWritten);
  } while (rest.length > 0);
  const [only] = frames;
  return frames.length === 1 && only !== undefined ? only : Buffer.concat(frames);
}

function run(decompress: Decompress, body: Buffer, maxOutputLength: number): Promise<Decompressed> {
  return new Promise((resolve, reject) => {
    decompress(body, { maxOutputLength, info: true }, (error, result) => {
      if (error === null) resolve(result as unknown as Decompressed);
      else reject(explain(error));
    });
  });
}

function explain(error: Error & { code?: string }): AppError {
  if (error.code === 'ERR_BUFFER_TOO_LARGE') return tooLarge('decoded-bytes', httpLimits.decodedBytes);
  return unreadable();
}

function unreadable(): AppError {
  return new AppError('body-invalid', {
    detail: 'The body cannot be decompressed as its Content-Encoding says.',
    reason: 'content-encoding',
  });
}

const units = {
  'body-bytes': 'bytes of body',
  'decoded-bytes': 'bytes after decompression',
  frames: 'frames of one body',
  records: 'records',
} as const;

export function tooLarge(what: keyof typeof units, limit: number): AppError {
  return new AppError('too-large', {
    detail: `At most ${limit} ${units[what]} are taken.`,
    reason: what,
    params: { limit },
  });
}
