import { createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { AppError } from '@akashi/server-kit';
import { Decoder, type ZlibStream } from './decoder.ts';
import { httpLimits } from './http-limits.ts';
import type { Turn } from './reading-turns.ts';

export type Pieces = AsyncGenerator<Buffer, void, void>;
type Next = () => Promise<Buffer | undefined>;

/** What comes out of a decompressor at a time. */
const pieceBytes = 64 * 1024;
const options = { chunkSize: pieceBytes, highWaterMark: pieceBytes };

const decoders = new Map<string, { open: (firstByte: number, second: number) => ZlibStream; mayRepeat: boolean }>([
  // zlib itself reads every member of gzip, passes over padding, and refuses anything else behind them.
  ['gzip', { open: () => createGunzip(options), mayRepeat: false }],
  ['x-gzip', { open: () => createGunzip(options), mayRepeat: false }],
  ['deflate', { open: openDeflate, mayRepeat: false }],
  // A body may have several frames, and frames to be skipped (RFC 8878 section 3.1).
  ['zstd', { open: () => createZstdDecompress(options), mayRepeat: true }],
]);

/** "deflate" is zlib's format by RFC 9110 section 8.4.1.2; some senders leave its two-byte header out. */
function openDeflate(first: number, second: number): ZlibStream {
  const hasHeader = (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
  return hasHeader ? createInflate(options) : createInflateRaw(options);
}

/** Throws what a sender is answered when its `Content-Encoding` is none that is taken. */
export function checkContentEncoding(contentEncoding: string | undefined): string | undefined {
  const [coding, ...others] = codingsIn(contentEncoding ?? '');
  if (coding !== undefined && (!decoders.has(coding) || others.length > 0)) {
    throw new AppError('media-type-unsupported', {
      detail: 'Content-Encoding must be one of gzip, deflate and zstd, or identity.',
      reason: 'content-encoding',
    });
  }
  return coding;
}

/** "identity" should not be sent (RFC 9110 section 8.4.1), but it changes nothing; empty elements of a list count for nothing. */
function codingsIn(contentEncoding: string): string[] {
  const codings = contentEncoding.split(',').map((coding) => coding.trim().toLowerCase());
  return codings.filter((coding) => coding !== '' && coding !== 'identity');
}

/**
 * Undoes the content encoding piece by piece, as they are asked for: each at most 64 KiB, all of them at most the limit,
 * whatever the body claims. `next` gives the bytes of the wire. A piece is made, and handed on, within a turn of the body.
 */
export async function* decodeBody(next: Next, contentEncoding: string | undefined, turn: Turn): Pieces {
  const coding = checkContentEncoding(contentEncoding);
  const pieces = coding === undefined ? inTurns(wireBytes(next), turn) : decompressed(next, coding, turn);
  let decodedBytes = 0;
  try {
    for await (const piece of pieces) {
      decodedBytes += piece.length;
      if (decodedBytes > httpLimits.decodedBytes) throw tooLarge('decoded-bytes', httpLimits.decodedBytes);
      yield piece;
    }
  } finally {
    turn.end();
  }
}

async function* inTurns(pieces: Pieces, turn: Turn): Pieces {
  for await (const piece of pieces) {
    await turn.begin();
    yield piece;
    turn.end();
  }
}

async function* wireBytes(next: Next): Pieces {
  for (let chunk = await next(); chunk !== undefined; chunk = await next()) {
    for (let at = 0; at < chunk.length; at += pieceBytes) yield chunk.subarray(at, at + pieceBytes);
  }
}

async function* decompressed(next: Next, coding: string, turn: Turn): Pieces {
  const { open, mayRepeat } = decoders.get(coding) ?? { open: openDeflate, mayRepeat: false };
  let decoder: Decoder | undefined;
  let opened = 0;
  try {
    for await (let rest of wireAtLeastTwo(next)) {
      while (rest.length > 0) {
        if (decoder === undefined) {
          if (opened === httpLimits.frames) throw tooLarge('frames', httpLimits.frames);
          decoder = new Decoder(open(rest[0] ?? 0, rest[1] ?? 0), turn);
          opened += 1;
        }
        yield* understood(decoder.feed(rest));
        const { unusedBytes } = decoder;
        // What follows the end must not be lost unnoticed.
        if (!mayRepeat && unusedBytes > 0) throw unreadable();
        rest = rest.subarray(rest.length - unusedBytes);
        if (unusedBytes > 0) {
          decoder.close();
          decoder = undefined;
        }
      }
    }
    if (opened === 0) throw unreadable();
    if (decoder !== undefined) yield* understood(decoder.finish());
  } finally {
    decoder?.close();
  }
}

/** The first chunk has the two bytes that tell the kinds of deflate apart, however the wire cut them. */
async function* wireAtLeastTwo(next: Next): Pieces {
  let first = await next();
  while (first !== undefined && first.length < 2) {
    const more = await next();
    if (more === undefined) break;
    first = Buffer.concat([first, more]);
  }
  if (first !== undefined) yield first;
  yield* wireBytes(next);
}

/** zlib's errors as what the sender is answered. */
async function* understood(pieces: AsyncGenerator<Buffer>): Pieces {
  try {
    yield* pieces;
  } catch {
    throw unreadable();
  }
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
