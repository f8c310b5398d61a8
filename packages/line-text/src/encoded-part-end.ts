import { lookAheadBytes, partEnd } from './part-end.ts';
import type { TextEncoding } from './text-encoding.ts';

const digit = 0x30;
const other = 0x7f;
/** Of an encoding that no character needs more bytes in. */
const longestCharacter = 8;

export interface PartEnd {
  end: number;
  /** What has to be known to read the next part. */
  state: string;
}

/** As `partEnd`, in any encoding: between characters, between words and apart from digits. `state` is that of the part's start. */
export function encodedPartEnd(
  source: Uint8Array,
  line: { start: number; end: number; maxBytes: number },
  { encoding, state }: { encoding: TextEncoding; state: string },
): PartEnd {
  const { start, maxBytes } = line;
  if (encoding.label === 'utf-8') return { end: partEnd(source, line), state: '' };
  const seen = source.subarray(start, Math.min(line.end, start + maxBytes + lookAheadBytes * longestCharacter));
  const shape = new Uint8Array(seen.length);
  const starts = new Uint32Array(seen.length + 1);
  let count = 0;
  let fitting = 0;
  encoding.decoder.walk(seen, state, (at, end, text) => {
    shape[count] = shapeOf(text);
    starts[count] = at;
    count += 1;
    if (end <= maxBytes) fitting = count;
  });
  starts[count] = seen.length;
  if (fitting === 0) return { end: start + maxBytes, state };
  const cut = starts[partEnd(shape, { start: 0, end: count, maxBytes: fitting })] ?? maxBytes;
  return { end: start + cut, state: encoding.decoder.walk(seen.subarray(0, cut), state, () => undefined) };
}

/** One byte for each character, in which `partEnd` sees digits, words and all else. */
function shapeOf(text: string | null): number {
  const code = text?.charCodeAt(0) ?? other;
  if (code < 0x80) return code;
  return /^\p{Nd}/u.test(text ?? '') ? digit : other;
}
