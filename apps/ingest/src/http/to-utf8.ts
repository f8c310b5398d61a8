import { AppError } from '@akashi/server-kit';

const lineFeed = Buffer.from('\n');

export interface Utf8Body {
  body: Buffer;
  /** What it was before; undefined when it was UTF-8 already. */
  encoding?: string;
}

/**
 * A body in another charset as UTF-8. A line that is not in that charset keeps its bytes, so that nothing is lost; UTF-16
 * has no lines before it is decoded, and is refused then.
 */
export function toUtf8(body: Buffer, charset: string): Utf8Body {
  if (charset === 'utf-8') return { body };
  // "utf-16" alone leaves the order of the bytes to the mark at their start.
  const encoding = charset === 'utf-16le' && body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : charset;
  const decoder = new TextDecoder(encoding, { fatal: true });
  const whole = tryDecode(decoder, body);
  if (whole !== undefined) return { body: whole, encoding };
  if (encoding.startsWith('utf-16')) {
    throw new AppError('body-invalid', {
      detail: 'The body is not in the charset that its Content-Type says.',
      reason: 'charset',
    });
  }
  return { body: Buffer.concat(decodeLines(body, decoder)), encoding };
}

function decodeLines(body: Buffer, decoder: InstanceType<typeof TextDecoder>): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < body.length;) {
    const found = body.indexOf(lineFeed, start);
    const end = found < 0 ? body.length : found;
    const line = body.subarray(start, end);
    parts.push(tryDecode(decoder, line) ?? line);
    if (found >= 0) parts.push(lineFeed);
    start = end + 1;
  }
  return parts;
}

function tryDecode(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer): Buffer | undefined {
  try {
    return Buffer.from(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}
